import type { PngHeader } from "./png-inspection.ts";

/** Scanlines of one length: a pass of Adam7, or the whole image. */
export interface Pass {
  readonly rows: number;
  /** In bytes, with the filter type. */
  readonly rowLength: number;
  /** The bits at the end of each scanline that belong to no pixel. */
  readonly unusedBits: number;
}

/** The pixels of a pass: from the column `x` every `dx` columns, and from the row `y` every `dy` rows. */
interface Grid {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
}

const everyPixel: Grid = { x: 0, y: 0, dx: 1, dy: 1 };

/** The passes of Adam7 (section 8.1). */
const adam7: readonly Grid[] = [
  { x: 0, y: 0, dx: 8, dy: 8 },
  { x: 4, y: 0, dx: 8, dy: 8 },
  { x: 0, y: 4, dx: 4, dy: 8 },
  { x: 2, y: 0, dx: 4, dy: 4 },
  { x: 0, y: 2, dx: 2, dy: 4 },
  { x: 1, y: 0, dx: 2, dy: 2 },
  { x: 0, y: 1, dx: 1, dy: 2 },
];

/** The number of samples of a pixel, by color type. */
const samples: { readonly [colorType: number]: number } = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** The passes of an image; those without pixels have no scanlines. */
export function imagePasses({ width, height, bitDepth, colorType, interlaced }: PngHeader): Pass[] {
  return (interlaced ? adam7 : [everyPixel]).flatMap(({ x, y, dx, dy }) => {
    const columns = Math.ceil((width - x) / dx);
    const rows = Math.ceil((height - y) / dy);
    const bits = columns * bitDepth * (samples[colorType] ?? 0);
    const bytes = Math.ceil(bits / 8);
    return columns > 0 && rows > 0 ? [{ rows, rowLength: 1 + bytes, unusedBits: 8 * bytes - bits }] : [];
  });
}
