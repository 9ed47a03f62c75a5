import type { PngRecipe } from "./png-recipe.ts";

/** Where each pass of Adam7 begins and how far its pixels lie apart (section 8.1). */
const passes = [
  { x: 0, y: 0, dx: 8, dy: 8 },
  { x: 4, y: 0, dx: 8, dy: 8 },
  { x: 0, y: 4, dx: 4, dy: 8 },
  { x: 2, y: 0, dx: 4, dy: 4 },
  { x: 0, y: 2, dx: 2, dy: 4 },
  { x: 1, y: 0, dx: 2, dy: 2 },
  { x: 0, y: 1, dx: 1, dy: 2 },
] as const;

const whole = [{ x: 0, y: 0, dx: 1, dy: 1 }] as const;

/** How many samples a pixel has. */
export const samplesPerPixel: { readonly [colorType: number]: number } = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/**
 * Filtered scanlines for a image: a pattern of bytes, every filter type in turn. Of indexed images the filter is
 * always none, so that the bytes are the indices, and these are all in the palette.
 */
export function scanlines(recipe: PngRecipe): Uint8Array<ArrayBuffer> {
  const { bitDepth = 8, colorType = 2, paletteEntries = 2 ** bitDepth } = recipe;
  const rows = rowLengths(recipe);
  const raw = new Uint8Array(rows.reduce((length, row) => length + row, 0));
  let offset = 0;
  for (const [index, length] of rows.entries()) {
    const indexed = colorType === 3;
    raw[offset] = indexed ? 0 : index % 5;
    for (let x = 1; x < length; x++) {
      raw[offset + x] = indexed
        ? indices(bitDepth, paletteEntries, index + x)
        : (x * 31 + index * 17 + ((x * index) >> 3)) & 0xff;
    }
    offset += length;
  }
  return raw;
}

/** The length in bytes of every filtered scanline, filter type byte included. */
export function rowLengths(recipe: PngRecipe): number[] {
  return passesOf(recipe).flatMap(({ rows, rowLength }) => Array.from({ length: rows }, () => rowLength));
}

/** How many bytes all scanlines have. */
export function imageDataLength(recipe: PngRecipe): number {
  return passesOf(recipe).reduce((sum, { rows, rowLength }) => sum + rows * rowLength, 0);
}

function passesOf(recipe: PngRecipe): { readonly rows: number; readonly rowLength: number }[] {
  const { width = 8, height = 8, bitDepth = 8, colorType = 2, interlaceMethod = 0 } = recipe;
  const bits = bitDepth * (samplesPerPixel[colorType] ?? 1);
  return (interlaceMethod === 1 ? passes : whole).flatMap(({ x, y, dx, dy }) => {
    const columns = Math.ceil((width - x) / dx);
    const rows = Math.ceil((height - y) / dy);
    return columns > 0 && rows > 0 ? [{ rows, rowLength: 1 + Math.ceil((columns * bits) / 8) }] : [];
  });
}

function indices(bitDepth: number, entries: number, seed: number): number {
  let byte = 0;
  for (let bit = 0; bit < 8; bit += bitDepth) byte = (byte << bitDepth) | ((seed + bit) % entries);
  return byte;
}
