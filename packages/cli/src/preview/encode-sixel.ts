import type { SharpModule } from "../codec/load-sharp.ts";
import type { Raster } from "./protocols.ts";

/** Terminals have so many color registers. */
const mostColors = 256;
/** Rows that one character holds, a bit for each. */
const bandHeight = 6;

/**
 * Pixels as a sixel sequence, in the nearest 256 colors. Alpha is on or off, as sixels have no more; pixels that are clear keep
 * what is behind them.
 */
export async function encodeSixel(raster: Raster, sharp: SharpModule): Promise<string> {
  const { width, height } = raster;
  const { palette, indices } = indexColors(raster) ?? indexColors(await quantize(raster, sharp)) ?? clear;
  const registers = palette.map((color, register) => `#${register};2;${percentages(color).join(";")}`);
  const bands: string[] = [];
  for (let top = 0; top < height; top += bandHeight) bands.push(bandOf(indices, { width, height, top }));
  // 1: what is not drawn stays. Then the shape of a pixel, and the size.
  return `\u001bP0;1;q"1;1;${width};${height}${registers.join("")}${bands.join("-")}\u001b\\`;
}

interface IndexedColors {
  /** Red, green and blue as one number. */
  readonly palette: readonly number[];
  /** For each pixel the place of its color in the palette; -1 if it is clear. */
  readonly indices: Int16Array;
}

const clear: IndexedColors = { palette: [], indices: new Int16Array() };

/** Undefined if there are more colors than registers. */
function indexColors({ width, height, data }: Raster): IndexedColors | undefined {
  const registers = new Map<number, number>();
  const indices = new Int16Array(width * height).fill(-1);
  for (let pixel = 0; pixel < indices.length; pixel++) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(pixel * 4, pixel * 4 + 4);
    if (alpha < 128) continue;
    const color = (red << 16) | (green << 8) | blue;
    const register = registers.get(color) ?? registers.size;
    if (register >= mostColors) return undefined;
    registers.set(color, register);
    indices[pixel] = register;
  }
  return { palette: [...registers.keys()], indices };
}

/** The image in a palette of its own. */
async function quantize({ width, height, data }: Raster, sharp: SharpModule): Promise<Raster> {
  const png = await sharp(data, { raw: { width, height, channels: 4 } })
    .png({ palette: true, colours: mostColors, effort: 1 })
    .toBuffer();
  return { width, height, data: await sharp(png).ensureAlpha().toColourspace("srgb").raw().toBuffer() };
}

function percentages(color: number): number[] {
  return [color >> 16, (color >> 8) & 255, color & 255].map((value) => Math.round((value * 100) / 255));
}

interface Band {
  readonly width: number;
  readonly height: number;
  readonly top: number;
}

/** Six rows: each color that is in them is drawn from the left. */
function bandOf(indices: Int16Array, { width, height, top }: Band): string {
  const layers = new Map<number, Uint8Array>();
  for (let row = 0; row < bandHeight && top + row < height; row++) {
    for (let x = 0; x < width; x++) {
      const register = indices[(top + row) * width + x] ?? -1;
      if (register < 0) continue;
      let layer = layers.get(register);
      if (!layer) layers.set(register, (layer = new Uint8Array(width)));
      layer[x] = (layer[x] ?? 0) | (1 << row);
    }
  }
  return [...layers].map(([register, layer]) => `#${register}${repeated(layer)}`).join("$");
}

/** As characters; more than three of the same in a row are counted. */
function repeated(layer: Uint8Array): string {
  let text = "";
  for (let x = 0; x < layer.length;) {
    const bits = layer[x] ?? 0;
    let end = x + 1;
    while (end < layer.length && layer[end] === bits) end++;
    const character = String.fromCharCode(63 + bits);
    const isLast = end === layer.length;
    if (bits > 0 || !isLast) text += end - x > 3 ? `!${end - x}${character}` : character.repeat(end - x);
    x = end;
  }
  return text;
}
