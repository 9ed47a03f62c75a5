import { count } from "../describe.ts";
import { fileIssues, type FileIssues } from "./file-issues.ts";
import { createReport, type Inspection } from "./inspection.ts";
import type { ResolvedDepth } from "./inspection-options.ts";
import type { Report } from "./issue-table.ts";
import type { PngHeader } from "./png-inspection.ts";

/** An inspection that goes beyond the header, which all checks of the whole file share. */
export interface FileInspection extends Inspection {
  /** The whole file. */
  readonly bytes: Uint8Array;
  readonly header: PngHeader;
  /** Whether depth `pixels` goes on after its first error. */
  readonly all: boolean;
  readonly report: Report<FileIssues>;
}

/** Begins the inspection of a whole file whose header has been checked. */
export function inspectFile(
  bytes: Uint8Array,
  header: PngHeader,
  { limits, result, all }: Inspection & Pick<ResolvedDepth, "all">,
): FileInspection {
  return { limits, result, all, bytes, header, report: createReport(fileIssues, result) };
}

/** Whether the pixels are to be inspected and can be: there are not too many, and IHDR has no error. */
export function includesPixels(
  { width, height }: PngHeader,
  { depth, maxPixels }: ResolvedDepth,
  { result }: Inspection,
): boolean {
  // An issue with a section concerns IHDR, one without it only a limit of the contract.
  if (depth !== "pixels" || result.issues.some(({ section }) => section)) return false;
  if (width * height <= maxPixels) return true;
  const allowed = `at most ${count(maxPixels, "pixel")} to be decompressed`;
  createReport(fileIssues, result)("too_many_pixels", { offset: 16, received: `${width}x${height}`, allowed });
  return false;
}
