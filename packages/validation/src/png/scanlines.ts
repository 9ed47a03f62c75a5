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

/**
 * Follows the scanlines of an image while they are inflated: counts their bytes, and checks the filter type of each, and,
 * in an indexed image, that every index is in the palette. Keeps two scanlines of an indexed image whose palette is not
 * full, and otherwise nothing.
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
  #filter = 0;

  constructor(options: ScanlinesOptions) {
    this.#options = options;
    const { file, place, passes, expected, paletteEntries } = options;
    const { header, report } = file;
    if (header.colorType !== 3 || paletteEntries >= 2 ** header.bitDepth) return;
    if (expected > maxIndexedBytes) {
      const allowed = `at most ${maxIndexedBytes} bytes`;
      report("palette_unchecked", { ...place, received: `${expected} bytes`, allowed });
      return;
    }
    this.#indices = new PaletteIndices(Math.max(...passes.map(({ rowLength }) => rowLength)), header.bitDepth);
  }

  /** Takes more bytes; returns whether more may come. */
  add(bytes: Uint8Array): boolean {
    this.received += bytes.length;
    for (let index = 0; index < bytes.length && !this.stopped;) {
      const pass = this.#options.passes[this.#pass];
      if (!pass) return false;
      if (this.#indices && this.#left > 0) index = this.#addIndices(this.#indices, bytes, index, pass);
      else if (this.#indices) this.#beginRow(byteAt(bytes, index++));
      else index = this.#skim(bytes, index, pass);
      if (this.#left > 0 || this.#row < pass.rows) continue;
      this.#row = 0;
      this.#pass++;
      this.#indices?.endPass();
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

  #beginRow(filter: number): void {
    const { passes } = this.#options;
    this.#row++;
    this.#filter = filter;
    this.#left = (passes[this.#pass]?.rowLength ?? 1) - 1;
    if (filter > 4) this.#rejectFilter(filter);
  }

  /** Takes a part of a scanline, and compares its indices with the palette when it is complete. */
  #addIndices(indices: PaletteIndices, bytes: Uint8Array, start: number, pass: Pass): number {
    const length = pass.rowLength - 1;
    const stop = Math.min(bytes.length, start + this.#left);
    indices.take(bytes.subarray(start, stop), length - this.#left);
    this.#left -= stop - start;
    if (this.#left > 0) return stop;
    const { file, place, paletteEntries } = this.#options;
    const highest = indices.endRow(length, this.#filter, pass.unusedBits);
    if (highest >= paletteEntries) {
      const allowed = `0 to ${paletteEntries - 1}`;
      file.report("palette_index_invalid", { ...place, received: this.#inScanline(highest), allowed });
      if (!file.all) this.#indices = undefined;
    }
    return stop;
  }

  /** Reports a filter type that doesn't exist. Returns whether to go on. */
  #rejectFilter(filter: number): boolean {
    const { file, place } = this.#options;
    file.report("filter_type_invalid", { ...place, received: this.#inScanline(filter), allowed: "0 to 4" });
    this.#indices = undefined;
    this.stopped = !file.all;
    return file.all;
  }

  #inScanline(value: number): string {
    return `${value} in scanline ${this.#row}${this.#options.passes.length > 1 ? ` of pass ${this.#pass + 1}` : ""}`;
  }
}
