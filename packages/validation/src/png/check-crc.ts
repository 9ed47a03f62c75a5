import { reportFinding, type OpenInspection } from "./report-finding.ts";
import { uint32 } from "./uint32.ts";

/** Compares the CRC that stands behind a chunk with the one that was computed (section 5.5). */
export function checkCrc(
  bytes: Uint8Array,
  offset: number,
  type: string,
  computed: number,
  inspection: OpenInspection,
): void {
  const stored = uint32(bytes, offset);
  if (stored !== computed) {
    const received = stored.toString(16);
    reportFinding(inspection, type, "5.5", offset, "CRC", received, computed.toString(16), "error", "crc_mismatch");
  }
}
