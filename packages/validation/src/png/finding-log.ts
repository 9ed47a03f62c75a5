import { sentence } from "../sentence.ts";
import type { Finding } from "./finding.ts";

/** How many findings are kept; those beyond are only counted. */
const kept = 100;

/** Collects findings: keeps the first hundred, and counts all. */
export class FindingLog {
  readonly findings: Finding[] = [];
  errorCount = 0;
  warningCount = 0;

  /**
   * Notes a finding.
   *
   * @param place The offset in the file; the chunk and the section of the specification, where there are such.
   * @param subject What the sentence is about, such as `The width`.
   */
  add(
    code: string,
    [offset, chunk = null, section = null]: Place,
    subject: string,
    received: string | number,
    allowed: Finding["allowed"],
    { fix = "Save the picture as PNG anew, or get the file again: it is damaged.", severity = "error" }: Extra = {},
  ): void {
    if (severity === "error") this.errorCount++;
    else this.warningCount++;
    if (this.findings.length === kept) return;
    const message = sentence(`The ${subject}`, received, allowed);
    this.findings.push({ code, severity, message, received, allowed, fix, offset, chunk, section });
  }

  /** Takes over what another log has. */
  merge({ findings, errorCount, warningCount }: FindingLog): void {
    this.errorCount += errorCount;
    this.warningCount += warningCount;
    this.findings.push(...findings.slice(0, kept - this.findings.length));
  }
}

/** Where a finding is, and what it rests on. */
export type Place = readonly [offset: number, chunk?: string | null, section?: string | null];

/** What not every finding has. */
export interface Extra {
  /** Default: that of a damaged file. */
  readonly fix?: string;
  /** Default: an error. */
  readonly severity?: Finding["severity"];
}
