import { unfilter } from "./unfilter.ts";

/** The palette indices of an image, row by row. */
export class PaletteIndices {
  /** The scanline that is being completed, and the one above it. */
  #current: Uint8Array<ArrayBuffer>;
  #above: Uint8Array<ArrayBuffer>;
  readonly #bitDepth: number;
  /** The highest index in each byte. */
  readonly #highestIn: Uint8Array<ArrayBuffer>;

  /** @param longest The length of the longest scanline in bytes, without the filter type. */
  constructor(longest: number, bitDepth: number) {
    this.#current = new Uint8Array(longest);
    this.#above = new Uint8Array(longest);
    this.#bitDepth = bitDepth;
    const mask = 2 ** bitDepth - 1;
    this.#highestIn = Uint8Array.from({ length: 256 }, (_, byte) => {
      let highest = 0;
      for (let rest = byte; rest > 0; rest >>= bitDepth) highest = Math.max(highest, rest & mask);
      return highest;
    });
  }

  /** Adds a part of a scanline, as it is in the stream. */
  take(part: Uint8Array, offset: number): void {
    this.#current.set(part, offset);
  }

  /** Completes a scanline of a length, and returns its highest index. The next scanline is below it. */
  endRow(length: number, filter: number, unusedBits: number): number {
    const highestIn = this.#highestIn;
    const isByte = this.#bitDepth === 8;
    const row = this.#current.subarray(0, length);
    unfilter(filter, row, this.#above);
    let highest = 0;
    const last = length - 1;
    for (let index = 0; index < last; index++) {
      const byte = row[index] ?? 0;
      const inByte = isByte ? byte : (highestIn[byte] ?? 0);
      if (inByte > highest) highest = inByte;
    }
    // Bits that belong to no pixel may be anything.
    const inLast = highestIn[(row[last] ?? 0) & (0xff << unusedBits)] ?? 0;
    [this.#above, this.#current] = [this.#current, this.#above];
    return Math.max(highest, inLast);
  }

  /** Ends a pass: the first scanline of the next one has zeros above it. */
  endPass(): void {
    this.#above.fill(0);
  }
}
