import type { ValidationResult } from "./create-validator.ts";
import type { Problem } from "./problem.ts";

/**
 * Writes what a validator found as plain text for people: each problem in a line, and what to do about it in the next.
 *
 * @returns Lines without an end of line after the last.
 */
export function formatReport({ problems, warnings }: Pick<ValidationResult, "problems" | "warnings">): string {
  return [section("problem", problems), section("warning", warnings)].flat().join("\n") || "Nothing is wrong.";
}

function section(name: string, entries: readonly Problem[]): string[] {
  const { length } = entries;
  const lines = entries.map(({ message, fix }) => `  ${message}\n    ${fix}`);
  return length ? [`${length} ${name}${length > 1 ? "s" : ""}:`, ...lines] : [];
}
