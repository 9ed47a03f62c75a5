import { describeAllowed, fillIn, mustBe } from "../describe.ts";
import type { Issue, IssueCode } from "../issue.ts";
import type { ImageLimits } from "../parameter-table.ts";
import type { ImageSource } from "../sources/image-source.ts";
import type { Identify } from "./identify-file.ts";
import type { Facts, IssueDefinition, IssueTable, Report } from "./issue-table.ts";
import type { PngInspection } from "./png-inspection.ts";

/** An inspection under way, which all checks share. */
export interface Inspection {
  readonly limits: ImageLimits;
  readonly identify?: Identify | undefined;
  /** Filled in by the checks. */
  readonly result: InspectionResult;
}

/** The result of an inspection, while it is being filled in. */
export type InspectionResult = { -readonly [Name in keyof PngInspection]: PngInspection[Name] } & { issues: Issue[] };

/** The result of an inspection that has found nothing yet. */
export function createResult(source: ImageSource): InspectionResult {
  return {
    valid: true,
    width: null,
    height: null,
    bitDepth: null,
    colorType: null,
    interlaced: null,
    byteLength: null,
    issues: [],
    errorCount: 0,
    warningCount: 0,
    source,
  };
}

const maxIssues = 100;

/** Reports issues of a table in a result. The first hundred are kept; the rest are only counted. */
export function createReport<Table extends { readonly [Code in keyof Table]: Facts }>(
  table: IssueTable<Table>,
  result: InspectionResult,
): Report<Table> {
  return (code, facts) => {
    const { chunk = "" } = facts;
    const { severity = chunk < "a" ? "error" : "warning" } = table[code];
    result[`${severity}Count`]++;
    result.valid = result.errorCount === 0;
    if (result.issues.length >= maxIssues) return;
    result.issues.push({ severity, ...toIssue(code as IssueCode, table[code], facts) });
  };
}

function toIssue(code: IssueCode, definition: IssueDefinition, facts: Facts): Omit<Issue, "severity"> {
  const { name = "", message: sentence = name + mustBe, fix = "Re-save the image as PNG." } = definition;
  const { received, allowed, offset = 0, chunk, section = definition.section } = facts;
  const message = fillIn(sentence, { ...facts, allowed: describeAllowed(allowed) });
  const place = { offset, ...(chunk && { chunk }), ...(section && { section }) };
  return { code, path: [], message, received, allowed, fix: facts.fix ?? fix, ...place };
}
