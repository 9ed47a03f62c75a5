import type { Fault } from "./faults.ts";

/** The faults and what the clients make of them, as a Markdown table. */
export function faultTable(faults: readonly Pick<Fault, "name" | "ours" | "official">[]): string {
  const rows = [["What the server does", "This client", "`openai`"]];
  for (const { name, ours, official } of faults)
    rows.push([name, ours, official].map((cell) => cell.replaceAll("|", "\\|")));
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  const [head, ...body] = rows.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`,
  );
  return [head, `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...body].join("\n");
}
