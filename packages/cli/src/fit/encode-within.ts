import type { PngOptions, Sharp } from "sharp";
import { largestOutput } from "./image-limits.ts";
import type { SharpModule } from "../codec/load-sharp.ts";
import { samplesOf, type SquarePixels } from "./square-pixels.ts";

/** A PNG of a square, and what it took to make it small enough, as sentences. */
export interface EncodedImage {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** In pixels. */
  readonly side: number;
  readonly steps: readonly string[];
}

/** How pixels are encoded. */
export interface EncodeOptions {
  readonly sharp: SharpModule;
  /** The number of bytes that the file must stay below. */
  readonly below: number;
  /** Whether the image may become smaller. */
  readonly mayScale: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Encodes pixels as a PNG below a number of bytes, with as little loss as that takes: none if they fit; then 8 bits for a
 * channel; then fewer pixels, as long as they are as many as in the endpoint's largest image; then fewer pixels or a palette,
 * whichever changes the image less.
 *
 * @returns Undefined if the image doesn't fit without being scaled, and may not be.
 */
export async function encodeWithin(pixels: SquarePixels, options: EncodeOptions): Promise<EncodedImage | undefined> {
  const { sharp, below, mayScale } = options;
  const { side } = pixels;
  const deep = await encodeLosslessly(pixels, options);
  if (deep.length < below) return { bytes: deep, side, steps: [] };
  const isDeep = pixels.bits === 16;
  const reduced = isDeep ? await toEightBits(pixels, sharp) : pixels;
  const depthSteps = isDeep ? ["Reduced it from 16 to 8 bits for each channel."] : [];
  const lossless = isDeep ? await encodeLosslessly(reduced, options) : deep;
  if (lossless.length < below) return { bytes: lossless, side, steps: depthSteps };

  const scaled = mayScale ? await scaleWithin(reduced, lossless.length, options) : undefined;
  if (scaled && scaled.side >= largestOutput) return { ...scaled, steps: [...depthSteps, ...scaled.steps] };
  const palette = lossless.length < below * mostPaletteGain ? await paletteWithin(reduced, options) : undefined;
  const rated = await Promise.all(
    [scaled, palette]
      .filter((image) => image !== undefined)
      .map(async (image) => ({ image, difference: await differenceOf(image.bytes, reduced, sharp) })),
  );
  const [best] = rated.toSorted((left, right) => left.difference - right.difference);
  if (!best) return undefined;
  const difference = `A color value differs by ${best.difference.toFixed(1)} of 255 on average.`;
  return { ...best.image, steps: [...depthSteps, ...best.image.steps, difference] };
}

const paletteSize = 256;

/** A palette has a byte for each pixel in place of up to four: what is larger by more does not fit with one either. */
const mostPaletteGain = 5;

/** Photographs are smaller if each row has a filter of its own, drawings if none has. */
const filters: readonly PngOptions[] = [
  { compressionLevel: 6, adaptiveFiltering: true },
  { compressionLevel: 6, adaptiveFiltering: false },
];

/** The best compression takes five times as long, and gains at most so much. */
const lastGain = 1.15;

/** Encodes in the ways that lose nothing, until one fits. The result is the smallest. */
async function encodeLosslessly(pixels: SquarePixels, options: EncodeOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { sharp, below, signal } = options;
  const encode = async (filter: PngOptions): Promise<Buffer> => {
    signal?.throwIfAborted();
    return open(pixels, sharp).png(filter).toBuffer();
  };
  const sizes: { readonly filter: PngOptions; readonly bytes: Buffer }[] = [];
  for (const filter of filters) {
    const bytes = await encode(filter);
    if (bytes.length < below) return new Uint8Array(bytes);
    sizes.push({ filter, bytes });
  }
  const [smallest] = sizes.toSorted((left, right) => left.bytes.length - right.bytes.length);
  const { filter, bytes } = smallest as (typeof sizes)[number];
  if (hasFewColors(pixels)) {
    const exact = await encode({ palette: true, colours: paletteSize, dither: 0, effort: 10, compressionLevel: 9 });
    if (exact.length < bytes.length && (await isSame(exact, pixels, sharp))) return new Uint8Array(exact);
  }
  if (bytes.length >= below * lastGain) return new Uint8Array(bytes);
  const best = await encode({ ...filter, compressionLevel: 9 });
  return new Uint8Array(best.length < bytes.length ? best : bytes);
}

/** Whether a palette can have every color. */
function hasFewColors(pixels: SquarePixels): boolean {
  const { channels, bits } = pixels;
  if (bits === 16) return false;
  const samples = samplesOf(pixels);
  const colors = new Set<number>();
  for (let at = 0; at < samples.length && colors.size <= paletteSize; at += channels) {
    let color = 0;
    for (let channel = 0; channel < channels; channel++) color = color * 256 + (samples[at + channel] ?? 0);
    colors.add(color);
  }
  return colors.size <= paletteSize;
}

/** Whether a PNG has exactly these pixels. The palette is made by an algorithm that may join colors that are alike. */
async function isSame(png: Uint8Array, pixels: SquarePixels, sharp: SharpModule): Promise<boolean> {
  const decode = (image: Sharp): Promise<Buffer> => image.ensureAlpha().toColourspace("srgb").raw().toBuffer();
  const [after, before] = await Promise.all([
    decode(sharp(png, { limitInputPixels: false })),
    decode(open(pixels, sharp)),
  ]);
  return after.equals(before);
}

/** The largest side that fits, to a hundredth of it. */
async function scaleWithin(
  pixels: SquarePixels,
  byteLength: number,
  options: EncodeOptions,
): Promise<EncodedImage | undefined> {
  const { sharp, below, signal } = options;
  const { side } = pixels;
  const image = open(pixels, sharp);
  let best: { readonly bytes: Buffer; readonly side: number } | undefined;
  let tooLarge = side;
  // The size grows about as the number of pixels.
  let guess = Math.floor(side * Math.sqrt(below / byteLength));
  while (guess > (best?.side ?? 0) && guess < tooLarge) {
    signal?.throwIfAborted();
    // Scaling blurs, and makes a photograph of any drawing.
    const bytes = await image
      .clone()
      .resize(guess, guess)
      .png({ compressionLevel: 6, adaptiveFiltering: true })
      .toBuffer();
    const next = Math.round(guess * Math.sqrt((below * 0.998) / bytes.length));
    if (bytes.length < below) best = { bytes, side: guess };
    else tooLarge = guess;
    const low = best?.side ?? 0;
    if (tooLarge - low <= Math.max(1, low / 100)) break;
    // Between the two, but not so near to one of them that nothing is learned.
    const step = Math.ceil((tooLarge - low) / 8);
    guess = Math.max(low + step, Math.min(tooLarge - step, next));
  }
  if (!best) return undefined;
  const to = `${best.side}x${best.side}`;
  const step = `Scaled it down from ${side}x${side} to ${to}, the largest that stays below ${grouped.format(below)} bytes.`;
  return { bytes: new Uint8Array(best.bytes), side: best.side, steps: [step] };
}

const grouped = new Intl.NumberFormat("en");

/** A palette for the image at its size, or at the endpoint's largest, of which it shows all. */
async function paletteWithin(pixels: SquarePixels, options: EncodeOptions): Promise<EncodedImage | undefined> {
  const { sharp, below, mayScale } = options;
  const side = mayScale ? Math.min(pixels.side, largestOutput) : pixels.side;
  const image = open(pixels, sharp);
  const scaled = side === pixels.side ? image : image.resize(side, side);
  const bytes = await scaled.png({ palette: true, colours: paletteSize, compressionLevel: 9, effort: 4 }).toBuffer();
  options.signal?.throwIfAborted();
  if (bytes.length >= below) return undefined;
  return {
    bytes: new Uint8Array(bytes),
    side,
    steps: [
      ...(side === pixels.side ? [] : [`Scaled it down from ${pixels.side}x${pixels.side} to ${side}x${side}.`]),
      `Reduced it to a palette of ${paletteSize} colors.`,
    ],
  };
}

/** The mean difference of a channel to the pixels as they were, 0 to 255, at their size and as the eye sees alpha. */
async function differenceOf(bytes: Uint8Array, pixels: SquarePixels, sharp: SharpModule): Promise<number> {
  const side = Math.min(pixels.side, largestOutput);
  const seen = (image: Sharp): Promise<Buffer> =>
    image.resize(side, side, { fit: "fill" }).ensureAlpha().toColourspace("srgb").raw().toBuffer();
  const [after, before] = await Promise.all([seen(sharp(bytes)), seen(open(pixels, sharp))]);
  let sum = 0;
  for (let at = 0; at < before.length; at += 4) {
    const was = before[at + 3] ?? 0;
    const is = after[at + 3] ?? 0;
    for (let channel = 0; channel < 3; channel++) {
      sum += Math.abs((before[at + channel] ?? 0) * was - (after[at + channel] ?? 0) * is) / 255;
    }
    sum += Math.abs(was - is);
  }
  return sum / before.length;
}

async function toEightBits(pixels: SquarePixels, sharp: SharpModule): Promise<SquarePixels> {
  const space = pixels.channels < 3 ? "b-w" : "srgb";
  return {
    ...pixels,
    bits: 8,
    data: await open(pixels, sharp).toColourspace(space).raw({ depth: "uchar" }).toBuffer(),
  };
}

function open(pixels: SquarePixels, sharp: SharpModule): Sharp {
  const { side, channels, bits } = pixels;
  const image = sharp(samplesOf(pixels), {
    raw: { width: side, height: side, channels },
    limitInputPixels: false,
  });
  const isGrey = channels < 3;
  return image.toColourspace(bits === 16 ? (isGrey ? "grey16" : "rgb16") : isGrey ? "b-w" : "srgb");
}
