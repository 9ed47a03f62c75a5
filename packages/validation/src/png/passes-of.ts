import type { PngHeader } from "./check-header.ts";

/**
 * A run of scanlines of one length, a pass or the whole picture: how many there are, the bytes of each, its filter type
 * included, and the bits at the end of each that belong to no pixel.
 */
export type Pass = readonly [rows: number, rowLength: number, unusedBits: number];

/** Where each pass of Adam7 begins, and how far its pixels lie apart: x, y, dx, dy in digits (section 8.1). */
const adam7 = ["0088", "4088", "0448", "2044", "0224", "1022", "0112"];

/** How many samples a pixel has, by color type. */
const samples = [1, 0, 3, 1, 2, 0, 4];

/** The runs of scanlines that a picture consists of. */
export function passesOf({ width, height, bitDepth, colorType, interlaced }: PngHeader): Pass[] {
  return (interlaced ? adam7 : ["0011"]).flatMap((digits) => {
    const [x, y, dx, dy] = Array.from(digits, Number) as [number, number, number, number];
    const columns = Math.ceil((width - x) / dx);
    const rows = Math.ceil((height - y) / dy);
    const bits = columns * bitDepth * samples[colorType]!;
    const bytes = Math.ceil(bits / 8);
    return columns && rows ? [[rows, 1 + bytes, 8 * bytes - bits]] : [];
  });
}
