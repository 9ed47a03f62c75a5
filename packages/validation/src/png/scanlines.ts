import { count } from "../describe.ts";
import type { FileInspection } from "./inspect-file.ts";
import type { Pass } from "./image-passes.ts";
import { PaletteIndices } from "./palette-indices.ts";
import { byteAt } from "./read-bytes.ts";

/** The scanlines to follow. */
export interface ScanlinesOptions {
  readonly file: FileInspection;
  /** Where issues are reported. */
  readonly place: { readonly chunk: string; readonly offset: number };
  readonly passes: readonly Pass[];
  /** The number of bytes of all scanlines. */
  readonly expected: number;
  readonly paletteEntries: number;
}

/** Indices are compared with the palette in images of up to 2048x2048 at 8 bits: it takes longer than inflating. */
const maxIndexedBytes = 4_196_352;
/** More than a square image of so many bytes can have. Each scanline takes time, however short it is. */
const maxIndexedRows = 16_384;

/**
 * Follows the scanlines of an image while they are inflated: counts their bytes, and checks the filter type of each, and,
 * in an indexed image, that every index is in the palette. Keeps nothing, except if there are indices to compare.
 */
export class Scanlines {
  /** The number of bytes so far. */
  received = 0;
  /** Whether there was an error after which the rest isn't checked. */
  stopped = false;

  readonly #options: ScanlinesOptions;
  #indices: PaletteIndices | undefined;
  #pass = 0;
  /** How many scanlines of the pass have begun, and how many bytes the last of them still lacks. */
  #row = 0;
  #left = 0;

  /** @param inflated All image data, if it is inflated already. It may be changed afterwards. */
  constructor(options: ScanlinesOptions, inflated?: Uint8Array) {
    this.#options = options;
    const { file, place, passes, expected, paletteEntries } = options;
    const { colorType, bitDepth } = file.header;
    if (colorType !== 3 || paletteEntries >= 2 ** bitDepth) return;
    const rows = passes.reduce((sum, pass) => sum + pass.rows, 0);
    const isLarge = expected > maxIndexedBytes;
    if (isLarge || rows > maxIndexedRows) {
      const received = isLarge ? count(expected, "byte") : count(rows, "scanline");
      const allowed = isLarge ? count(maxIndexedBytes, "byte") : count(maxIndexedRows, "scanline");
      file.report("palette_unchecked", { ...place, received, allowed: `at most ${allowed}` });
      return;
    }
    this.#indices = new PaletteIndices({
      passes,
      bitDepth,
      entries: paletteEntries,
      inflated,
      onInvalid: ({ index, row, pass }) => {
        const allowed = `0 to ${paletteEntries - 1}`;
        file.report("palette_index_invalid", { ...place, received: this.#inScanline(index, row, pass), allowed });
        return file.all;
      },
    });
  }

  /** Takes more bytes; returns whether more may come. */
  add(bytes: Uint8Array): boolean {
    this.received += bytes.length;
    if (this.#indices?.add(bytes) === false) this.#indices = undefined;
    for (let index = 0; index < bytes.length && !this.stopped;) {
      const pass = this.#options.passes[this.#pass];
      if (!pass) return false;
      index = this.#skim(bytes, index, pass);
      if (this.#left > 0 || this.#row < pass.rows) continue;
      this.#row = 0;
      this.#pass++;
    }
    return !this.stopped;
  }

  /** Looks at filter types and at nothing between them, up to the end of the pass or of the bytes. */
  #skim(bytes: Uint8Array, start: number, { rows, rowLength }: Pass): number {
    const first = start + this.#left;
    if (first >= bytes.length) {
      this.#left = first - bytes.length;
      return bytes.length;
    }
    const stop = Math.min(bytes.length, first + (rows - this.#row) * rowLength);
    let at = first;
    for (; at < stop; at += rowLength) {
      this.#row++;
      const filter = byteAt(bytes, at);
      if (filter > 4 && !this.#rejectFilter(filter)) return stop;
    }
    this.#left = at - stop;
    return stop;
  }

  /** Reports a filter type that doesn't exist. Returns whether to go on. */
  #rejectFilter(filter: number): boolean {
    const { file, place } = this.#options;
    const received = this.#inScanline(filter, this.#row, this.#pass);
    file.report("filter_type_invalid", { ...place, received, allowed: "0 to 4" });
    this.stopped = !file.all;
    return file.all;
  }

  #inScanline(value: number, row: number, pass: number): string {
    return `${value} in scanline ${row}${this.#options.passes.length > 1 ? ` of pass ${pass + 1}` : ""}`;
  }
}
