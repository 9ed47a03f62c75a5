import { describeAllowed, describeValue, fillIn, mustBe, type Allowed } from "../describe.ts";
import type { Issue, IssueCode } from "../issue.ts";
import { parameterIssues, type IssueWords, type ParameterIssueCode } from "./parameter-issues.ts";

/** How many characters of a path a message shows. */
const maxPathLength = 99;

/** A value that is checked, and what receives its issues. */
interface CheckedValue {
  readonly found: { readonly issues: Issue[]; readonly warnings: Issue[] };
  readonly path: Issue["path"];
  readonly value: unknown;
}

interface ReportOptions {
  /** Default: the value, in words. */
  readonly received?: string;
  readonly meant?: string | undefined;
}

/** Adds an issue of a value. */
export type Report<Code extends IssueCode = ParameterIssueCode> = (
  code: Code,
  allowed: Allowed,
  options?: ReportOptions,
) => void;

/**
 * What adds issues of a value to those that were found.
 *
 * @param words The words of each code. Default: those of parameters.
 */
export function createReport(
  { found, path, value }: CheckedValue,
  words: { readonly [Code in IssueCode]?: IssueWords } = parameterIssues,
): Report<IssueCode> {
  return (code, allowed, { received = describeValue(value), meant } = {}) => {
    const {
      severity = "error",
      expected = "{allowed}",
      message = `{name}${mustBe}`,
      fix = "Pass {allowed}.",
    } = words[code] ?? {};
    const name = describePath(path) || "The request";
    const facts = { name, received, allowed: fillIn(expected, { allowed: describeAllowed(allowed) }) };
    found[severity === "error" ? "issues" : "warnings"].push({
      code,
      severity,
      path,
      message: fillIn(message, facts),
      received: value,
      allowed,
      fix: meant ? `Did you mean ${meant}?` : fillIn(fix, facts),
    });
  };
}

/** A path as messages show it: `image.1`. */
export function describePath(path: Issue["path"]): string {
  return path.join(".").slice(0, maxPathLength);
}
