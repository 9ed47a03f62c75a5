import { sentence } from "../sentence.ts";
import type { Finding } from "./finding.ts";
import type { PngInspection } from "./png-inspection.ts";

/** An inspection that goes on: what is found is noted in it. */
export type OpenInspection = { -readonly [Name in keyof PngInspection]: PngInspection[Name] } & { findings: Finding[] };

/**
 * Notes a finding. The first hundred are kept; those beyond are only counted.
 *
 * @param subject What of the chunk, or of the file, it is about, such as `bit depth`.
 * @param code Default: the subject, in one word: `bit_depth`.
 * @param fix Default: that of a damaged file.
 */
export function reportFinding(
  inspection: OpenInspection,
  chunk: string | null,
  section: string | null,
  offset: number,
  subject: string,
  received: string | number,
  allowed: Finding["allowed"],
  severity: Finding["severity"] = "error",
  code?: string,
  fix = "Save the picture as PNG anew.",
): void {
  inspection[`${severity}Count`]++;
  inspection.valid = !inspection.errorCount;
  if (inspection.findings.length === 100) return;
  const word = code ?? subject.replaceAll(" ", "_");
  const message = sentence(`The ${subject}${chunk ? ` of ${chunk}` : ""}`, received, allowed);
  inspection.findings.push({ code: word, severity, message, received, allowed, fix, offset, chunk, section });
}
