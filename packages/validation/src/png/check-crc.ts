import { crc32 } from "./crc32.ts";
import type { FindingLog } from "./finding-log.ts";
import { uint32 } from "./uint32.ts";

/** Compares the CRC of a range with the one that stands behind it (section 5.5). */
export function checkCrc(bytes: Uint8Array, start: number, end: number, type: string, log: FindingLog): void {
  const stored = uint32(bytes, end);
  const computed = crc32(bytes, start, end);
  if (stored !== computed) {
    log.add("crc_mismatch", [end, type, "5.5"], `CRC of ${type}`, stored.toString(16), computed.toString(16));
  }
}
