import type { ValidationResult } from "./create-validator.ts";
import type { Problem } from "./problem.ts";

/**
 * Writes what a validator found as plain text for people: each problem in a line, and what to do about it in the next.
 *
 * @returns Lines without an end of line after the last.
 */
export function formatReport({ problems, warnings }: Pick<ValidationResult, "problems" | "warnings">): string {
  const sections = [section("problem", problems), section("warning", warnings)].filter(Boolean);
  return sections.join("\n") || "Nothing is wrong.";
}

function section(name: string, entries: readonly Problem[]): string {
  if (entries.length === 0) return "";
  const title = `${entries.length} ${name}${entries.length === 1 ? "" : "s"}:`;
  return [title, ...entries.map(({ message, fix }) => `  ${message}\n    ${fix}`)].join("\n");
}
