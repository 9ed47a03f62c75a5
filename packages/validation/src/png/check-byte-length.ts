import type { ImageLimits } from "../image-limits.ts";
import { reportFinding, type OpenInspection } from "./report-finding.ts";

/**
 * Checks the size of a file.
 *
 * @param byteLength What is known of it: for a stream that was not read to its end, what was read so far.
 */
export function checkByteLength(byteLength: number, limits: ImageLimits, inspection: OpenInspection): void {
  const { exclusiveMaximumBytes = Infinity, warningFromBytes = Infinity } = limits;
  const isTooLarge = byteLength >= exclusiveMaximumBytes;
  const limit = isTooLarge ? exclusiveMaximumBytes : warningFromBytes;
  if (byteLength < limit) return;
  reportFinding(inspection, {
    subject: "number of bytes",
    received: byteLength,
    allowed: `less than ${limit}`,
    offset: limit,
    severity: isTooLarge ? "error" : "warning",
    code: isTooLarge ? "too_large" : "nearly_too_large",
    fix: "Scale it down.",
  });
}
