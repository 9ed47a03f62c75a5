import type { ImageLimits } from "../image-limits.ts";
import type { FindingLog } from "./finding-log.ts";

/**
 * Checks the size of a file.
 *
 * @param byteLength What is known of it: for a stream that was not read to its end, what was read so far.
 */
export function checkByteLength(byteLength: number, limits: ImageLimits, log: FindingLog): void {
  const { exclusiveMaximumBytes = Infinity, warningFromBytes = Infinity } = limits;
  if (byteLength >= exclusiveMaximumBytes) {
    log.error("too_large", [exclusiveMaximumBytes, null, null], {
      message: `The file has ${byteLength} bytes or more, and must have fewer than ${exclusiveMaximumBytes}.`,
      received: byteLength,
      allowed: exclusiveMaximumBytes,
      fix: "Scale the picture down, or save it with fewer colors.",
    });
  } else if (byteLength >= warningFromBytes) {
    log.warning("nearly_too_large", [warningFromBytes, null, null], {
      message: `The file has ${byteLength} bytes; some servers take only fewer than ${warningFromBytes}.`,
      received: byteLength,
      allowed: warningFromBytes,
      fix: "Scale the picture down, if it is refused.",
    });
  }
}
