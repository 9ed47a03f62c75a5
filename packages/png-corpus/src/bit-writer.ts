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
  const runs = runsOf([...literals, ...distances]);
  const lengths = shortestLengths([...new Set(runs.map(({ symbol }) => symbol))]);
  const codes = canonicalCodes(lengths);
  const stated = codeLengthOrder.map((symbol) => lengths[symbol] ?? 0);
  const count = Math.max(4, stated.findLastIndex((length) => length > 0) + 1);
  writer.bits(last, 1);
  writer.bits(2, 2);
  writer.bits(literals.length - 257, 5);
  writer.bits(distances.length - 1, 5);
  writer.bits(count - 4, 4);
  for (const length of stated.slice(0, count)) writer.bits(length, 3);
  for (const { symbol, extra, bits } of runs) {
    writer.code(codes[symbol] ?? 0, lengths[symbol] ?? 0);
    if (bits > 0) writer.bits(extra, bits);
  }
}

/** A symbol of the code for lengths, and what follows it. */
interface Run {
  readonly symbol: number;
  readonly extra: number;
  readonly bits: number;
}

/** Lengths as symbols of their code, which has two for runs of zeros. */
function runsOf(lengths: readonly number[]): Run[] {
  const runs: Run[] = [];
  for (let index = 0; index < lengths.length;) {
    const symbol = lengths[index] ?? 0;
    let end = index;
    while (end < lengths.length && end - index < 138 && lengths[end] === symbol) end++;
    const times = end - index;
    if (symbol === 0 && times >= 11) runs.push({ symbol: 18, extra: times - 11, bits: 7 });
    else if (symbol === 0 && times >= 3) runs.push({ symbol: 17, extra: times - 3, bits: 3 });
    else runs.push(...Array.from({ length: times }, () => ({ symbol, extra: 0, bits: 0 })));
    index = end;
  }
  return runs;
}

/** The lengths of a code for lengths, as short as they can be: all the same, or differing by one. */
function shortestLengths(symbols: readonly number[]): number[] {
  const used = symbols.toSorted((a, b) => a - b);
  // A code of a single symbol would be incomplete, which is not allowed here.
  if (used.length === 1) used.push(used[0] === 0 ? 1 : 0);
  const lengths = Array.from({ length: 19 }, () => 0);
  const depth = Math.ceil(Math.log2(used.length));
  const long = 2 * used.length - 2 ** depth;
  for (const [index, symbol] of used.entries()) lengths[symbol] = index < used.length - long ? depth - 1 : depth;
  return lengths;
}
