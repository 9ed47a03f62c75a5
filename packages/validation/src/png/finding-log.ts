import type { Finding } from "./finding.ts";

/** How many findings are kept; those beyond are only counted. */
const kept = 100;

/** Collects findings: keeps the first hundred, and counts all. */
export class FindingLog {
  readonly findings: Finding[] = [];
  errorCount = 0;
  warningCount = 0;

  /** Notes what breaks a rule. */
  error(code: string, place: Place, facts: Facts): void {
    this.errorCount++;
    this.#keep("error", code, place, facts);
  }

  /** Notes what breaks no rule that matters to the picture, or may be refused somewhere. */
  warning(code: string, place: Place, facts: Facts): void {
    this.warningCount++;
    this.#keep("warning", code, place, facts);
  }

  /** Notes a chunk whose bytes are not those that its CRC was made of. */
  crcMismatch(offset: number, chunk: string, stored: number, computed: number): void {
    const [received, allowed] = [hexadecimal(stored), hexadecimal(computed)];
    const message = `The CRC of ${chunk} is ${received}, and its bytes give ${allowed}.`;
    this.error("crc_mismatch", [offset, chunk, "5.5"], { message, received, allowed });
  }

  #keep(severity: Finding["severity"], code: string, [offset, chunk, section]: Place, facts: Facts): void {
    if (this.findings.length === kept) return;
    const { message, received, allowed, fix = exportAgain } = facts;
    this.findings.push({ code, severity, message, received, allowed, fix, offset, chunk, section });
  }
}

/** Where a finding is, and the section of the specification that it rests on. */
export type Place = readonly [offset: number, chunk: Finding["chunk"], section: Finding["section"]];

/** What a finding says. Without a fix of its own, it is that of a damaged file. */
export interface Facts extends Pick<Finding, "message" | "received" | "allowed"> {
  readonly fix?: string;
}

const exportAgain = "The file is damaged or was written wrongly: get it again, or open it and save it as PNG anew.";

function hexadecimal(number: number): string {
  return number.toString(16).padStart(8, "0");
}
