import { sentence } from "../sentence.ts";
import type { Finding } from "./finding.ts";
import type { PngInspection } from "./png-inspection.ts";

/** An inspection that goes on: what is found is noted in it. */
export type OpenInspection = { -readonly [Name in keyof PngInspection]: PngInspection[Name] } & { findings: Finding[] };

/** What is found, and what of it follows from the rest. */
export interface FindingReport extends Pick<Finding, "received" | "allowed"> {
  /** What of the chunk, or of the file, it is about, such as `bit depth`. */
  readonly subject: string;
  /** Default: the start of the file. */
  readonly offset?: number;
  /** Default: null. */
  readonly chunk?: string | null;
  /** Default: null. */
  readonly section?: string | null;
  /** Default: an error. */
  readonly severity?: Finding["severity"];
  /** Default: the subject, in one word: `bit_depth`. */
  readonly code?: string;
  /** Default: says what the subject is, and what it must be. */
  readonly message?: string | undefined;
  /** Default: that of a damaged file. */
  readonly fix?: string | undefined;
}

/** Notes a finding. The first hundred are kept; those beyond are only counted. */
export function reportFinding(
  inspection: OpenInspection,
  {
    subject,
    received,
    allowed,
    offset = 0,
    chunk = null,
    section = null,
    severity = "error",
    code = subject.replaceAll(" ", "_"),
    message = sentence(`The ${subject}${chunk ? ` of ${chunk}` : ""}`, received, allowed),
    fix = "Re-save the image as PNG.",
  }: FindingReport,
): void {
  inspection[`${severity}Count`]++;
  inspection.valid = !inspection.errorCount;
  if (inspection.findings.length === 100) return;
  inspection.findings.push({ code, severity, message, received, allowed, fix, offset, chunk, section });
}

/** A file that ends before it should. */
export function reportTruncated(
  inspection: OpenInspection,
  { where, ...report }: Omit<FindingReport, "subject" | "section" | "code"> & { readonly where: string },
): void {
  reportFinding(inspection, {
    subject: "file",
    section: "13.1",
    code: "truncated",
    message: `The file ends ${where}: it is truncated.`,
    fix: "Download or copy it again.",
    ...report,
  });
}
