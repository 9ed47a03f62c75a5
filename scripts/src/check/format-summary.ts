import type { SuiteReport } from "./read-reports.ts";

/** The most skipped tests that are named. */
const mostSkipped = 10;

/**
 * What `npm test` prints at its end: every suite, then what was skipped, and what failed last, where it is seen.
 *
 * @param failedSteps Tasks and commands that failed, which may be without a test.
 */
export function formatSummary(suites: readonly SuiteReport[], failedSteps: readonly string[]): string {
  const width = Math.max(0, ...suites.map(({ suite }) => suite.length));
  const lines = [""];
  for (const { suite, passed, failures, skipped } of suites) {
    const also = skipped.length > 0 ? `, ${skipped.length} skipped` : "";
    lines.push(`${suite.padEnd(width)}  ${passed} passed, ${failures.length} failed${also}`);
  }
  const skipped = suites.flatMap(({ suite, skipped: names }) => names.map((name) => `  ${suite}: ${name}`));
  if (skipped.length > 0) {
    const more = skipped.length - mostSkipped;
    lines.push("", "Skipped:", ...skipped.slice(0, mostSkipped), ...(more > 0 ? [`  and ${more} more`] : []));
  }
  if (failedSteps.length > 0) lines.push("", `Failed tasks: ${failedSteps.join(", ")}`);
  const failures = suites.flatMap((suite) => suite.failures);
  if (failures.length > 0) {
    lines.push("", "Failed:");
    for (const { file, name, message } of failures) {
      lines.push(`  ${file}${name ? `: ${name}` : ""}`, `    ${message}`);
    }
  }
  const passed = suites.reduce((total, suite) => total + suite.passed, 0);
  return [...lines, "", `${passed} passed, ${failures.length} failed`].join("\n");
}
