import type { OverlayOptions } from "sharp";
import { loadSharp, type SharpModule } from "../codec/load-sharp.ts";
import { drawCaption } from "./draw-caption.ts";

/** An image on a contact sheet. */
export interface SheetImage {
  /** A file of any format that sharp reads. */
  readonly bytes: Uint8Array;
  /** What is written below it, in one line; what is too long is cut. */
  readonly caption?: string | undefined;
}

/** What a contact sheet shows. */
export interface ContactSheet {
  /** Stands on the left, and is the largest. */
  readonly input: SheetImage;
  /** Stand on the right, in rows. */
  readonly results: readonly SheetImage[];
}

/** In pixels. */
const tile = 360;
const gap = 16;
const captionHeight = 28;
/** So many rows are as high as the input is wide. */
const rowsBesideInput = 2;

/**
 * Draws an image and its variations side by side, any number of them, of any sizes and shapes, each with its caption.
 *
 * @returns A PNG.
 * @throws CliError if sharp can't be loaded; an error of sharp if an image can't be decoded.
 */
export async function drawContactSheet({ input, results }: ContactSheet): Promise<Uint8Array<ArrayBuffer>> {
  const sharp = await loadSharp();
  const grid = layOut(results.length);
  const layers: OverlayOptions[] = await placeImage({ image: input, left: gap, top: gap, side: grid.inputSide, sharp });
  // One after the other, because a hundred decoded images would not fit into memory.
  for (const [index, image] of results.entries()) {
    const column = index % grid.columns;
    const row = Math.floor(index / grid.columns);
    const left = gap + grid.inputSide + gap + column * (tile + gap);
    const top = gap + row * (tile + captionHeight + gap);
    layers.push(...(await placeImage({ image, left, top, side: tile, sharp })));
  }
  const { width, height } = grid;
  const sheet = sharp({ create: { width, height, channels: 3, background: "#ffffff" }, limitInputPixels: false });
  return new Uint8Array(await sheet.composite(layers).png().toBuffer());
}

interface Grid {
  readonly columns: number;
  readonly inputSide: number;
  readonly width: number;
  readonly height: number;
}

/** Up to two rows beside the input; more results make the grid about as wide as it is high. */
function layOut(count: number): Grid {
  const columns =
    count <= rowsBesideInput ? 1 : Math.max(Math.ceil(count / rowsBesideInput / 2), Math.ceil(Math.sqrt(count)));
  const rows = Math.max(1, Math.ceil(count / columns));
  const shown = Math.min(rows, rowsBesideInput);
  const inputSide = shown * tile + (shown - 1) * (captionHeight + gap);
  return {
    columns,
    inputSide,
    width: gap + inputSide + gap + (count === 0 ? 0 : columns * (tile + gap)),
    height: gap + rows * (tile + captionHeight + gap),
  };
}

interface Placing {
  readonly image: SheetImage;
  readonly left: number;
  readonly top: number;
  readonly side: number;
  readonly sharp: SharpModule;
}

/** The image in the middle of its square, and its caption below. */
async function placeImage({ image, left, top, side, sharp }: Placing): Promise<OverlayOptions[]> {
  const { data, info } = await sharp(image.bytes)
    .autoOrient()
    .resize(side, side, { fit: "inside" })
    .toColourspace("srgb")
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const places: OverlayOptions[] = [
    {
      input: data,
      raw: { width, height, channels },
      left: left + Math.floor((side - width) / 2),
      top: top + Math.floor((side - height) / 2),
    },
  ];
  const caption = await drawCaption({ text: image.caption ?? "", width: side, height: captionHeight, sharp });
  return caption ? [...places, { ...caption, left, top: top + side }] : places;
}
