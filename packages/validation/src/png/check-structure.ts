import { count } from "../describe.ts";
import { checkAnimation, checkChunk, type ChunksBefore } from "./check-chunk.ts";
import { crc32 } from "./crc32.ts";
import type { FileInspection } from "./inspect-file.ts";
import { chunkType, uint32 } from "./read-bytes.ts";
import type { Steps } from "./turns.ts";

/** What the check of the pixels needs to know of the chunks. */
export interface PngStructure {
  /** Where the data of each IDAT chunk is. */
  readonly imageData: readonly ByteRange[];
  /** The number of colors in PLTE. */
  readonly paletteEntries: number;
}

interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** A chunk that is complete, and the range of its data. */
interface CompleteChunk extends ByteRange {
  readonly type: string;
  /** Where its length and its type begin. */
  readonly offset: number;
}

const chunksPerStep = 512;
const idat = 0x49444154;
const maxLength = 0x7fffffff;

/**
 * Checks every chunk of an image: its length, type and CRC, its position and number, the rules of its type, and that IEND
 * is the end.
 *
 * @yields After as many chunks as take less than a millisecond.
 */
export function* checkStructure(file: FileInspection): Steps<PngStructure> {
  const imageData: ByteRange[] = [];
  const before: ChunksBefore = { seen: new Set(), paletteEntries: 0, sequence: 0, frames: 0 };
  let type = "";
  // After the signature.
  let offset = 8;
  for (let read = 1; type !== "IEND"; read++) {
    if (read % chunksPerStep === 0) yield;
    const chunk = readChunk(file, offset, type);
    if (!chunk) break;
    if (chunk.type === "IDAT") {
      if (type !== "IDAT") checkFirstData(file, chunk, before, type);
      imageData.push(chunk);
    } else if (isType(chunk.type)) {
      checkChunk(file, { type: chunk.type, offset, length: chunk.end - chunk.start }, before);
    }
    ({ type } = chunk);
    offset = chunk.end + 4;
    if (type === "IEND") checkEnd(file, chunk, before);
    before.seen.add(type);
  }
  checkAnimation(file, before);
  return { imageData, paletteEntries: before.paletteEntries };
}

/**
 * Reads the chunk at an offset, and checks its type and its CRC.
 *
 * @param previous The type of the chunk before.
 * @returns Undefined if the chunk is not complete.
 */
function readChunk({ bytes, report }: FileInspection, offset: number, previous: string): CompleteChunk | undefined {
  const left = bytes.length - offset;
  if (left < 12) {
    const rest = `${count(left, "byte")} after ${previous}`;
    const where = `${left > 0 ? rest : `after ${previous}`}, before IEND`;
    report("truncated", { where, offset, received: rest, allowed: "after IEND" });
    return undefined;
  }
  const length = uint32(bytes, offset);
  const type = uint32(bytes, offset + 4) === idat ? "IDAT" : chunkType(bytes, offset + 4);
  if (!isType(type)) report("chunk_type_invalid", { offset: offset + 4, received: type, allowed: "four letters" });
  if (length > left - 12) {
    const facts = { chunk: type, offset, received: length };
    // What comes after the chunk's length and type.
    const received = left - 8;
    const where =
      received < length ? `after ${received} of the ${count(length, "byte")} of ${type}` : `in the CRC of ${type}`;
    if (length > maxLength) report("chunk_too_long", { ...facts, allowed: `at most ${count(maxLength, "byte")}` });
    else report("truncated", { ...facts, where, allowed: `at most ${count(left - 12, "byte")}` });
    return undefined;
  }
  const end = offset + 8 + length;
  const computed = crc32(bytes, offset + 4, end);
  const stored = uint32(bytes, end);
  if (stored !== computed) {
    const facts = { received: stored.toString(16), allowed: computed.toString(16) };
    report("crc_mismatch", { ...facts, chunk: type, offset: end });
  }
  return { type, offset, start: offset + 8, end };
}

/** Whether a type is four letters; in hexadecimal it is longer. */
function isType(type: string): boolean {
  return type.length === 4;
}

/** Checks an IDAT chunk that doesn't follow another one. */
function checkFirstData(
  { header, report }: FileInspection,
  { offset }: CompleteChunk,
  { seen, paletteEntries }: ChunksBefore,
  previous: string,
): void {
  if (seen.has("IDAT")) {
    const allowed = "directly after IDAT";
    report("chunk_out_of_order", { chunk: "IDAT", offset, received: `after ${previous}`, allowed });
  }
  if (header.colorType === 3 && paletteEntries === 0) {
    const because = "an image with color type 3 needs one before IDAT";
    report("chunk_missing", { chunk: "PLTE", section: "11.2.2", offset, received: 0, allowed: 1, because });
  }
}

/** Checks that IEND comes after IDAT, and that nothing follows it. */
function checkEnd(
  { bytes, report }: FileInspection,
  { offset, end: dataEnd }: CompleteChunk,
  { seen }: ChunksBefore,
): void {
  if (!seen.has("IDAT")) {
    const because = "the file has no image data";
    report("chunk_missing", { chunk: "IDAT", offset, received: 0, allowed: "at least 1", because });
  }
  const end = dataEnd + 4;
  if (end < bytes.length) {
    report("data_after_iend", { offset: end, received: count(bytes.length - end, "byte"), allowed: "0 bytes" });
  }
}
