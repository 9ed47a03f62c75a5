import type { CheckedRequirement, Report } from "./check-server.ts";

/** The most reasons that are printed for one requirement. */
const mostReasons = 10;

/** A report as a table for people. */
export function formatReport({ url, contract, model, requests, requirements }: Report): string {
  const lines = [`${url}, compared with the contract ${contract} by ${requests} requests`];
  if (model) lines.push(`asked for the model ${model}`);
  let topic = "";
  for (const checked of requirements) {
    if (checked.topic !== topic) lines.push("", checked.topic);
    ({ topic } = checked);
    lines.push(`  ${checked.result}  ${checked.requirement}`);
    const shown = checked.reasons.slice(0, mostReasons);
    const more = checked.reasons.length - shown.length;
    lines.push(...[...shown, ...(more > 0 ? [`and ${more} more`] : [])].map((reason) => `${" ".repeat(8)}- ${reason}`));
  }
  const results: readonly CheckedRequirement["result"][] = ["pass", "fail", "skip"];
  const counts = results.map(
    (result) => `${requirements.filter((checked) => checked.result === result).length} ${result}`,
  );
  return [...lines, "", counts.join(", ")].join("\n");
}
