import type { SpecDiff } from "../diff-specs.ts";

/**
 * The report for machines.
 *
 * @param added What a command knows beside it.
 */
export function reportJson(diff: SpecDiff, added: Readonly<Record<string, unknown>> = {}): string {
  return `${JSON.stringify({ ...diff, ...added }, null, 2)}\n`;
}
