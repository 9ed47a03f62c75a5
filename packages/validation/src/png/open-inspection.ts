import type { ImageSource } from "../image-source.ts";
import type { OpenInspection } from "./report-finding.ts";

/** An inspection that has found nothing yet. */
export function openInspection(source: ImageSource): OpenInspection {
  return {
    valid: true,
    width: null,
    height: null,
    bitDepth: null,
    colorType: null,
    interlaced: null,
    byteLength: null,
    findings: [],
    errorCount: 0,
    warningCount: 0,
    source,
  };
}
