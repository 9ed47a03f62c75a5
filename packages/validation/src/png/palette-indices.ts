import { unfilter } from "./unfilter.ts";

/** The indices of an indexed image, row by row, compared with what its palette has. */
export class PaletteIndices {
  /** The scanline that is being completed, and the one above it. */
  #current: Uint8Array<ArrayBuffer>;
  #above: Uint8Array<ArrayBuffer>;
  readonly #bitDepth: number;
  /** The highest of the indices that are in a byte. */
  readonly #highestIn: Uint8Array<ArrayBuffer>;

  /** @param longest The bytes of the longest scanline, without the filter type. */
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

  /** Takes a part of a scanline, as it is in the stream. */
  take(part: Uint8Array, offset: number): void {
    this.#current.set(part, offset);
  }

  /** The highest index in the scanline of so many bytes that has been taken. The next one is below it. */
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

  /** A pass has ended: above the first scanline of the next one there is nothing. */
  endPass(): void {
    this.#above.fill(0);
  }
}
