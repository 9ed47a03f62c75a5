import { checkAncillary, type ChunksBefore } from "./check-ancillary.ts";
import { checkCrc } from "./check-crc.ts";
import { headerLength, type PngHeader } from "./check-header.ts";
import { chunkType, isChunkType } from "./chunk-type.ts";
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
  const { colorType, bitDepth } = header;
  const chunks: ChunksBefore = { colorType, seen, paletteEntries: 0, sequence: 0, frames: 0 };
  let type = "IHDR";
  let offset = headerLength;
  const report = (
    code: string,
    section: string,
    subject: string,
    received: string | number,
    allowed: string | number,
    at = offset,
    chunk: string | null = type,
    severity?: "warning",
  ): void => reportFinding(inspection, code, at, chunk, section, subject, received, allowed, severity);

  while (type !== "IEND") {
    const before = type;
    const left = bytes.length - offset;
    if (left < 12) {
      const end = left > 0 ? `in a chunk of ${left} bytes` : `after ${before}`;
      report("truncated", "5.6", "end of the file", end, "after IEND", offset, null);
      break;
    }
    const length = uint32(bytes, offset);
    const isData = uint32(bytes, offset + 4) === idat;
    type = isData ? "IDAT" : chunkType(bytes, offset + 4);
    const isType = isData || isChunkType(type);
    if (!isType) report("chunk_type_invalid", "5.3", "chunk type", type, "four letters", offset + 4, null);
    if (length > left - 12) {
      const [code, most] = length > maximumLength ? ["chunk_length_invalid", maximumLength] : ["truncated", left - 12];
      report(code, "5.3", `length of ${type}`, length, `${most} or less`);
      break;
    }
    const start = offset + 8;
    const end = start + length;
    checkCrc(bytes, end, type, fastCrc32(bytes, offset + 4, end), inspection);
    if (isData) {
      if (before !== type) {
        if (seen.has(type)) report("idat_not_consecutive", "5.6", `chunk before ${type}`, before, type);
        if (colorType === 3 && !chunks.paletteEntries) {
          report("palette_missing", "11.2.2", "number of PLTE chunks", 0, "1 in an indexed picture");
        }
      }
      imageData.push(start, end);
    } else if (type === "PLTE") {
      const most = colorType === 3 ? 2 ** bitDepth : 256;
      if (seen.has(type)) report("chunk_repeated", "11.2.2", "number of PLTE", "2 or more", 1);
      if (seen.has("IDAT")) report("palette_misplaced", "11.2.2", "place of PLTE", "after IDAT", "before IDAT");
      if (colorType === 0 || colorType === 4)
        report("palette_not_allowed", "11.2.2", "color type", colorType, "2 or 3 or 6");
      if (!length || length % 3 || length > 3 * most) {
        report("palette_length_invalid", "11.2.2", "length of PLTE", length, `3 for each of 1 to ${most} colors`);
      }
      chunks.paletteEntries = Math.floor(length / 3);
    } else if (type === "IEND") {
      const more = left - 12 - length;
      if (length) report("iend_not_empty", "11.2.4", "length of IEND", length, 0);
      if (!seen.has("IDAT")) report("idat_missing", "5.6", "number of IDAT chunks", 0, "1 or more");
      if (more) report("data_after_iend", "5.6", "number of bytes after IEND", more, 0, end + 4, null, "warning");
    } else if (type === "IHDR") {
      report("chunk_repeated", "5.6", "number of IHDR", "2 or more", 1);
    } else if (isType && type < "a") {
      report("critical_chunk_unknown", "13.1", "critical chunk", type, "IHDR or PLTE or IDAT or IEND");
    } else if (isType) {
      checkAncillary(type, offset, length, bytes, chunks, inspection);
    }
    if (isType && type[2]! >= "a") {
      const subject = `third letter of ${type}`;
      report("reserved_bit_set", "5.4", subject, type[2]!, "a capital", offset + 6, type, "warning");
    }
    seen.add(type);
    offset = end + 4;
  }
  const { announced, frames, paletteEntries } = chunks;
  if (announced !== undefined && announced !== frames) {
    report("frame_count_wrong", "11.3.6.1", "number of frames", frames, announced, 0, "acTL", "warning");
  }
  return { imageData, paletteEntries };
}
