import type { OverlayOptions } from "sharp";
import type { SharpModule } from "../codec/load-sharp.ts";
import type { Strip } from "./lay-out-strip.ts";
import type { Raster } from "./protocols.ts";

/** What is drawn, and how large a character is. */
export interface StripOptions {
  readonly strip: Strip;
  /** In pixels. */
  readonly cell: { readonly width: number; readonly height: number };
  readonly sharp: SharpModule;
}

/** Draws images in rows on clear ground. Each stands in a square, and keeps its shape. */
export async function drawStrip(images: readonly Uint8Array[], { strip, cell, sharp }: StripOptions): Promise<Raster> {
  const { perRow, imageColumns, columns } = strip;
  const side = imageColumns * cell.width;
  const gap = cell.width;
  const rows = Math.ceil(images.length / perRow);
  const width = columns * cell.width;
  const height = rows * side + (rows - 1) * gap;
  const layers: OverlayOptions[] = [];
  for (const [index, bytes] of images.entries()) {
    const input = await sharp(bytes)
      .autoOrient()
      .resize(side, side, { fit: "contain", background: "#00000000" })
      .toColourspace("srgb")
      .ensureAlpha()
      .raw()
      .toBuffer();
    const left = (index % perRow) * (side + gap);
    const top = Math.floor(index / perRow) * (side + gap);
    layers.push({ input, raw: { width: side, height: side, channels: 4 }, left, top });
  }
  const ground = sharp({ create: { width, height, channels: 4, background: "#00000000" } });
  return { width, height, data: await ground.composite(layers).raw().toBuffer() };
}
