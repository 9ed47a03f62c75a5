import { adler32 } from "./adler32.ts";
import { fastBits, huffmanCode, type HuffmanCode } from "./huffman-code.ts";

/** How inflating a zlib stream has ended. */
export interface InflateResult {
  /** `complete`, or `stopped` by the sink, or what is wrong with the stream. */
  readonly outcome: string;
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
  const state = new Inflater(input, windowSize, sink);
  try {
    return { outcome: state.run(), position: state.position };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { outcome: error.message, position: state.position };
  }
}

class Fault extends Error {}

const historyLength = 32768;
const codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

class Inflater {
  #hold = 0;
  #held = 0;
  position = 2;
  readonly #output = new Uint8Array(4 * historyLength);
  #end = 0;
  #flushed = 0;
  #total = 0;
  #checksum = 1;
  readonly #input: Uint8Array;
  readonly #windowSize: number;
  readonly #sink: (piece: Uint8Array) => boolean;

  constructor(input: Uint8Array, windowSize: number, sink: (piece: Uint8Array) => boolean) {
    this.#input = input;
    this.#windowSize = windowSize;
    this.#sink = sink;
  }

  run(): string {
    let last: number;
    do {
      last = this.#bits(1);
      const type = this.#bits(2);
      if (type === 0) this.#stored();
      else if (type < 3) this.#compressed(type === 1 ? fixedCodes() : this.#dynamicCodes());
      else throw new Fault("a block of the reserved type");
    } while (!last);
    this.#flush();
    this.#alignToByte();
    let stored = 0;
    for (let index = 0; index < 4; index++) stored = stored * 256 + this.#bits(8);
    return stored === this.#checksum ? "complete" : "a checksum that its bytes don't give";
  }

  /** The next bits, as a number, the first one least. */
  #bits(count: number): number {
    while (this.#held < count) {
      if (this.position >= this.#input.length) throw new Fault("an end before its time");
      this.#hold |= this.#input[this.position++]! << this.#held;
      this.#held += 8;
    }
    const value = this.#hold & ((1 << count) - 1);
    this.#hold >>>= count;
    this.#held -= count;
    return value;
  }

  #alignToByte(): void {
    this.#bits(this.#held & 7);
    this.position -= this.#held >> 3;
    this.#hold = this.#held = 0;
  }

  #stored(): void {
    this.#alignToByte();
    let length = this.#bits(16);
    if ((length ^ this.#bits(16)) !== 0xffff) throw new Fault("a stored block with a wrong length");
    while (length > 0) {
      if (this.position >= this.#input.length) throw new Fault("an end before its time");
      this.#makeRoom();
      const piece = this.#input.subarray(this.position, this.position + Math.min(length, historyLength));
      this.#output.set(piece, this.#end);
      this.#end += piece.length;
      this.position += piece.length;
      length -= piece.length;
    }
  }

  #dynamicCodes(): Codes {
    const literals = this.#bits(5) + 257;
    const distances = this.#bits(5) + 1;
    const codeLengths = this.#bits(4) + 4;
    if (literals > 286 || distances > 30) throw new Fault("too many length or distance codes");
    const lengths = new Uint8Array(320);
    for (const symbol of codeLengthOrder.slice(0, codeLengths)) lengths[symbol] = this.#bits(3);
    const code = codeOf(lengths.subarray(0, 19), false);
    lengths.fill(0);
    for (let index = 0; index < literals + distances;) {
      const symbol = this.#symbol(code);
      if (symbol < 16) {
        lengths[index++] = symbol;
        continue;
      }
      if (symbol === 16 && index === 0) throw new Fault("a repeated code length with nothing to repeat");
      const value = symbol === 16 ? lengths[index - 1]! : 0;
      const times = symbol === 16 ? 3 + this.#bits(2) : symbol === 17 ? 3 + this.#bits(3) : 11 + this.#bits(7);
      if (index + times > literals + distances) throw new Fault("too many code lengths");
      lengths.fill(value, index, (index += times));
    }
    if (!lengths[256]) throw new Fault("a block that cannot end");
    return [
      codeOf(lengths.subarray(0, literals), true),
      codeOf(lengths.subarray(literals, literals + distances), true),
    ];
  }

  /** The next symbol of a code. */
  #symbol({ fast, counts, symbols }: HuffmanCode): number {
    while (this.#held < 15 && this.position < this.#input.length) {
      this.#hold |= this.#input[this.position++]! << this.#held;
      this.#held += 8;
    }
    const entry = fast[this.#hold & ((1 << fastBits) - 1)]!;
    if (entry) {
      this.#bits(entry & 15);
      return entry >> 4;
    }
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length < 16; length++) {
      code |= this.#bits(1);
      const count = counts[length]!;
      if (code - first < count) return symbols[index + code - first]!;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new Fault("a code that means nothing");
  }

  #compressed([literals, distances]: Codes): void {
    const output = this.#output;
    for (;;) {
      this.#makeRoom();
      let symbol = this.#symbol(literals);
      for (let room = historyLength - 258; symbol < 256 && room > 0; room--) {
        output[this.#end++] = symbol;
        symbol = this.#symbol(literals);
      }
      if (symbol < 256) output[this.#end++] = symbol;
      else if (symbol === 256) return;
      else this.#copy(this.#length(symbol - 257), this.#distance(this.#symbol(distances)));
    }
  }

  #length(code: number): number {
    if (code > 28) throw new Fault("a length code that means nothing");
    if (code < 8 || code === 28) return code < 8 ? code + 3 : 258;
    const extra = (code >> 2) - 1;
    return ((4 + (code & 3)) << extra) + 3 + this.#bits(extra);
  }

  #distance(code: number): number {
    if (code > 29) throw new Fault("a distance code that means nothing");
    if (code < 4) return code + 1;
    const extra = (code >> 1) - 1;
    return ((2 + (code & 1)) << extra) + 1 + this.#bits(extra);
  }

  #copy(length: number, distance: number): void {
    const output = this.#output;
    if (distance > Math.min(this.#windowSize, this.#total + this.#end - this.#flushed)) {
      throw new Fault("a distance that is too far back");
    }
    for (const end = this.#end + length; this.#end < end; this.#end++)
      output[this.#end] = output[this.#end - distance]!;
  }

  /** Makes sure that a piece of the history's length can be written. */
  #makeRoom(): void {
    if (this.#end <= this.#output.length - historyLength) return;
    this.#flush();
    this.#output.copyWithin(0, this.#end - historyLength, this.#end);
    this.#end = this.#flushed = historyLength;
  }

  #flush(): void {
    const piece = this.#output.subarray(this.#flushed, this.#end);
    this.#flushed = this.#end;
    this.#total += piece.length;
    this.#checksum = adler32(piece, this.#checksum);
    if (!this.#sink(piece)) throw new Fault("stopped");
  }
}

type Codes = readonly [literals: HuffmanCode, distances: HuffmanCode];

function codeOf(lengths: Uint8Array, single: boolean): HuffmanCode {
  const code = huffmanCode(lengths, single);
  if (!code) throw new Fault("an invalid set of code lengths");
  return code;
}

let fixed: Codes | undefined;

/** The codes of RFC 1951, section 3.2.6. */
function fixedCodes(): Codes {
  fixed ??= [
    codeOf(
      Uint8Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8)),
      true,
    ),
    codeOf(new Uint8Array(32).fill(5), true),
  ];
  return fixed;
}
