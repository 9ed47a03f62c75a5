import type { SpecDiff } from "../diff-specs.ts";

/** The report for machines. */
export function reportJson(diff: SpecDiff): string {
  return `${JSON.stringify(diff, null, 2)}\n`;
}
