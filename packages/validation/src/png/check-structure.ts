import { checkChunk, type ChunksBefore } from "./check-chunk.ts";
import { checkCrc } from "./check-crc.ts";
import type { PngHeader } from "./check-header.ts";
import { chunkType } from "./chunk-type.ts";
import { fastCrc32 } from "./fast-crc32.ts";
import { reportFinding, reportTruncated, type OpenInspection } from "./report-finding.ts";
import { uint32 } from "./uint32.ts";

/** What the chunks of an image come to. */
export interface PngStructure {
  /** Where the data of each IDAT chunk lies. */
  readonly imageData: readonly Range[];
  /** How many colors PLTE has. */
  readonly paletteEntries: number;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

const idat = 0x49444154;
const maximumLength = 0x7fffffff;

/**
 * Checks every chunk of an image: its length, type and CRC, its place and number, the rules of PLTE, and that IEND is the
 * end.
 *
 * @param bytes The whole file.
 * @param header What its IHDR says, checked before.
 */
export function checkStructure(bytes: Uint8Array, header: PngHeader, inspection: OpenInspection): PngStructure {
  const imageData: Range[] = [];
  const seen = new Set<string>();
  const chunks: ChunksBefore = { ...header, seen, paletteEntries: 0, sequence: 0, frames: 0 };
  let type = "";
  // Behind the signature.
  let offset = 8;
  while (type !== "IEND") {
    const before = type;
    const left = bytes.length - offset;
    if (left < 12) {
      const where = `${left > 0 ? `${left} bytes ` : ""}after ${before}, before IEND`;
      reportTruncated(inspection, { where, offset, received: `${left} bytes after ${before}`, allowed: "after IEND" });
      break;
    }
    const length = uint32(bytes, offset);
    const isData = uint32(bytes, offset + 4) === idat;
    type = isData ? "IDAT" : chunkType(bytes, offset + 4);
    // In hexadecimal it is longer.
    const isType = type.length === 4;
    if (!isType) {
      const allowed = "four letters";
      reportFinding(inspection, { section: "5.3", offset: offset + 4, subject: "chunk type", received: type, allowed });
    }
    if (length > left - 12) {
      const facts = { chunk: type, offset, received: length, allowed: `${left - 12} or less` };
      // What comes after the chunk's length and type.
      const received = left - 8;
      const where = received < length ? `after ${received} of the ${length} bytes of ${type}` : `in the CRC of ${type}`;
      if (length > maximumLength) reportFinding(inspection, { ...facts, section: "5.3", subject: "length" });
      else reportTruncated(inspection, { ...facts, where });
      break;
    }
    const start = offset + 8;
    const end = start + length;
    checkCrc(bytes, end, type, fastCrc32(bytes, offset + 4, end), inspection);
    if (isData) {
      if (before !== type) checkFirstData(before, offset, chunks, inspection);
      imageData.push({ start, end });
    } else if (isType) {
      checkChunk({ type, offset, length }, bytes, chunks, inspection);
      if (type.charAt(2) >= "a") {
        const facts = { received: type.charAt(2), allowed: "a capital", severity: "warning" } as const;
        reportFinding(inspection, {
          ...facts,
          chunk: type,
          section: "5.4",
          offset: offset + 6,
          subject: "third letter",
        });
      }
    }
    if (type === "IEND") checkEnd(bytes.length, end + 4, offset, seen, inspection);
    seen.add(type);
    offset = end + 4;
  }
  const { announced, frames, paletteEntries } = chunks;
  if (announced !== undefined && announced !== frames) {
    const facts = { received: frames, allowed: announced, severity: "warning" } as const;
    reportFinding(inspection, { ...facts, chunk: "acTL", section: "11.3.6.1", subject: "number of frames" });
  }
  return { imageData, paletteEntries };
}

/** Checks what comes before an IDAT chunk that doesn't follow another one. */
function checkFirstData(before: string, offset: number, chunks: ChunksBefore, inspection: OpenInspection): void {
  if (chunks.seen.has("IDAT")) {
    const facts = { received: `after ${before}`, allowed: "after IDAT" };
    reportFinding(inspection, { ...facts, chunk: "IDAT", section: "5.6", offset, subject: "place" });
  }
  if (chunks.colorType === 3 && !chunks.paletteEntries) {
    const message = "No PLTE chunk before IDAT: the image has color type 3, and no colors.";
    const facts = { received: 0, allowed: 1, message };
    reportFinding(inspection, { ...facts, chunk: "PLTE", section: "11.2.2", offset, subject: "number" });
  }
}

/** Checks that IEND comes after IDAT, and that it is the end. */
function checkEnd(
  byteLength: number,
  end: number,
  offset: number,
  seen: ReadonlySet<string>,
  inspection: OpenInspection,
): void {
  if (!seen.has("IDAT")) {
    const message = "No IDAT chunk: the file has no image data.";
    const facts = { received: 0, allowed: "1 or more", message };
    reportFinding(inspection, { ...facts, chunk: "IDAT", section: "5.6", offset, subject: "number" });
  }
  if (end < byteLength) {
    const facts = { received: `${byteLength - end} bytes`, allowed: "0 bytes", severity: "warning" } as const;
    reportFinding(inspection, { ...facts, section: "5.6", offset: end, subject: "data after IEND" });
  }
}
