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
  if (stored === computed) return;
  reportFinding(inspection, {
    chunk: type,
    section: "5.5",
    offset,
    subject: "CRC",
    code: "crc_mismatch",
    received: stored.toString(16),
    allowed: computed.toString(16),
    fix: "It is damaged: download or copy it again.",
  });
}
