import { checkChunk, type ChunksBefore } from "./check-chunk.ts";
import { checkCrc } from "./check-crc.ts";
import type { PngHeader } from "./check-header.ts";
import { chunkType } from "./chunk-type.ts";
import { fastCrc32 } from "./fast-crc32.ts";
import { reportFinding, type OpenInspection } from "./report-finding.ts";
import { uint32 } from "./uint32.ts";

/** What the chunks of a picture come to. */
export interface PngStructure {
  /** Where the data of each IDAT chunk lies: start, end, start, end, … */
  readonly imageData: readonly number[];
  /** How many colors PLTE has. */
  readonly paletteEntries: number;
}

/**
 * Checks every chunk of a picture: its length, type and CRC, its place and number, the rules of PLTE, and that IEND is the
 * end.
 *
 * @param bytes The whole file.
 * @param header What its IHDR says, checked before.
 */
export function checkStructure(bytes: Uint8Array, header: PngHeader, inspection: OpenInspection): PngStructure {
  const idat = 0x49444154;
  const maximumLength = 0x7fffffff;
  const imageData: number[] = [];
  const seen = new Set<string>();
  const chunks: ChunksBefore = { ...header, seen, paletteEntries: 0, sequence: 0, frames: 0 };
  let type = "";
  // Behind the signature.
  let offset = 8;
  while (type !== "IEND") {
    const before = type;
    const left = bytes.length - offset;
    if (left < 12) {
      reportFinding(
        inspection,
        null,
        "5.6",
        offset,
        "end",
        `${left} bytes after ${before}`,
        "after IEND",
        "error",
        "truncated",
      );
      break;
    }
    const length = uint32(bytes, offset);
    const isData = uint32(bytes, offset + 4) === idat;
    type = isData ? "IDAT" : chunkType(bytes, offset + 4);
    // In hexadecimal it is longer.
    const isType = type.length === 4;
    if (!isType) reportFinding(inspection, null, "5.3", offset + 4, "chunk type", type, "four letters");
    if (length > left - 12) {
      const code = length > maximumLength ? undefined : "truncated";
      reportFinding(inspection, type, "5.3", offset, "length", length, `${left - 12} or less`, "error", code);
      break;
    }
    const start = offset + 8;
    const end = start + length;
    checkCrc(bytes, end, type, fastCrc32(bytes, offset + 4, end), inspection);
    if (isData) {
      if (before !== type) {
        if (seen.has(type)) reportFinding(inspection, type, "5.6", offset, "place", `after ${before}`, "after IDAT");
        if (header.colorType === 3 && !chunks.paletteEntries)
          reportFinding(inspection, "PLTE", "11.2.2", offset, "number", 0, 1);
      }
      imageData.push(start, end);
    } else if (isType) {
      checkChunk(type, offset, length, bytes, chunks, inspection);
    }
    if (type === "IEND") {
      const more = left - 12 - length;
      if (!seen.has("IDAT")) reportFinding(inspection, "IDAT", "5.6", offset, "number", 0, "1 or more");
      if (more)
        reportFinding(inspection, null, "5.6", end + 4, "data after IEND", `${more} bytes`, "0 bytes", "warning");
    }
    if (isType && type[2]! >= "a") {
      reportFinding(inspection, type, "5.4", offset + 6, "third letter", type[2]!, "a capital", "warning");
    }
    seen.add(type);
    offset = end + 4;
  }
  const { announced, frames, paletteEntries } = chunks;
  if (announced !== undefined && announced !== frames) {
    reportFinding(inspection, "acTL", "11.3.6.1", 0, "number of frames", frames, announced, "warning");
  }
  return { imageData, paletteEntries };
}
