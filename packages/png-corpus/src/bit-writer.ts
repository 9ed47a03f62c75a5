import { concatenate } from "./concatenate.ts";

/** Writes a deflate stream bit by bit, millions of times if need be. */
export interface BitWriter {
  /** How many whole bytes have been written. */
  readonly length: number;
  /** Writes so many bits of a number, at most 16, the least significant one first. */
  readonly bits: (value: number, count: number) => void;
  /** Writes a Huffman code of so many bits, the most significant one first. */
  readonly code: (value: number, count: number) => void;
  /** Writes zeros up to the next whole byte. */
  readonly align: () => void;
  /** All that was written, with zeros up to a whole byte, behind the header of a zlib stream. */
  readonly zlib: (...after: readonly Uint8Array[]) => Uint8Array<ArrayBuffer>;
}

/**
 * Starts a deflate stream.
 *
 * @param capacity How many bytes it may have.
 */
export function bitWriter(capacity: number): BitWriter {
  const bytes = new Uint8Array(capacity);
  let length = 0;
  let held = 0;
  let hold = 0;
  const bits = (value: number, count: number): void => {
    hold |= value << held;
    held += count;
    for (; held >= 8; held -= 8, hold >>>= 8) bytes[length++] = hold & 0xff;
  };
  const code = (value: number, count: number): void => {
    let reversed = 0;
    for (let bit = 0; bit < count; bit++) reversed |= ((value >> bit) & 1) << (count - 1 - bit);
    bits(reversed, count);
  };
  const align = (): void => {
    if (held > 0) bits(0, 8 - held);
  };
  return {
    get length() {
      return length;
    },
    bits,
    code,
    align,
    zlib: (...after) => {
      align();
      return concatenate(Uint8Array.of(0x78, 0x9c), bytes.subarray(0, length), ...after);
    },
  };
}

const codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** The code of each symbol by the lengths of all of them (RFC 1951, section 3.2.2). */
export function canonicalCodes(lengths: readonly number[]): number[] {
  const codes = lengths.map(() => 0);
  let code = 0;
  for (let length = 1; length <= 15; length++, code <<= 1) {
    for (const [symbol, own] of lengths.entries()) if (own === length) codes[symbol] = code++;
  }
  return codes;
}

/**
 * Begins a dynamic block: writes its header, with runs of zeros shortened as far as they can be.
 *
 * @param literals The lengths of the codes for literals and lengths, 257 to 286 of them.
 * @param distances The lengths of the codes for distances, 1 to 30 of them.
 */
export function beginDynamicBlock(
  writer: BitWriter,
  literals: readonly number[],
  distances: readonly number[],
  last = 0,
): void {
  const runs: (readonly [symbol: number, extra: number, bits: number])[] = [];
  const all = [...literals, ...distances];
  for (let index = 0; index < all.length;) {
    const value = all[index]!;
    let end = index;
    while (end < all.length && end - index < 138 && all[end] === value) end++;
    const times = end - index;
    if (value === 0 && times >= 11) runs.push([18, times - 11, 7]);
    else if (value === 0 && times >= 3) runs.push([17, times - 3, 3]);
    else runs.push(...Array.from({ length: times }, () => [value, 0, 0] as const));
    index = end;
  }
  const used = [...new Set(runs.map(([symbol]) => symbol))].toSorted((a, b) => a - b);
  if (used.length === 1) used.push(used[0] === 0 ? 1 : 0);
  // Codes as short as can be: 1, 2, 3, … and the last two of the same length.
  const lengths = Array.from({ length: 19 }, () => 0);
  const depth = Math.ceil(Math.log2(used.length));
  const long = 2 * used.length - 2 ** depth;
  for (const [index, symbol] of used.entries()) lengths[symbol] = index < used.length - long ? depth - 1 : depth;
  const codes = canonicalCodes(lengths);
  const count = Math.max(4, codeLengthOrder.findLastIndex((symbol) => lengths[symbol]! > 0) + 1);
  writer.bits(last, 1);
  writer.bits(2, 2);
  writer.bits(literals.length - 257, 5);
  writer.bits(distances.length - 1, 5);
  writer.bits(count - 4, 4);
  for (const symbol of codeLengthOrder.slice(0, count)) writer.bits(lengths[symbol]!, 3);
  for (const [symbol, extra, bits] of runs) {
    writer.code(codes[symbol]!, lengths[symbol]!);
    if (bits > 0) writer.bits(extra, bits);
  }
}
