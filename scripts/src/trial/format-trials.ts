import type { TrialResult } from "./run-trial.ts";

/** The results as a table, and below it what failed where. */
export function formatTrials(results: readonly TrialResult[]): string {
  const rows = [
    ["Edit", "What", "Result", "Passed", "Failed", "Time"],
    ...results.map(({ name, what, ok, passed, failed, seconds }) => [
      name,
      what,
      ok ? "green" : "failed",
      String(passed),
      String(failed),
      `${seconds.toFixed(0)} s`,
    ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const table = rows.map((row) =>
    row
      .map((cell, column) => (column < 3 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join("  ")
      .trimEnd(),
  );
  const failures = results.flatMap(({ name, failures: found, ok, log }) =>
    ok ? [] : ["", `${name}: everything that was printed is in ${log}`, ...found.map((failure) => `  ${failure}`)],
  );
  return [...table, ...failures, ""].join("\n");
}
