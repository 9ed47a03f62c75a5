import type { ImageLimits } from "../image-limits.ts";
import { reportFinding, type OpenInspection } from "./report-finding.ts";

/**
 * Checks the size of a file.
 *
 * @param byteLength What is known of it: for a stream that was not read to its end, what was read so far.
 */
export function checkByteLength(byteLength: number, limits: ImageLimits, inspection: OpenInspection): void {
  const { exclusiveMaximumBytes = Infinity, warningFromBytes = exclusiveMaximumBytes } = limits;
  const tooLarge = byteLength >= exclusiveMaximumBytes;
  const limit = tooLarge ? exclusiveMaximumBytes : warningFromBytes;
  if (byteLength < limit) return;
  const code = tooLarge ? "too_large" : "nearly_too_large";
  const severity = tooLarge ? "error" : "warning";
  const allowed = `less than ${limit}`;
  reportFinding(
    inspection,
    code,
    limit,
    null,
    null,
    "number of bytes",
    byteLength,
    allowed,
    severity,
    "Scale the picture down.",
  );
}
