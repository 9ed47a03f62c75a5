import type { SpecDiff } from "../diff-specs.ts";

/** The report for machines, with what a command adds to it. */
export function reportJson(diff: SpecDiff & Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify(diff, null, 2)}\n`;
}
