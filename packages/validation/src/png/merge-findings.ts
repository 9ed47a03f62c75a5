import { kept, type OpenInspection } from "./report-finding.ts";

/** Adds to an inspection what another one has found. */
export function mergeFindings(inspection: OpenInspection, found: OpenInspection): void {
  inspection.errorCount += found.errorCount;
  inspection.warningCount += found.warningCount;
  inspection.valid &&= found.valid;
  inspection.findings.push(...found.findings.slice(0, kept - inspection.findings.length));
}
