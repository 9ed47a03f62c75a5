import { count } from "../describe.ts";
import type { FileInspection } from "./inspect-file.ts";
import { uint32 } from "./read-bytes.ts";

/** The rules of one type of chunk. */
interface ChunkRule {
  /** The section of the specification; missing if only rules of section 5.6 apply. */
  readonly section?: string;
  /** The chunk that it must come before. Every chunk must come before IDAT if it must come before any. */
  readonly before?: "PLTE" | "IDAT";
  /** The length of its data in bytes: one length, or one for each color type. */
  readonly length?: number | { readonly [colorType: number]: number };
  /** The color types that it is not allowed with. */
  readonly notWith?: readonly number[];
  readonly repeatable?: boolean;
}

/** The chunks of the specification that have rules (sections 5.6, 11.2 and 11.3), apart from IDAT. */
const rules: { readonly [type: string]: ChunkRule } = {
  IHDR: {},
  PLTE: { section: "11.2.2", before: "IDAT", notWith: [0, 4] },
  IEND: { section: "11.2.4", length: 0 },
  acTL: { section: "11.3.6.1", before: "IDAT", length: 8 },
  cHRM: { section: "11.3.2.1", before: "PLTE", length: 32 },
  cICP: { section: "11.3.2.6", before: "PLTE", length: 4 },
  gAMA: { section: "11.3.2.2", before: "PLTE", length: 4 },
  iCCP: { before: "PLTE" },
  mDCV: { section: "11.3.2.7", before: "PLTE", length: 24 },
  cLLI: { section: "11.3.2.8", before: "PLTE", length: 8 },
  sBIT: { section: "11.3.2.4", before: "PLTE", length: { 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 } },
  sRGB: { section: "11.3.2.5", before: "PLTE", length: 1 },
  bKGD: { section: "11.3.4.1", before: "IDAT", length: { 0: 2, 2: 6, 3: 1, 4: 2, 6: 6 } },
  hIST: { section: "11.3.4.2", before: "IDAT" },
  tRNS: { section: "11.3.1.1", before: "IDAT", length: { 0: 2, 2: 6 }, notWith: [4, 6] },
  eXIf: { before: "IDAT" },
  pHYs: { section: "11.3.4.3", before: "IDAT", length: 9 },
  sPLT: { before: "IDAT", repeatable: true },
  tIME: { section: "11.3.5.1", length: 7 },
  fcTL: { section: "11.3.6.2", length: 26, repeatable: true },
};

/** What the chunks before have shown. */
export interface ChunksBefore {
  /** Their types. */
  readonly seen: Set<string>;
  /** The number of colors in PLTE; 0 before PLTE. */
  paletteEntries: number;
  /** The next sequence number of an animation, its frames so far, and how many it announces (section 4.9.2). */
  sequence: number;
  frames: number;
  announced?: number;
}

/** A complete chunk that is not IDAT. */
export interface Chunk {
  readonly type: string;
  /** Where its length, its type and its data begin. */
  readonly offset: number;
  /** Of its data, in bytes. */
  readonly length: number;
}

/** Checks a chunk that is not IDAT: its type, position, number and length. Unknown ancillary chunks are valid. */
export function checkChunk(file: FileInspection, chunk: Chunk, before: ChunksBefore): void {
  const { report } = file;
  const { type, offset } = chunk;
  const rule = rules[type];
  if (rule) {
    checkPosition(file, chunk, rule, before);
    checkLength(file, chunk, rule, before);
  } else if (type < "a") {
    const allowed = ["IHDR", "PLTE", "IDAT", "IEND"];
    report("chunk_unknown", { chunk: type, offset, received: type, allowed });
  }
  if (type === "PLTE") before.paletteEntries = Math.floor(chunk.length / 3);
  checkSequence(file, chunk, before);
  const third = type.charAt(2);
  if (third >= "a") {
    report("chunk_type_reserved", { chunk: type, offset: offset + 6, received: third, allowed: "uppercase" });
  }
}

/** Checks that a chunk is allowed, comes once, and comes before what it must come before. */
function checkPosition(
  { header: { colorType }, report }: FileInspection,
  { type: chunk, offset }: Chunk,
  { section, before, notWith, repeatable }: ChunkRule,
  { seen }: ChunksBefore,
): void {
  if (seen.has(chunk) && !repeatable) report("chunk_duplicate", { chunk, offset, received: 2, allowed: 1 });
  const later = seen.has("IDAT") ? "IDAT" : before;
  if (before && later && seen.has(later)) {
    report("chunk_out_of_order", { chunk, offset, received: `after ${later}`, allowed: `before ${before}` });
  }
  if (notWith?.includes(colorType)) {
    report("chunk_not_allowed", { chunk, offset, section, received: 1, allowed: 0, colorType });
  }
}

/** Checks the length of a chunk's data, which may depend on the color type and on the palette. */
function checkLength(
  { header: { colorType, bitDepth }, report }: FileInspection,
  { type: chunk, offset, length }: Chunk,
  { section, length: lengths }: ChunkRule,
  { paletteEntries }: ChunksBefore,
): void {
  const check = (isValid: boolean, allowed: string): void => {
    if (!isValid) report("chunk_length_invalid", { chunk, offset, section, received: length, allowed });
  };
  const expected = typeof lengths === "object" ? lengths[colorType] : lengths;
  if (expected !== undefined) check(length === expected, count(expected, "byte"));
  if (chunk === "PLTE") {
    const most = colorType === 3 ? 2 ** bitDepth : 256;
    const isValid = length > 0 && length % 3 === 0 && length <= 3 * most;
    check(isValid, `3 bytes for each of 1 to ${most} colors`);
  }
  if (chunk === "tRNS" && colorType === 3) {
    check(length > 0 && length <= paletteEntries, `1 byte for each of at most ${count(paletteEntries, "color")}`);
  }
  if (chunk === "hIST") check(length === 2 * paletteEntries, `2 bytes for each of ${count(paletteEntries, "color")}`);
}

/** Follows the sequence numbers and the frames of an animation. */
function checkSequence({ bytes, report }: FileInspection, { type, offset, length }: Chunk, before: ChunksBefore): void {
  if (length < 4 || !/acTL|fcTL|fdAT/.test(type)) return;
  const number = uint32(bytes, offset + 8);
  if (type === "acTL") {
    before.announced = number;
    return;
  }
  if (type === "fcTL") before.frames++;
  if (number !== before.sequence) {
    report("sequence_number_invalid", { chunk: type, offset, received: number, allowed: before.sequence });
  }
  before.sequence = number + 1;
}

/** Checks that an animation has as many frames as it announces. */
export function checkAnimation({ report }: FileInspection, { announced, frames }: ChunksBefore): void {
  if (announced === undefined || announced === frames) return;
  report("frame_count_mismatch", { chunk: "acTL", received: frames, allowed: announced });
}
