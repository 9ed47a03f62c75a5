import { formatReport } from "@image-variations/validation";
import type { OutputStream } from "../command-line/cli-context.ts";
import { styled } from "../command-line/style.ts";
import { printable } from "../files/printable.ts";
import type { CheckedImage, Inspection } from "./check-images.ts";
import type { CheckCounts } from "./check-counts.ts";

/**
 * Formats the check of one image for people: a line, and every issue with its fix below it.
 *
 * @returns Lines without a line break after the last.
 */
export function formatChecked(checked: CheckedImage, stream: Pick<OutputStream, "colors">): string {
  const name = checked.path === "-" ? "standard input" : printable(checked.path);
  if (checked.status === "unreadable") {
    const { message, fix } = checked.failure;
    return `${styled(stream, "red", "✗")} ${name}: ${styled(stream, "red", "not checked")}\n${indent(`${message}\n  ${fix}`)}`;
  }
  const { inspection, status } = checked;
  const hasWarnings = inspection.warningCount > 0;
  const style = status === "rejected" ? "red" : hasWarnings ? "yellow" : "green";
  const sign = status === "rejected" ? "✗" : hasWarnings ? "!" : "✓";
  const line = `${styled(stream, style, sign)} ${name}: ${styled(stream, style, status)}${styled(stream, "dim", factsOf(inspection))}`;
  return inspection.issues.length === 0 ? line : `${line}\n${indent(issuesOf(inspection))}`;
}

/** One line of JSON. */
export function toCheckedJson(checked: CheckedImage): string {
  const { path, status } = checked;
  if (checked.status === "unreadable") return JSON.stringify({ path, status, error: checked.failure });
  return JSON.stringify({ path, status, ...checked.inspection });
}

/** The line at the end: `3 files: 2 accepted (1 with warnings), 1 rejected.` */
export function formatSummary({ accepted, warned, rejected, unreadable, fixable }: CheckCounts): string {
  const total = accepted + rejected + unreadable;
  const warnings = warned > 0 ? ` (${warned} with warnings)` : "";
  const parts = [
    ...(accepted > 0 ? [`${accepted} accepted${warnings}`] : []),
    ...(rejected > 0 ? [`${rejected} rejected`] : []),
    ...(unreadable > 0 ? [`${unreadable} not checked`] : []),
  ];
  const line = `${total} file${total === 1 ? "" : "s"}: ${parts.join(", ")}.`;
  return fixable > 0 ? `${line}\nimage-variations fit FILE makes an image that is accepted.` : line;
}

const grouped = new Intl.NumberFormat("en");

function factsOf({ width, height, byteLength }: Inspection): string {
  const facts = [
    ...(width === null ? [] : [`${width}x${height}`]),
    ...(byteLength === null ? [] : [`${grouped.format(byteLength)} bytes`]),
  ];
  return facts.length > 0 ? ` (${facts.join(", ")})` : "";
}

/** The validator's report; a file with very many issues has more than the report lists. */
function issuesOf({ issues, errorCount, warningCount }: Inspection): string {
  const report = formatReport({
    issues: issues.filter(({ severity }) => severity === "error"),
    warnings: issues.filter(({ severity }) => severity === "warning"),
  });
  const left = errorCount + warningCount - issues.length;
  return printableLines(
    left > 0 ? `${report}\n${left} more of its ${errorCount + warningCount} issues are not listed.` : report,
  );
}

/** A message can quote the file. */
function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, "    ");
}
