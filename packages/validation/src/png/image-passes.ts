import type { PngHeader } from "./check-header.ts";

/** A run of scanlines of one length: a pass of Adam7, or the whole image. */
export interface Pass {
  readonly rows: number;
  /** The bytes of each, its filter type included. */
  readonly rowLength: number;
  /** The bits at the end of each that belong to no pixel. */
  readonly unusedBits: number;
}

/** Where each pass of Adam7 begins, and how far its pixels lie apart: x, y, dx, dy in digits (section 8.1). */
const adam7 = ["0088", "4088", "0448", "2044", "0224", "1022", "0112"];

/** How many samples a pixel has, by color type. */
const samples = [1, 0, 3, 1, 2, 0, 4];

/** The passes that an image consists of; those without pixels have no scanlines. */
export function imagePasses({ width, height, bitDepth, colorType, interlaced }: PngHeader): Pass[] {
  return (interlaced ? adam7 : ["0011"]).flatMap((digits) => {
    const [x = 0, y = 0, dx = 1, dy = 1] = Array.from(digits, Number);
    const columns = Math.ceil((width - x) / dx);
    const rows = Math.ceil((height - y) / dy);
    const bits = columns * bitDepth * (samples[colorType] ?? 0);
    const bytes = Math.ceil(bits / 8);
    return columns > 0 && rows > 0 ? [{ rows, rowLength: 1 + bytes, unusedBits: 8 * bytes - bits }] : [];
  });
}
