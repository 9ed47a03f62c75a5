import { deflateSync } from "node:zlib";
import { chunk, signature } from "./chunk.ts";
import { concatenate } from "./concatenate.ts";
import type { PngRecipe } from "./png-recipe.ts";
import { scanlines } from "./scanlines.ts";

/** Makes a PNG, chunk by chunk. */
export function createPng(recipe: PngRecipe = {}): Uint8Array<ArrayBuffer> {
  return concatenate(signature, ...pngChunks(recipe));
}

/** The chunks of a PNG, for tests that take some out or put some in. */
export function pngChunks(recipe: PngRecipe = {}): Uint8Array[] {
  const { bitDepth = 8, colorType = 2, paletteEntries = colorType === 3 ? 2 ** bitDepth : 0 } = recipe;
  const compressed = recipe.compressed ?? deflateSync(recipe.raw ?? scanlines(recipe));
  return [
    chunk("IHDR", ihdr(recipe)),
    ...(recipe.beforePalette ?? []),
    ...(paletteEntries > 0 ? [chunk("PLTE", palette(paletteEntries))] : []),
    ...(recipe.beforeData ?? []),
    ...idats(compressed, recipe.idatBytes),
    ...(recipe.afterData ?? []),
    chunk("IEND"),
  ];
}

/** The data of an IHDR chunk. */
export function ihdr(recipe: PngRecipe = {}): Uint8Array {
  const { width = 8, height = 8, bitDepth = 8, colorType = 2 } = recipe;
  const { compressionMethod = 0, filterMethod = 0, interlaceMethod = 0 } = recipe;
  const data = new Uint8Array(13);
  const view = new DataView(data.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  data.set([bitDepth, colorType, compressionMethod, filterMethod, interlaceMethod], 8);
  return data;
}

/** The data of a PLTE chunk: so many colors, each another. */
export function palette(entries: number): Uint8Array {
  return Uint8Array.from({ length: 3 * entries }, (_, index) => (index * 83) & 0xff);
}

/** A zlib stream, in one IDAT or in many. */
export function idats(compressed: Uint8Array, bytes: number = compressed.length): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let start = 0; start < compressed.length; start += bytes) {
    chunks.push(chunk("IDAT", compressed.subarray(start, start + bytes)));
  }
  return chunks;
}
