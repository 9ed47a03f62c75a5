import type { ImageLimits } from "../image-limits.ts";
import type { FindingLog } from "./finding-log.ts";

/**
 * Checks the size of a file.
 *
 * @param byteLength What is known of it: for a stream that was not read to its end, what was read so far.
 */
export function checkByteLength(byteLength: number, limits: ImageLimits, log: FindingLog): void {
  const { exclusiveMaximumBytes: maximum = Infinity, warningFromBytes = Infinity } = limits;
  const tooLarge = byteLength >= maximum;
  if (!tooLarge && byteLength < warningFromBytes) return;
  const limit = tooLarge ? maximum : warningFromBytes;
  log.add(tooLarge ? "too_large" : "nearly_too_large", [limit], "number of bytes", byteLength, `less than ${limit}`, {
    fix: "Scale the picture down, or save it with fewer colors.",
    severity: tooLarge ? "error" : "warning",
  });
}
