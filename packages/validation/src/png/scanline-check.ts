import type { PngHeader } from "./check-header.ts";
import type { FindingLog } from "./finding-log.ts";

/** Where each pass of Adam7 begins, and how far its pixels lie apart: x, y, dx, dy (section 8.1). */
const adam7: readonly (readonly [number, number, number, number])[] = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];

const samples: { readonly [colorType: number]: number } = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** A run of scanlines of one length: a pass, or the whole picture. */
interface Pass {
  readonly rows: number;
  /** Bytes of a scanline, its filter type included. */
  readonly rowLength: number;
  /** Bits at the end of a scanline that belong to no pixel. */
  readonly unusedBits: number;
}

/**
 * Follows the scanlines of a picture while they are inflated: counts their bytes, and checks the filter type of each,
 * and, of an indexed picture, that every index is in the palette. Keeps two scanlines of an indexed picture whose
 * palette is not full, and else nothing.
 */
export class ScanlineCheck {
  /** How many bytes the scanlines have in all. */
  readonly expected: number;
  /** How many bytes have come. */
  received = 0;

  readonly #passes: readonly Pass[];
  readonly #header: PngHeader;
  readonly #paletteEntries: number;
  readonly #log: FindingLog;
  readonly #offset: number;
  #pass = 0;
  #row = 0;
  /** Bytes of the current scanline that are still to come; 0 before its filter type. */
  #left = 0;
  #filter = 0;
  #current: Uint8Array | undefined;
  #above: Uint8Array | undefined;

  /** @param offset What findings name as their place: inflated bytes have none in the file. */
  constructor(header: PngHeader, paletteEntries: number, offset: number, log: FindingLog) {
    this.#header = header;
    this.#paletteEntries = paletteEntries;
    this.#offset = offset;
    this.#log = log;
    this.#passes = passesOf(header);
    this.expected = this.#passes.reduce((sum, { rows, rowLength }) => sum + rows * rowLength, 0);
    const { colorType, bitDepth } = header;
    if (colorType === 3 && paletteEntries < 2 ** bitDepth) {
      const longest = Math.max(0, ...this.#passes.map(({ rowLength }) => rowLength));
      if (longest > longestKept) {
        log.add(
          "palette_indices_unchecked",
          [offset, "IDAT", "11.2.2"],
          "scanline",
          `${longest} bytes long`,
          "shorter",
          {
            severity: "warning",
          },
        );
      } else {
        this.#current = new Uint8Array(longest);
        this.#above = new Uint8Array(longest);
      }
    }
  }

  /**
   * Takes more of the scanlines.
   *
   * @returns Whether more may come: false where there are too many bytes.
   */
  add(bytes: Uint8Array): boolean {
    this.received += bytes.length;
    for (let index = 0; index < bytes.length;) {
      const pass = this.#passes[this.#pass];
      if (!pass) return false;
      if (this.#left === 0) {
        this.#filter = bytes[index++]!;
        this.#left = pass.rowLength - 1;
        if (this.#filter > 4) {
          this.#report("filter_type_invalid", "9.2", "filter type", this.#filter, 4);
          this.#current = undefined;
        }
      }
      const count = Math.min(this.#left, bytes.length - index);
      if (this.#current) this.#current.set(bytes.subarray(index, index + count), pass.rowLength - 1 - this.#left);
      index += count;
      this.#left -= count;
      if (this.#left === 0) this.#endRow(pass);
    }
    return this.received <= this.expected;
  }

  #endRow(pass: Pass): void {
    if (this.#current && this.#above) this.#checkIndices(pass, this.#current, this.#above);
    if (++this.#row < pass.rows) return;
    this.#row = 0;
    this.#pass++;
    this.#above?.fill(0);
  }

  /** Undoes the filter of an indexed scanline, in which what is to the left is always one byte away, and looks at it. */
  #checkIndices({ rowLength, unusedBits }: Pass, row: Uint8Array, above: Uint8Array): void {
    const { bitDepth } = this.#header;
    const length = rowLength - 1;
    const mask = (1 << bitDepth) - 1;
    let highest = 0;
    for (let index = 0, left = 0, corner = 0; index < length; index++) {
      const up = above[index]!;
      left = row[index] = row[index]! + predict(this.#filter, left, up, corner);
      left &= 0xff;
      corner = up;
      for (let shift = index === length - 1 ? unusedBits : 0; shift < 8; shift += bitDepth) {
        highest = Math.max(highest, (left >> shift) & mask);
      }
    }
    if (highest >= this.#paletteEntries) {
      this.#report("palette_index_invalid", "11.2.2", "highest palette index", highest, this.#paletteEntries - 1);
    }
    this.#current = above;
    this.#above = row;
  }

  #report(code: string, section: string, subject: string, received: number, most: number): void {
    const place = this.#passes.length > 1 ? ` of pass ${this.#pass + 1}` : "";
    const what = `${subject} of scanline ${this.#row + 1}${place}`;
    this.#log.add(code, [this.#offset, "IDAT", section], what, received, `0 to ${most}`);
  }
}

/** Longer scanlines than 16 MiB are not kept. No picture of a size that is taken can have such. */
const longestKept = 2 ** 24;

function passesOf({ width, height, bitDepth, colorType, interlaced }: PngHeader): Pass[] {
  const passes = interlaced ? adam7 : ([[0, 0, 1, 1]] as const);
  return passes.flatMap(([x, y, dx, dy]) => {
    const columns = Math.ceil((width - x) / dx);
    const rows = Math.ceil((height - y) / dy);
    const bits = columns * bitDepth * samples[colorType]!;
    const bytes = Math.ceil(bits / 8);
    return columns > 0 && rows > 0 ? [{ rows, rowLength: 1 + bytes, unusedBits: 8 * bytes - bits }] : [];
  });
}

/** What filtering has taken from a byte (section 9.2). */
function predict(filter: number, left: number, up: number, corner: number): number {
  if (filter < 2) return filter * left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const estimate = left + up - corner;
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
