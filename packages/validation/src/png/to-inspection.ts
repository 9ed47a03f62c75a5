import type { OpenImage } from "../source/open-image-source.ts";
import type { PngHeader } from "./check-header.ts";
import type { FindingLog } from "./finding-log.ts";
import type { PngInspection } from "./png-inspection.ts";

/** Puts together what is returned of a look into a picture. */
export function toInspection(header: PngHeader | undefined, image: OpenImage, log: FindingLog): PngInspection {
  return {
    valid: log.errorCount === 0,
    width: header?.width ?? null,
    height: header?.height ?? null,
    bitDepth: header?.bitDepth ?? null,
    colorType: header?.colorType ?? null,
    interlaced: header?.interlaced ?? null,
    byteLength: image.byteLength,
    findings: log.findings,
    errorCount: log.errorCount,
    warningCount: log.warningCount,
    source: image.source(),
  };
}
