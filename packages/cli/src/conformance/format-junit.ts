import type { CheckedRequirement, Report } from "./check-server.ts";

/** A report as JUnit XML, which CI systems read: a test case for each requirement. */
export function formatJunit({ url, requirements }: Report): string {
  const count = (result: CheckedRequirement["result"]): number =>
    requirements.filter((checked) => checked.result === result).length;
  const attributes = `tests="${requirements.length}" failures="${count("fail")}" errors="0" skipped="${count("skip")}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes}>`,
    `  <testsuite name="${escape(url)}" ${attributes}>`,
    ...requirements.flatMap(formatCase),
    "  </testsuite>",
    "</testsuites>",
  ].join("\n");
}

function formatCase({ topic, requirement, result, reasons }: CheckedRequirement): string[] {
  const head = `    <testcase classname="${escape(topic)}" name="${escape(requirement)}"`;
  if (result === "pass") return [`${head}/>`];
  const tag = result === "fail" ? "failure" : "skipped";
  const [first = ""] = reasons;
  const body = `      <${tag} message="${escape(first)}">${escape(reasons.join("\n"))}</${tag}>`;
  return [`${head}>`, body, "    </testcase>"];
}

/** Text as XML has it; control characters, which XML 1.0 can't have, are left out. */
function escape(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
