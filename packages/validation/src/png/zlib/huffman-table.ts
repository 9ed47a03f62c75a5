/** What an entry is, in its bits 8 to 11: none of these where no symbol has the code. */
export const literalKind = 0x100;
export const copyKind = 0x200;
export const subtableKind = 0x400;
export const endKind = 0x800;

/** How a table is made. */
export interface HuffmanTableOptions {
  /** The entry of each symbol, but for the length of its code. */
  readonly symbols: Int32Array;
  /** How many bits are looked up first, at most. Codes that are longer take a second look. */
  readonly firstBits: number;
  /** How many entries there can be with that many bits: what zlib's program `enough` says. */
  readonly size: number;
  /** Whether a single code of one bit will do, or none at all: it is an error only to use what is missing. */
  readonly mayBeIncomplete: boolean;
}

/**
 * A table for decoding, made of the lengths that codes have (RFC 1951, section 3.2.2), again and again in the same memory.
 *
 * An entry has in bits 0 to 3 the length of the code, in bits 4 to 7 how many extra bits follow, in bits 8 to 11 what it
 * is, and from bit 12 on its value. Where the code is longer than the bits that are looked up first, the value is where
 * its own table begins, and the extra bits are how many bits more to look up there.
 */
export class HuffmanTable {
  readonly entries: Int32Array;
  /** How many bits to look up first. */
  bits = 0;

  readonly #options: HuffmanTableOptions;
  readonly #counts = new Uint16Array(16);
  readonly #offsets = new Uint16Array(16);
  readonly #sorted = new Uint16Array(288);

  constructor(options: HuffmanTableOptions) {
    this.#options = options;
    this.entries = new Int32Array(options.size);
  }

  /**
   * Fills the table.
   *
   * @param lengths The lengths of the codes of the symbols, from `start` on and before `end`; 0 where a symbol has none.
   * @returns Whether these lengths make a code; if not, the table is not to be used.
   */
  fill(lengths: Uint8Array, start: number, end: number): boolean {
    const counts = this.#counts;
    const sorted = this.#sorted;
    const { entries } = this;
    const longest = this.#count(lengths, start, end);
    let unused = 1;
    for (let length = 1; length <= longest; length++) unused = (unused << 1) - (counts[length] ?? 0);
    this.bits = Math.min(longest, this.#options.firstBits);
    if (unused === 0 && longest > 0) {
      this.#sort(lengths, start, end);
      this.#place(longest);
      return true;
    }
    if (unused < 0 || longest > 1 || !this.#options.mayBeIncomplete) return false;
    this.#sort(lengths, start, end);
    this.bits = 1;
    // What has no symbol takes one bit as well, so that a stream that has ended is not one with an invalid code.
    entries[0] = longest > 0 ? (this.#options.symbols[sorted[0] ?? 0] ?? 0) | 1 : 1;
    entries[1] = 1;
    return true;
  }

  /** Counts how many codes there are of each length, and returns the greatest length. */
  #count(lengths: Uint8Array, start: number, end: number): number {
    const counts = this.#counts;
    for (let length = 0; length < 16; length++) counts[length] = 0;
    let longest = 0;
    for (let index = start; index < end; index++) {
      const length = lengths[index] ?? 0;
      if (length === 0) continue;
      counts[length] = (counts[length] ?? 0) + 1;
      if (length > longest) longest = length;
    }
    return longest;
  }

  /** Sorts the symbols by the length of their code. */
  #sort(lengths: Uint8Array, start: number, end: number): void {
    const counts = this.#counts;
    const offsets = this.#offsets;
    const sorted = this.#sorted;
    for (let length = 1, offset = 0; length < 16; offset += counts[length] ?? 0, length++) offsets[length] = offset;
    for (let index = start; index < end; index++) {
      const length = lengths[index] ?? 0;
      if (length === 0) continue;
      const offset = offsets[length] ?? 0;
      sorted[offset] = index - start;
      offsets[length] = offset + 1;
    }
  }

  /**
   * Gives the sorted symbols their codes, in the order of which each is the one before plus one, and puts them where the
   * bits of the code lead: the stream has those from the most significant one on, so that codes stand in reverse.
   */
  #place(longest: number): void {
    const counts = this.#counts;
    const sorted = this.#sorted;
    const { entries, bits } = this;
    const { symbols } = this.#options;
    let code = 0;
    let index = 0;
    let size = 1;
    for (let length = 1; length <= bits; length++) {
      // All that was placed so far stands in the other half as well: there, the next bit is 1.
      if (size < 32) for (let from = 0; from < size; from++) entries[size + from] = entries[from] ?? 0;
      else entries.copyWithin(size, 0, size);
      size <<= 1;
      for (let left = counts[length] ?? 0; left > 0; left--) {
        entries[code] = (symbols[sorted[index++] ?? 0] ?? 0) | length;
        code = following(code, length);
      }
    }
    let next = size;
    let prefix = -1;
    let extra = 0;
    for (let length = bits + 1; length <= longest; length++) {
      for (let left = counts[length] ?? 0; left > 0; left--) {
        if ((code & (size - 1)) !== prefix) {
          prefix = code & (size - 1);
          const start = next;
          extra = this.#subtableBits(length, left);
          next += 1 << extra;
          entries[prefix] = (start << 12) | subtableKind | (extra << 4);
        }
        const entry = (symbols[sorted[index++] ?? 0] ?? 0) | length;
        const start = next - (1 << extra);
        for (let at = start + (code >> bits); at < next; at += 1 << (length - bits)) entries[at] = entry;
        code = following(code, length);
      }
    }
  }

  /** How many bits a subtable looks up, if this many codes of a length are left. */
  #subtableBits(length: number, left: number): number {
    let extra = length - this.bits;
    for (let used = left; used < 1 << extra; used = (used << 1) + (this.#counts[this.bits + extra] ?? 0)) extra++;
    return extra;
  }
}

/** The next code of a length in bits, in reverse. */
function following(code: number, length: number): number {
  const zeros = ~code & ((1 << length) - 1);
  if (zeros === 0) return 0;
  const highest = 31 - Math.clz32(zeros);
  return (code & ((1 << highest) - 1)) | (1 << highest);
}
