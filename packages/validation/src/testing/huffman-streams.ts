import { deflateSync, inflateRawSync } from "node:zlib";
import {
  beginDynamicBlock,
  bitWriter,
  canonicalCodes,
  concatenate,
  type BitWriter,
} from "@image-variations/png-corpus";
import fc from "fast-check";

const endOfBlock = 256;

/** A literal, then a copy, by their places among the symbols that have a code. */
interface Step {
  readonly literal: number;
  readonly copy: number;
  readonly distance: number;
  /** What the extra bits of the copy are taken from. */
  readonly extra: number;
}

interface Block {
  /** The lengths of the codes. */
  readonly literals: readonly number[];
  readonly distances: readonly number[];
  readonly steps: readonly Step[];
}

/** The lengths of a complete code, made by splitting one code after the other in two; 0 where a symbol has none. */
function codeLengths(symbols: readonly number[], count: number, choices: readonly number[]): number[] {
  const leaves = [0];
  for (let at = 0; leaves.length < symbols.length; at++) {
    const splittable = leaves.flatMap((length, index) => (length < 15 ? [index] : []));
    // The last one is the longest: to split it again and again makes the codes as long as they can be.
    const chosen = splittable[Math.min(choices[at % choices.length] ?? 0, splittable.length - 1)] ?? 0;
    const [length = 0] = leaves.splice(chosen, 1);
    leaves.push(length + 1, length + 1);
  }
  const lengths = Array.from({ length: count }, () => 0);
  for (const [index, symbol] of symbols.entries()) lengths[symbol] = leaves[index] ?? 0;
  return lengths;
}

const choices = fc.array(fc.oneof(fc.nat(300), fc.constant(300)), { minLength: 1, maxLength: 40, size: "max" });

/** The lengths of a code for so many symbols, of which any have none. */
function anyCode(count: number, required: readonly number[]): fc.Arbitrary<readonly number[]> {
  const all = Array.from({ length: count }, (_, symbol) => symbol);
  return fc
    .tuple(fc.shuffledSubarray(all, { minLength: 2 }), choices)
    .map(([symbols, chosen]) => codeLengths([...new Set([...symbols, ...required])], count, chosen));
}

const block: fc.Arbitrary<Block> = fc.record({
  literals: anyCode(286, [endOfBlock]),
  distances: anyCode(30, []),
  steps: fc.array(fc.record({ literal: fc.nat(), copy: fc.nat(), distance: fc.nat(), extra: fc.nat(8191) }), {
    maxLength: 60,
    size: "max",
  }),
});

/** The symbols of a range that have a code. */
function used(lengths: readonly number[], from: number, to: number): number[] {
  return lengths.flatMap((length, symbol) => (length > 0 && symbol >= from && symbol < to ? [symbol] : []));
}

/** A block of 32 KiB that is not compressed, so that a copy from anywhere has what to copy. */
function writeStored(writer: BitWriter): void {
  writer.bits(0, 3);
  writer.align();
  writer.bits(32_768, 16);
  writer.bits(32_767, 16);
  for (let index = 0; index < 32_768; index++) writer.bits((Math.imul(index, 0x9e3779b1) >>> 24) & 255, 8);
}

function writeBlock(writer: BitWriter, { literals, distances, steps }: Block, last: number): void {
  beginDynamicBlock(writer, literals, distances, last);
  const [literalCodes, distanceCodes] = [canonicalCodes(literals), canonicalCodes(distances)];
  const bytes = used(literals, 0, endOfBlock);
  const copies = used(literals, endOfBlock + 1, 286);
  const backs = used(distances, 0, 30);
  const writeExtra = (extra: number, count: number): void => writer.bits(extra & ((1 << count) - 1), count);
  const write = (symbol: number): void => writer.code(literalCodes[symbol] ?? 0, literals[symbol] ?? 0);
  for (const { literal, copy, distance, extra } of steps) {
    if (bytes.length > 0) write(bytes[literal % bytes.length] ?? 0);
    if (copies.length === 0) continue;
    const symbol = copies[copy % copies.length] ?? 0;
    write(symbol);
    writeExtra(extra, symbol === 285 ? 0 : Math.max(0, ((symbol - 257) >> 2) - 1));
    const back = backs[distance % backs.length] ?? 0;
    writer.code(distanceCodes[back] ?? 0, distances[back] ?? 0);
    writeExtra(extra, Math.max(0, (back >> 1) - 1));
  }
  write(endOfBlock);
}

/** Zlib streams of copies of any length and distance, in codes of any length, with what Node's zlib makes of them. */
export const huffmanStreams: fc.Arbitrary<{ readonly stream: Uint8Array; readonly inflated: Uint8Array }> = fc
  .array(block, { minLength: 1, maxLength: 4, size: "max" })
  .map((blocks) => {
    const writer = bitWriter(100_000);
    writeStored(writer);
    for (const [index, each] of blocks.entries()) writeBlock(writer, each, Number(index === blocks.length - 1));
    const inflated = inflateRawSync(writer.zlib().subarray(2));
    const checksum = deflateSync(inflated, { level: 1 }).subarray(-4);
    return { stream: concatenate(writer.zlib(), checksum), inflated };
  });
