import type { PngHeader } from "./check-header.ts";
import type { Pass } from "./passes-of.ts";
import type { Finding } from "./finding.ts";

/** Follows the scanlines of a picture while they are inflated. */
export interface ScanlineCheck {
  /** How many bytes have come. */
  received: number;
  /** Takes more of them; returns whether more may come. */
  readonly add: (bytes: Uint8Array) => boolean;
}

/** Notes a finding about the image data. */
export type ReportImageData = (
  section: string,
  subject: string,
  received: string | number,
  allowed: string | number,
  severity?: Finding["severity"],
) => void;

/**
 * Counts the bytes of a picture's scanlines, and checks the filter type of each, and, of an indexed picture, that every
 * index is in the palette. Keeps two scanlines of an indexed picture whose palette is not full, and else nothing.
 *
 * @param report Notes a finding, at a place of its choice: inflated bytes have none in the file.
 */
export function scanlineCheck(
  { colorType, bitDepth }: PngHeader,
  passes: readonly Pass[],
  paletteEntries: number,
  report: ReportImageData,
): ScanlineCheck {
  let pass = 0;
  let row = 0;
  let left = 0;
  let filter = 0;
  let current: Uint8Array<ArrayBuffer> | undefined;
  let above = new Uint8Array();

  const inScanline = (value: number): string =>
    `${value} in scanline ${row + 1}${passes.length > 1 ? ` of pass ${pass + 1}` : ""}`;

  if (colorType === 3 && paletteEntries < 2 ** bitDepth) {
    const longest = Math.max(...passes.map(([, rowLength]) => rowLength));
    if (longest > longestKept) {
      report("11.2.2", "scanline length", longest, `${longestKept} or less, to be checked`, "warning");
    } else {
      current = new Uint8Array(longest);
      above = new Uint8Array(longest);
    }
  }

  const check: ScanlineCheck = {
    received: 0,
    add: (bytes) => {
      check.received += bytes.length;
      for (let index = 0; index < bytes.length;) {
        const now = passes[pass];
        if (!now) return false;
        const [rows, rowLength, unusedBits] = now;
        if (!left) {
          filter = bytes[index++]!;
          left = rowLength - 1;
          if (filter > 4) {
            report("9.2", "filter type", inScanline(filter), "0 to 4");
            current = undefined;
          }
        }
        const count = Math.min(left, bytes.length - index);
        current?.set(bytes.subarray(index, index + count), rowLength - 1 - left);
        index += count;
        left -= count;
        if (left) continue;
        if (current) {
          const highest = highestIndex(filter, current.subarray(0, rowLength - 1), above, bitDepth, unusedBits);
          const most = paletteEntries - 1;
          if (highest > most) {
            report("11.2.2", "palette index", inScanline(highest), `0 to ${most}`);
          }
          [above, current] = [current, above];
        }
        if (++row < rows) continue;
        row = 0;
        pass++;
        above.fill(0);
      }
      return true;
    },
  };
  return check;
}

/** Longer scanlines than 16 MiB are not kept. No picture of a size that is taken can have such. */
const longestKept = 16_777_216;

/** Undoes the filter of an indexed scanline (section 9.2), in which what is to the left is always one byte away. */
function highestIndex(
  filter: number,
  row: Uint8Array,
  above: Uint8Array,
  bitDepth: number,
  unusedBits: number,
): number {
  let highest = 0;
  let left = 0;
  let corner = 0;
  for (let index = 0; index < row.length; index++) {
    const up = above[index]!;
    left = (row[index]! + predict(filter, left, up, corner)) & 255;
    row[index] = left;
    corner = up;
    for (let shift = index === row.length - 1 ? unusedBits : 0; shift < 8; shift += bitDepth) {
      highest = Math.max(highest, (left >> shift) & (2 ** bitDepth - 1));
    }
  }
  return highest;
}

/** What filtering has taken from a byte. */
function predict(filter: number, left: number, up: number, corner: number): number {
  if (filter < 2) return filter * left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const a = Math.abs(up - corner);
  const b = Math.abs(left - corner);
  const c = Math.abs(left + up - 2 * corner);
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
