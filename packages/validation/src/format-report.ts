import type { ValidationResult } from "./create-validator.ts";
import { count } from "./describe.ts";
import type { Issue } from "./issue.ts";

/**
 * Formats a validation result as plain text for people: each issue on a line, its fix on the next.
 *
 * @returns Lines without a line break after the last.
 */
export function formatReport({ issues, warnings }: Pick<ValidationResult, "issues" | "warnings">): string {
  return [section("error", issues), section("warning", warnings)].flat().join("\n") || "No issues.";
}

function section(name: string, issues: readonly Issue[]): string[] {
  const lines = issues.map(({ message, fix }) => `  ${message}\n    ${fix}`);
  return lines.length > 0 ? [`${count(lines.length, name)}:`, ...lines] : [];
}
