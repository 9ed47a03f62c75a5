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
    const [severity, code] = isTooLarge
      ? (["error", "too_large"] as const)
      : (["warning", "nearly_too_large"] as const);
    const [allowed, fix] = [`less than ${limit}`, "Scale it down."];
    reportFinding(inspection, null, null, limit, "number of bytes", byteLength, allowed, severity, code, fix);
  }
}
