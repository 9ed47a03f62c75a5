import { adler32 } from "./adler32.ts";
import { huffmanTable } from "./huffman-table.ts";
import { fail, InflateFault, invalidBlock, invalidCode } from "./inflate-fault.ts";
import { uint32 } from "./uint32.ts";

/** How inflating a zlib stream has ended. */
export interface InflateResult {
  /** What is wrong with the stream; undefined where it is whole. */
  readonly fault?: string;
  /** How many bytes of the input have been read. */
  readonly position: number;
}

/**
 * Inflates a zlib stream (RFC 1950 and 1951) behind its two bytes of header, as strictly as the two say, and with the
 * window that the header declares: what runtimes have built in lets one or another fault pass, each its own.
 *
 * @yields The output, piece by piece, in memory that is used again: what is in use does not grow with the output.
 */
export function* inflate(input: Uint8Array, windowSize: number): Generator<Uint8Array, InflateResult> {
  const output = new Uint8Array(4 * historyLength);
  const room = 3 * historyLength;
  /** The codes of RFC 1951, section 3.2.6. */
  const fixedTables: Tables = [
    huffmanTable(new Uint8Array(288).fill(8).fill(9, 144, 256).fill(7, 256, 280)),
    huffmanTable(new Uint8Array(32).fill(5)),
  ];
  let position = 2;
  let hold = 0;
  let held = 0;
  let end = 0;
  let flushed = 0;
  let total = 0;
  let checksum = 1;
  let stored = 0;

  /** Holds so many bits at least, or all that are left. */
  const fill = (count: number): void => {
    for (; held < count && position < input.length; held += 8) hold |= input[position++]! << held;
  };
  /** The next bits, as a number, the first one least. */
  const bits = (count: number): number => {
    fill(count);
    if (held < count) fail("an early end");
    const value = hold & ((1 << count) - 1);
    hold >>>= count;
    held -= count;
    return value;
  };
  const symbolOf = (table: Uint16Array): number => {
    fill(15);
    const entry = table[hold & (table.length - 1)]!;
    const length = entry & 15 || 15;
    if (held < length) fail("an early end");
    hold >>>= length;
    held -= length;
    return entry ? entry >> 4 : fail(invalidCode);
  };
  /** The number that a code stands for, with the bits behind it (RFC 1951, section 3.2.5). */
  const extended = (code: number, shift: number): number => {
    const extra = (code >> shift) - 1;
    return extra < 1 ? code : (((1 << shift) + (code & ((1 << shift) - 1))) << extra) + bits(extra);
  };
  const flush = (): Uint8Array => {
    const piece = output.subarray(flushed, end);
    flushed = end;
    total += piece.length;
    checksum = adler32(piece, checksum);
    return piece;
  };
  const alignToByte = (): void => {
    position -= held >> 3;
    hold = held = 0;
  };
  const dynamicTables = (): Tables => {
    const literals = bits(5) + 257;
    const all = literals + bits(5) + 1;
    const count = bits(4) + 4;
    if (literals > 286 || all - literals > 30) fail(invalidBlock);
    const lengths = new Uint8Array(320);
    for (const symbol of codeLengthOrder.slice(0, count)) lengths[symbol] = bits(3);
    const table = huffmanTable(lengths.subarray(0, 19));
    for (let index = 0; index < all;) {
      const symbol = symbolOf(table);
      const value = symbol < 16 ? symbol : symbol > 16 ? 0 : lengths[index - 1];
      const times = symbol < 16 ? 1 : symbol === 16 ? 3 + bits(2) : symbol === 17 ? 3 + bits(3) : 11 + bits(7);
      if (value === undefined || index + times > all) fail(invalidBlock);
      lengths.fill(value!, index, (index += times));
    }
    if (!lengths[256]) fail(invalidBlock);
    return [huffmanTable(lengths.subarray(0, literals), true), huffmanTable(lengths.subarray(literals, all), true)];
  };

  /** Both decode until the block ends, and return true, or there is no room for the longest piece. */
  const copy = (): boolean => {
    const piece = input.subarray(position, position + Math.min(stored, historyLength));
    if (stored && !piece.length) bits(8);
    output.set(piece, end);
    end += piece.length;
    position += piece.length;
    stored -= piece.length;
    return !stored;
  };
  const decode = ([literals, distances]: Tables): boolean => {
    while (end <= room) {
      const symbol = symbolOf(literals);
      if (symbol < 256) {
        output[end++] = symbol;
        continue;
      }
      if (symbol === 256) return true;
      if (symbol > 285) fail(invalidCode);
      const length = symbol === 285 ? 258 : 3 + extended(symbol - 257, 2);
      const code = symbolOf(distances);
      if (code > 29) fail(invalidCode);
      const distance = 1 + extended(code, 1);
      if (distance > Math.min(windowSize, total + end - flushed)) fail("a distance too far back");
      const stop = end + length;
      if (distance === 1) output.fill(output[end - 1]!, end, (end = stop));
      for (; end < stop; end++) output[end] = output[end - distance]!;
    }
    return false;
  };

  try {
    for (let last = 0; !last;) {
      last = bits(1);
      const type = bits(2);
      if (type === 3) fail(invalidBlock);
      if (!type) {
        alignToByte();
        stored = bits(16);
        if ((stored ^ bits(16)) !== 0xffff) fail(invalidBlock);
      }
      const tables = type === 1 ? fixedTables : type ? dynamicTables() : undefined;
      for (let ended = false; !ended; ended = tables ? decode(tables) : copy()) {
        if (end <= room) continue;
        yield flush();
        output.copyWithin(0, end - historyLength, end);
        end = flushed = historyLength;
      }
    }
    yield flush();
    alignToByte();
    position += 4;
    if (position > input.length || uint32(input, position - 4) !== checksum) fail("a wrong checksum");
  } catch (error) {
    if (!(error instanceof InflateFault)) throw error;
    return { fault: error.message, position };
  }
  return { position };
}

const historyLength = 32768;
const codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

type Tables = readonly [literals: Uint16Array, distances: Uint16Array];
