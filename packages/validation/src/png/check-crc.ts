import type { FindingLog } from "./finding-log.ts";

/** Compares the CRC that was computed with the one that a chunk states at an offset (section 5.5). */
export function checkCrc(computed: number, view: DataView, offset: number, type: string, log: FindingLog): void {
  const stored = view.getUint32(offset);
  if (stored !== computed) {
    log.add("crc_mismatch", [offset, type, "5.5"], `CRC of ${type}`, stored.toString(16), computed.toString(16));
  }
}
