import type { ImageLimits } from "../image-limits.ts";
import { reportFinding, type OpenInspection } from "./report-finding.ts";

/**
 * Checks the size of a file.
 *
 * @param byteLength What is known of it: for a stream that was not read to its end, what was read so far.
 */
export function checkByteLength(byteLength: number, limits: ImageLimits, inspection: OpenInspection): void {
  const { exclusiveMaximumBytes, warningFromBytes } = limits;
  // Nothing is as much as a limit that is undefined.
  const isTooLarge = byteLength >= exclusiveMaximumBytes!;
  const limit = (isTooLarge ? exclusiveMaximumBytes : warningFromBytes)!;
  if (byteLength >= limit) {
    const allowed = `less than ${limit}`;
    const severity = isTooLarge ? "error" : "warning";
    const code = isTooLarge ? "too_large" : "nearly_too_large";
    reportFinding(
      inspection,
      null,
      null,
      limit,
      "number of bytes",
      byteLength,
      allowed,
      severity,
      code,
      "Scale it down.",
    );
  }
}
