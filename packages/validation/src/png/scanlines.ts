import type { PngHeader } from "./check-header.ts";
import type { Pass } from "./image-passes.ts";
import { PaletteIndices } from "./palette-indices.ts";
import type { FindingReport } from "./report-finding.ts";

/** What is found in the image data: it has no offset in the file, as it is compressed there. */
export type ReportImageData = (finding: Omit<FindingReport, "offset" | "chunk">) => void;

/** How scanlines are followed. */
export interface ScanlinesOptions {
  readonly header: PngHeader;
  readonly passes: readonly Pass[];
  /** How many bytes all scanlines have. */
  readonly expected: number;
  readonly paletteEntries: number;
  /** Whether to go on after the first filter type that is invalid, and the first index that isn't in the palette. */
  readonly all: boolean;
  readonly report: ReportImageData;
}

/** Indices are compared with the palette in images of up to 2048x2048 at 8 bits: it takes longer than inflating. */
const mostIndexed = 4_196_352;

/**
 * Follows the scanlines of an image while they are inflated: counts their bytes, and checks the filter type of each, and,
 * of an indexed image, that every index is in the palette. Keeps two scanlines of an indexed image whose palette is not
 * full, and else nothing.
 */
export class Scanlines {
  /** How many bytes have come. */
  received = 0;
  /** Whether there was a fault after which the rest isn't looked at. */
  stopped = false;

  readonly #options: ScanlinesOptions;
  #indices: PaletteIndices | undefined;
  #pass = 0;
  /** How many scanlines of the pass have begun, and what is left of the last of them. */
  #row = 0;
  #left = 0;
  #filter = 0;

  constructor(options: ScanlinesOptions) {
    this.#options = options;
    const { header, passes, expected, paletteEntries, report } = options;
    if (header.colorType !== 3 || paletteEntries >= 2 ** header.bitDepth) return;
    if (expected > mostIndexed) {
      const allowed = `${mostIndexed} bytes or less, to be compared with the palette`;
      report({
        section: "11.2.2",
        subject: "image data",
        code: "palette_unchecked",
        received: expected,
        allowed,
        severity: "warning",
      });
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
      else if (this.#indices) this.#beginRow(bytes[index++] ?? 0);
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
      if (bytes[at]! > 4 && !this.#rejectFilter(bytes[at]!)) return stop;
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
    const { paletteEntries, all, report } = this.#options;
    const highest = indices.endRow(length, this.#filter, pass.unusedBits);
    if (highest >= paletteEntries) {
      const received = this.#inScanline(highest);
      const fix = "Re-save the image as PNG: decoders differ in the color that they show.";
      report({
        section: "11.2.2",
        subject: "palette index",
        received,
        allowed: `0 to ${paletteEntries - 1}`,
        severity: "warning",
        fix,
      });
      if (!all) this.#indices = undefined;
    }
    return stop;
  }

  /** Reports a filter type that doesn't exist. Returns whether to go on. */
  #rejectFilter(filter: number): boolean {
    const { report, all } = this.#options;
    report({ section: "9.2", subject: "filter type", received: this.#inScanline(filter), allowed: "0 to 4" });
    this.#indices = undefined;
    this.stopped = !all;
    return all;
  }

  #inScanline(value: number): string {
    return `${value} in scanline ${this.#row}${this.#options.passes.length > 1 ? ` of pass ${this.#pass + 1}` : ""}`;
  }
}
