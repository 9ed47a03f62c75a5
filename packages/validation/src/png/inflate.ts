import { adler32 } from "./adler32.ts";
import { fastBits, huffmanCode, type HuffmanCode } from "./huffman-code.ts";

/** How inflating a zlib stream has ended. */
export interface InflateResult {
  /** What is wrong with the stream; undefined where it is whole, or where the sink has had enough. */
  readonly fault?: string;
  /** How many bytes of the input have been read. */
  readonly position: number;
}

/**
 * Inflates a zlib stream (RFC 1950 and 1951) behind its two bytes of header, as strictly as the two say, and with the
 * window that the header declares: what runtimes have built in lets one or another fault pass, each its own.
 *
 * @param sink Takes the output, piece by piece, in memory that is used again; inflating goes on while it returns true.
 * The memory in use does not grow with the output.
 */
export function inflate(input: Uint8Array, windowSize: number, sink: (piece: Uint8Array) => boolean): InflateResult {
  const output = new Uint8Array(4 * historyLength);
  let position = 2;
  let hold = 0;
  let held = 0;
  let end = 0;
  let flushed = 0;
  let total = 0;
  let checksum = 1;

  /** Holds so many bits at least, or all that are left. */
  const fill = (count: number): void => {
    for (; held < count && position < input.length; held += 8) hold |= input[position++]! << held;
  };
  /** The next bits, as a number, the first one least. */
  const bits = (count: number): number => {
    fill(count);
    if (held < count) throw new Fault("an early end");
    const value = hold & ((1 << count) - 1);
    hold >>>= count;
    held -= count;
    return value;
  };
  const symbolOf = ({ fast, counts, symbols }: HuffmanCode): number => {
    fill(15);
    const entry = fast[hold & ((1 << fastBits) - 1)]!;
    if (entry) {
      bits(entry & 15);
      return entry >> 4;
    }
    for (let length = 1, code = 0, first = 0, index = 0; length < 16; length++) {
      code |= bits(1);
      const count = counts[length]!;
      if (code - first < count) return symbols[index + code - first]!;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new Fault(invalidCode);
  };
  const flush = (): void => {
    const piece = output.subarray(flushed, end);
    flushed = end;
    total += piece.length;
    checksum = adler32(piece, checksum);
    if (!sink(piece)) throw new Fault();
  };
  /** Makes sure that a piece of the history's length can be written. */
  const makeRoom = (): void => {
    if (end <= output.length - historyLength) return;
    flush();
    output.copyWithin(0, end - historyLength, end);
    end = flushed = historyLength;
  };
  const alignToByte = (): void => {
    position -= held >> 3;
    hold = held = 0;
  };
  const stored = (): void => {
    alignToByte();
    let length = bits(16);
    if ((length ^ bits(16)) !== 0xffff) throw new Fault(invalidBlock);
    while (length > 0) {
      makeRoom();
      const piece = input.subarray(position, position + Math.min(length, historyLength));
      if (piece.length === 0) bits(8);
      output.set(piece, end);
      end += piece.length;
      position += piece.length;
      length -= piece.length;
    }
  };
  const dynamicCodes = (): Codes => {
    const literals = bits(5) + 257;
    const all = literals + bits(5) + 1;
    const codeLengths = bits(4) + 4;
    if (literals > 286 || all - literals > 30) throw new Fault(invalidBlock);
    const lengths = new Uint8Array(320);
    for (const symbol of codeLengthOrder.slice(0, codeLengths)) lengths[symbol] = bits(3);
    const code = codeOf(lengths.subarray(0, 19), false);
    for (let index = 0; index < all;) {
      const symbol = symbolOf(code);
      const value = symbol < 16 ? symbol : symbol > 16 ? 0 : lengths[index - 1];
      const times = symbol < 16 ? 1 : symbol === 16 ? 3 + bits(2) : symbol === 17 ? 3 + bits(3) : 11 + bits(7);
      if (value === undefined || index + times > all) throw new Fault(invalidBlock);
      lengths.fill(value, index, (index += times));
    }
    if (!lengths[256]) throw new Fault(invalidBlock);
    return [codeOf(lengths.subarray(0, literals), true), codeOf(lengths.subarray(literals, all), true)];
  };
  const compressed = ([literals, distances]: Codes): void => {
    for (;;) {
      makeRoom();
      const symbol = symbolOf(literals);
      if (symbol === 256) return;
      if (symbol < 256) {
        output[end++] = symbol;
        continue;
      }
      const length = lengthOf(symbol - 257, bits);
      const distance = distanceOf(symbolOf(distances), bits);
      if (distance > Math.min(windowSize, total + end - flushed)) throw new Fault("a distance too far back");
      for (const stop = end + length; end < stop; end++) output[end] = output[end - distance]!;
    }
  };

  try {
    for (let last = 0; !last;) {
      last = bits(1);
      const type = bits(2);
      if (type === 3) throw new Fault(invalidBlock);
      if (type === 0) stored();
      else compressed(type === 1 ? fixedCodes() : dynamicCodes());
    }
    flush();
    alignToByte();
    if (bits(8) * 2 ** 24 + bits(8) * 2 ** 16 + bits(8) * 256 + bits(8) !== checksum)
      throw new Fault("a wrong checksum");
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { fault: error.message, position };
  }
  return { position };
}

/** Ends inflating from wherever it is; without a message, because the sink has had enough. */
class Fault extends Error {}

const invalidBlock = "an invalid block";
const invalidCode = "an invalid code";
const historyLength = 32768;
const codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

type Codes = readonly [literals: HuffmanCode, distances: HuffmanCode];
type Bits = (count: number) => number;

/** RFC 1951, section 3.2.5. */
function lengthOf(code: number, bits: Bits): number {
  if (code > 28) throw new Fault(invalidCode);
  if (code === 28) return 258;
  const extra = code < 8 ? 0 : (code >> 2) - 1;
  return (code < 8 ? code : (4 + (code & 3)) << extra) + 3 + bits(extra);
}

function distanceOf(code: number, bits: Bits): number {
  if (code > 29) throw new Fault(invalidCode);
  const extra = code < 4 ? 0 : (code >> 1) - 1;
  return (code < 4 ? code : (2 + (code & 1)) << extra) + 1 + bits(extra);
}

function codeOf(lengths: Uint8Array, single: boolean): HuffmanCode {
  const code = huffmanCode(lengths, single);
  if (!code) throw new Fault(invalidBlock);
  return code;
}

let fixed: Codes | undefined;

/** The codes of RFC 1951, section 3.2.6. */
function fixedCodes(): Codes {
  const lengths = new Uint8Array(288).fill(8).fill(9, 144, 256).fill(7, 256, 280);
  fixed ??= [codeOf(lengths, true), codeOf(new Uint8Array(32).fill(5), true)];
  return fixed;
}
