import type { Pass } from "./image-passes.ts";
import { byteAt } from "./read-bytes.ts";
import { unfilter, type ScanlineData } from "./unfilter.ts";

/** The indices to compare with the palette. */
export interface PaletteIndicesOptions {
  readonly passes: readonly Pass[];
  readonly bitDepth: number;
  /** The number of colors in the palette, which is less than 2 ** bitDepth. */
  readonly entries: number;
  /** All image data, if it is inflated already: its filters are undone in place. Else pieces are copied. */
  readonly inflated: Uint8Array | undefined;
  /** Called for each scanline with an index that is not in the palette. Returns whether to go on. */
  readonly onInvalid: (invalid: InvalidIndex) => boolean;
}

/** An index that is not in the palette. */
export interface InvalidIndex {
  /** The highest of its scanline. */
  readonly index: number;
  /** The scanline, counted from 1 in its pass, and the pass, counted from 0. */
  readonly row: number;
  readonly pass: number;
}

/**
 * Compares the palette indices of an image with the palette, while the image data arrives: four bytes at a time, and without
 * a copy, because zlib takes no more than a third of a nanosecond for a byte of a flat image.
 */
export class PaletteIndices {
  readonly #options: PaletteIndicesOptions;
  /** The image data from the scanline above the next one on. */
  #data: ScanlineData;
  /** The highest bit of each index in a word, what to add to the bits below it, and whether it makes an index invalid alone. */
  readonly #high: number;
  readonly #addend: number;
  readonly #alone: number;
  /** How much image data has arrived, where the next scanline begins, and how many of its pass are done. */
  #filled = 0;
  #start = 0;
  #row = 0;
  #pass = 0;

  constructor(options: PaletteIndicesOptions) {
    const { inflated, bitDepth, entries } = options;
    this.#options = options;
    this.#data = dataOf(inflated ?? new Uint8Array());
    const half = 2 ** (bitDepth - 1);
    // One in each index of a word.
    const ones = 0xffffffff / (2 ** bitDepth - 1);
    this.#high = Math.imul(ones, half);
    this.#addend = Math.imul(ones, (entries > half ? 2 * half : half) - entries);
    this.#alone = entries > half ? 0 : -1;
  }

  /** Takes more image data; returns whether there may be more to compare. */
  add(piece: Uint8Array): boolean {
    const { passes, inflated } = this.#options;
    if (inflated) this.#filled += piece.length;
    else this.#append(piece);
    for (let pass = passes[this.#pass]; pass; pass = passes[++this.#pass]) {
      if (!this.#comparePass(pass)) return false;
      if (this.#row < pass.rows) return true;
      this.#row = 0;
    }
    return false;
  }

  /** Puts a piece behind what is still needed: the scanline above the next one, and the beginning of that one. */
  #append(piece: Uint8Array): void {
    const { passes } = this.#options;
    const { bytes } = this.#data;
    const from = Math.max(0, this.#start - (passes[this.#pass]?.rowLength ?? 0));
    const needed = bytes.subarray(from, this.#filled);
    this.#start -= from;
    this.#filled = needed.length + piece.length;
    if (this.#filled > bytes.length) this.#data = dataOf(new Uint8Array(this.#filled));
    this.#data.bytes.set(needed);
    this.#data.bytes.set(piece, needed.length);
  }

  /** Compares the scanlines of a pass that are complete; returns whether to go on. */
  #comparePass({ rows, rowLength, unusedBits }: Pass): boolean {
    const { bytes } = this.#data;
    for (; this.#row < rows && this.#start + rowLength <= this.#filled; this.#row++, this.#start += rowLength) {
      const filter = byteAt(bytes, this.#start);
      if (filter > 4) return false;
      const start = this.#start + 1;
      const scanline = { start, end: start + rowLength - 1, above: start - rowLength, isFirst: this.#row === 0 };
      unfilter(this.#data, filter, scanline);
      if (this.#isBeyond(scanline, unusedBits)) {
        const index = this.#highest(scanline, unusedBits);
        if (!this.#options.onInvalid({ index, row: this.#row + 1, pass: this.#pass })) return false;
      }
    }
    return true;
  }

  /**
   * Whether an index of a scanline is beyond the palette. Something is added to the bits of each index below its highest one,
   * so that they are carried into that one if they exceed those of the last color. If that has a highest bit of 0, an index
   * is invalid if it has one of 1 or gets one, and otherwise if it has one and gets one.
   */
  #isBeyond({ start, end }: { readonly start: number; readonly end: number }, unusedBits: number): boolean {
    const { bytes, view } = this.#data;
    const addend = this.#addend;
    const alone = this.#alone;
    const high = this.#high;
    const low = ~high;
    const last = end - 1;
    let beyond = 0;
    let index = start;
    for (; index + 4 <= last; index += 4) {
      const word = view.getInt32(index, true);
      const sum = (word & low) + addend;
      beyond |= (word & sum) | ((word | sum) & alone);
    }
    for (; index < end; index++) {
      // Bits that belong to no pixel may be anything.
      const word = index < last ? byteAt(bytes, index) : byteAt(bytes, index) & (0xff << unusedBits);
      const sum = (word & low) + addend;
      beyond |= (word & sum) | ((word | sum) & alone);
    }
    return (beyond & high) !== 0;
  }

  /** The highest index of a scanline. */
  #highest({ start, end }: { readonly start: number; readonly end: number }, unusedBits: number): number {
    const { bitDepth } = this.#options;
    let highest = 0;
    for (let index = start; index < end; index++) {
      const unused = index === end - 1 ? unusedBits : 0;
      for (let rest = byteAt(this.#data.bytes, index) >> unused; rest > 0; rest >>= bitDepth) {
        highest = Math.max(highest, rest & (2 ** bitDepth - 1));
      }
    }
    return highest;
  }
}

function dataOf(bytes: Uint8Array): ScanlineData {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) };
}
