import { AnimationCheck } from "./check-animation.ts";
import { checkAncillary } from "./check-ancillary.ts";
import { checkCrc } from "./check-crc.ts";
import { headerLength, type PngHeader } from "./check-header.ts";
import { chunkType, isChunkType } from "./chunk-type.ts";
import type { FindingLog } from "./finding-log.ts";
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
export function checkStructure(bytes: Uint8Array, header: PngHeader, log: FindingLog): PngStructure {
  const imageData: number[] = [];
  const seen = new Set<string>(["IHDR"]);
  const animation = new AnimationCheck();
  const { colorType } = header;
  let paletteEntries = 0;
  let before = "IHDR";
  let offset = headerLength;

  while (before !== "IEND") {
    const left = bytes.length - offset;
    if (left < 12) {
      const end = left > 0 ? `in a chunk of ${left} bytes` : `after ${before}`;
      log.add("truncated", [offset, null, "5.6"], "end of the file", end, "after IEND");
      break;
    }
    const length = uint32(bytes, offset);
    const isData = uint32(bytes, offset + 4) === idat;
    const type = isData ? "IDAT" : chunkType(bytes, offset + 4);
    const isType = isData || isChunkType(type);
    if (!isType) {
      log.add("chunk_type_invalid", [offset + 4, null, "5.3"], "chunk type", type, "four letters");
    }
    if (length > left - 12) {
      const [code, most] = length > maximumLength ? ["chunk_length_invalid", maximumLength] : ["truncated", left - 12];
      log.add(code, [offset, type, "5.3"], `length of ${type}`, length, `${most} or less`);
      break;
    }
    const start = offset + 8;
    const end = start + length;
    checkCrc(bytes, offset + 4, end, type, log);
    if (isData) {
      if (before !== "IDAT") {
        if (seen.has(type))
          log.add("idat_not_consecutive", [offset, type, "5.6"], `chunk before ${type}`, before, type);
        if (colorType === 3 && !paletteEntries) {
          log.add("palette_missing", [offset, type, "11.2.2"], "number of PLTE chunks", 0, "1 in an indexed picture");
        }
      }
      imageData.push(start, end);
    } else if (type === "PLTE") {
      checkPalette(length, header, seen, offset, log);
      paletteEntries = Math.floor(length / 3);
    } else if (type === "IEND") {
      if (length) log.add("iend_not_empty", [offset, type, "11.2.4"], "length of IEND", length, 0);
      if (!seen.has("IDAT")) log.add("idat_missing", [offset, type, "5.6"], "number of IDAT chunks", 0, "1 or more");
      if (left - 12 - length) {
        const subject = "number of bytes after IEND";
        log.add("data_after_iend", [end + 4, null, "5.6"], subject, left - 12 - length, 0, { severity: "warning" });
      }
    } else if (type === "IHDR") {
      log.add("chunk_repeated", [offset, type, "5.6"], "number of IHDR", "2 or more", 1);
    } else if (isType && type < "a") {
      log.add("critical_chunk_unknown", [offset, type, "13.1"], "critical chunk", type, "IHDR or PLTE or IDAT or IEND");
    } else if (isType) {
      checkAncillary(type, offset, length, { colorType, seen, paletteEntries }, log);
      animation.add(type, offset, length, bytes, log);
    }
    if (isType && type[2]! >= "a") {
      const subject = `third letter of ${type}`;
      log.add("reserved_bit_set", [offset + 6, type, "5.4"], subject, type[2]!, "a capital", { severity: "warning" });
    }
    seen.add(type);
    before = type;
    offset = end + 4;
  }
  animation.end(log);
  return { imageData, paletteEntries };
}

/** The rules of PLTE (section 11.2.2). */
function checkPalette(
  length: number,
  { bitDepth, colorType }: PngHeader,
  seen: ReadonlySet<string>,
  offset: number,
  log: FindingLog,
): void {
  const place = [offset, "PLTE", "11.2.2"] as const;
  const most = colorType === 3 ? 2 ** bitDepth : 256;
  if (seen.has("PLTE")) log.add("chunk_repeated", place, "number of PLTE", "2 or more", 1);
  if (seen.has("IDAT")) log.add("palette_misplaced", place, "place of PLTE", "after IDAT", "before IDAT");
  if (colorType === 0 || colorType === 4) log.add("palette_not_allowed", place, "color type", colorType, "2 or 3 or 6");
  if (!length || length % 3 || length > 3 * most) {
    log.add("palette_length_invalid", place, "length of PLTE", length, `3 for each of 1 to ${most} colors`);
  }
}
