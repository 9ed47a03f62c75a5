import { checkChunk, type ChunksBefore } from "./check-chunk.ts";
import { checkCrc } from "./check-crc.ts";
import { headerLength, type PngHeader } from "./check-header.ts";
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

const idat = 0x49444154;
const maximumLength = 0x7fffffff;

/**
 * Checks every chunk of a picture after IHDR: its length, type and CRC, its place and number, the rules of PLTE, and
 * that IEND is the end.
 *
 * @param bytes The whole file.
 * @param header What its IHDR says, checked before.
 */
export function checkStructure(bytes: Uint8Array, header: PngHeader, inspection: OpenInspection): PngStructure {
  const imageData: number[] = [];
  const seen = new Set<string>(["IHDR"]);
  const chunks: ChunksBefore = { ...header, seen, paletteEntries: 0, sequence: 0, frames: 0 };
  let type = "IHDR";
  let offset = headerLength;
  const report = (
    section: string,
    subject: string,
    received: string | number,
    allowed: string | number,
    at = offset,
    chunk: string | null = type,
    code?: string,
    severity?: "warning",
  ): void => reportFinding(inspection, chunk, section, at, subject, received, allowed, code, severity);

  while (type !== "IEND") {
    const before = type;
    const left = bytes.length - offset;
    if (left < 12) {
      report("5.6", "end", `${left} bytes after ${before}`, "after IEND", offset, null, "truncated");
      break;
    }
    const length = uint32(bytes, offset);
    const isData = uint32(bytes, offset + 4) === idat;
    type = isData ? "IDAT" : chunkType(bytes, offset + 4);
    // In quotes it is longer.
    const isType = type.length === 4;
    if (!isType) report("5.3", "chunk type", type, "four letters", offset + 4, null);
    if (length > left - 12) {
      const code = length > maximumLength ? undefined : "truncated";
      report("5.3", "length", length, `${left - 12} or less`, offset, type, code);
      break;
    }
    const start = offset + 8;
    const end = start + length;
    checkCrc(bytes, end, type, fastCrc32(bytes, offset + 4, end), inspection);
    if (isData) {
      if (before !== type) {
        if (seen.has(type)) report("5.6", "place", `after ${before}`, "after IDAT");
        if (header.colorType === 3 && !chunks.paletteEntries) report("11.2.2", "number", 0, 1, offset, "PLTE");
      }
      imageData.push(start, end);
    } else if (isType) {
      checkChunk(type, offset, length, bytes, chunks, inspection);
    }
    if (type === "IEND") {
      const more = left - 12 - length;
      if (!seen.has("IDAT")) report("5.6", "number", 0, "1 or more", offset, "IDAT");
      if (more) report("5.6", "data after IEND", `${more} bytes`, "0 bytes", end + 4, null, undefined, "warning");
    }
    if (isType && type[2]! >= "a") {
      report("5.4", "third letter", type[2]!, "a capital", offset + 6, type, undefined, "warning");
    }
    seen.add(type);
    offset = end + 4;
  }
  const { announced, frames, paletteEntries } = chunks;
  if (announced !== undefined && announced !== frames) {
    report("11.3.6.1", "number of frames", frames, announced, 0, "acTL", undefined, "warning");
  }
  return { imageData, paletteEntries };
}
