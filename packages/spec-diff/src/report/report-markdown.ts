import type { SpecDiff } from "../diff-specs.ts";
import { levels } from "../policy/level.ts";
import { describeDisagreement, describeReach, headingOf } from "./report-text.ts";

/** The report for a pull request. */
export function reportMarkdown({ base, head, bump, opinions, changes, disagreements, warnings }: SpecDiff): string {
  const lines = [
    `### The contract: ${bump === "none" ? "no bump" : `a ${bump} change`}`,
    "",
    `\`${base}\` → \`${head}\`. By schema: **${opinions.schema}**, by types: **${opinions.types}**.`,
    "",
  ];
  for (const level of levels.toReversed()) {
    const some = changes.filter((change) => change.level === level);
    if (some.length === 0) continue;
    lines.push(
      `#### ${headingOf(level)} (${some.length})`,
      "",
      "| | Where | What it means | Operations |",
      "| --- | --- | --- | --- |",
    );
    for (const { direction, pointer, reason, undecided, operations } of some) {
      const cells = [
        direction,
        `\`${pointer || "/"}\``,
        undecided ? `${reason} (undecided)` : reason,
        describeReach(operations),
      ];
      lines.push(`| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`);
    }
    lines.push("");
  }
  lines.push(...disagreements.map((one) => `- ${describeDisagreement(one)}`));
  lines.push(...warnings.map((warning) => `- Warning: ${warning}`));
  return `${lines.join("\n").trimEnd()}\n`;
}
