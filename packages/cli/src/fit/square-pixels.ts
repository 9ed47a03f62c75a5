import { CliError } from "../command-line/cli-error.ts";
import { maximumSide } from "./image-limits.ts";
import type { SharpModule } from "../codec/load-sharp.ts";
import { decoding, type Source } from "./read-source.ts";

/** How an image becomes square: cut to the part with the subject, or extended. */
export type SquareShape = "crop" | "pad";

/** The pixels of a square in sRGB, row by row, with straight alpha if they have alpha. */
export interface SquarePixels {
  readonly side: number;
  readonly channels: 1 | 2 | 3 | 4;
  readonly bits: 8 | 16;
  /** Samples of 16 bits are in the byte order of this machine. */
  readonly data: Uint8Array;
}

/** How a square is made. */
export interface SquareOptions {
  readonly shape: SquareShape;
  /** In pixels; undefined for what the image has. */
  readonly size: number | undefined;
  /** What a padded image is extended with: a CSS color. */
  readonly background: string;
  readonly sharp: SharpModule;
  /** The file, for what is said if it can't be decoded. */
  readonly bytes: Uint8Array;
}

/**
 * Makes an image square.
 *
 * @returns Its pixels, and what was done, as sentences.
 * @throws CliError if it can't be decoded, or the background is not a color.
 */
export async function squarePixels(
  source: Source,
  { shape, size, background, sharp, bytes }: SquareOptions,
): Promise<{ readonly pixels: SquarePixels; readonly steps: readonly string[] }> {
  const { width, height, bits } = source;
  const longest = Math.max(width, height);
  const isPadded = width !== height && shape === "pad";
  const own = isPadded ? longest : Math.min(width, height);
  const side = size ?? Math.min(own, maximumSide);
  const square = { width: side, height: side };
  const opened = source.open();
  const image = isPadded
    ? pad(() => opened.resize({ ...square, fit: "contain", background }).ensureAlpha(), background)
    : opened.resize({ ...square, fit: "cover", position: sharp.strategy.attention });
  const space = source.isGrey && !isPadded ? { 8: "b-w", 16: "grey16" }[bits] : { 8: "srgb", 16: "rgb16" }[bits];
  const { data, info } = await decoding(bytes, sharp, () =>
    image
      .toColourspace(space)
      .raw({ depth: bits === 16 ? "ushort" : "uchar" })
      .toBuffer({ resolveWithObject: true }),
  );
  const channels = info.channels as SquarePixels["channels"];
  const offset = -((width > height ? info.cropOffsetLeft : info.cropOffsetTop) ?? 0);
  const shapeStep = isPadded
    ? padStep(source, background)
    : cropStep({ ...source, lostAtStart: Math.round((offset * own) / side) });
  return {
    pixels: withoutOpaqueAlpha({ side, channels, bits, data }),
    steps: [
      ...(width === height ? [] : [shapeStep]),
      ...(side === own ? [] : [`Scaled it ${side < own ? "down" : "up"} from ${own}x${own} to ${side}x${side}.`]),
    ],
  };
}

function pad<Image>(resize: () => Image, background: string): Image {
  try {
    return resize();
  } catch (cause) {
    throw new CliError(`--background must be a color, not ${JSON.stringify(background)}.`, {
      exit: "usage",
      fix: "Pass a color of CSS, such as white, #ff8800 or transparent.",
      cause,
    });
  }
}

type Size = Pick<Source, "width" | "height">;

function padStep({ width, height }: Size, background: string): string {
  const side = Math.max(width, height);
  const first = Math.floor(Math.abs(width - height) / 2);
  const second = Math.abs(width - height) - first;
  const [start, end] = width > height ? ["above", "below"] : ["on the left", "on the right"];
  return `Padded ${width}x${height} to ${side}x${side} with ${background}: ${first} pixels ${start}, ${second} ${end}.`;
}

/** In pixels of the image as it was. */
function cropStep({ width, height, lostAtStart }: Size & { readonly lostAtStart: number }): string {
  const side = Math.min(width, height);
  const lost = Math.abs(width - height);
  const first = Math.max(0, Math.min(lost, lostAtStart));
  const [start, end] = width > height ? ["on the left", "on the right"] : ["at the top", "at the bottom"];
  const places = `${first} pixels ${start} and ${lost - first} ${end} are cut off`;
  return `Cropped ${width}x${height} to ${side}x${side} around the subject: ${places}.`;
}

/** Alpha that is opaque everywhere says nothing, and takes room. */
function withoutOpaqueAlpha(pixels: SquarePixels): SquarePixels {
  const { channels, bits, data, side } = pixels;
  if (channels === 1 || channels === 3) return pixels;
  const samples = samplesOf(pixels);
  const opaque = bits === 16 ? 65_535 : 255;
  for (let at = channels - 1; at < samples.length; at += channels) if (samples[at] !== opaque) return pixels;
  const kept = channels === 4 ? 3 : 1;
  const output = new (bits === 16 ? Uint16Array : Uint8Array)(side * side * kept);
  for (let from = 0, to = 0; from < samples.length; from += channels) {
    for (let channel = 0; channel < kept; channel++) output[to++] = samples[from + channel] ?? 0;
  }
  return { side, bits, channels: kept, data: new Uint8Array(output.buffer, 0, (data.length / channels) * kept) };
}

/** The samples as numbers. */
export function samplesOf({ bits, data }: SquarePixels): Uint8Array | Uint16Array {
  return bits === 16 ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2) : data;
}
