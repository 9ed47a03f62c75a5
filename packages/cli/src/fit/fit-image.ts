import { inspectPng } from "@image-variations/validation";
import { CliError } from "../command-line/cli-error.ts";
import { encodeWithin } from "./encode-within.ts";
import { exclusiveMaximumSize, largestOutput } from "./image-limits.ts";
import { loadSharp } from "../codec/load-sharp.ts";
import { readSource } from "./read-source.ts";
import { squarePixels, type SquareShape } from "./square-pixels.ts";

/** What is wanted of an image. */
export interface FitOptions {
  /** The side of the result in pixels. @default what the image has, or as much of it as fits */
  readonly size?: number | undefined;
  /** How an image that is not square becomes one. @default "crop" */
  readonly shape?: SquareShape | undefined;
  /** What a padded image is extended with: a CSS color. @default "transparent" */
  readonly background?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** An image that the endpoint accepts. */
export interface FittedImage {
  /** A PNG. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** In pixels. */
  readonly side: number;
  /** Whether the bytes are those that came in, because they were acceptable as they are. */
  readonly isUnchanged: boolean;
  /** What was done, as sentences with figures. */
  readonly steps: readonly string[];
}

/**
 * Makes an image that the endpoint accepts, from an image of any format that sharp reads, and loses no more than it must. An
 * image that would be accepted as it is stays as it is.
 *
 * @throws CliError if it can't be decoded, or doesn't fit at the size that was asked for.
 */
export async function fitImage(bytes: Uint8Array<ArrayBuffer>, options: FitOptions = {}): Promise<FittedImage> {
  const { size, shape = "crop", background = "transparent", signal } = options;
  const inspection = await inspectPng(bytes, { depth: "pixels", signal });
  if (inspection.valid && inspection.width !== null && (size === undefined || size === inspection.width)) {
    const side = inspection.width;
    const warnings = inspection.issues.map(({ message }) => message);
    return { bytes, side, isUnchanged: true, steps: ["It is accepted as it is; nothing was changed.", ...warnings] };
  }
  const sharp = await loadSharp();
  const source = await readSource(bytes, { sharp, drawnSide: size ?? largestOutput });
  signal?.throwIfAborted();
  const { pixels, steps } = await squarePixels(source, { shape, size, background, sharp, bytes });
  signal?.throwIfAborted();
  const below = exclusiveMaximumSize;
  const encoded = await encodeWithin(pixels, { sharp, below, mayScale: size === undefined, signal });
  if (!encoded) {
    throw new CliError(`At ${size}x${size} pixels the image does not fit into ${below} bytes, even with a palette.`, {
      exit: "invalidImage",
      fix: "Pass a smaller --size, or none for the largest that fits.",
    });
  }
  const result = await inspectPng(encoded.bytes, { depth: "pixels", signal });
  if (!result.valid)
    throw new Error(`The result is not accepted: ${result.issues.map(({ message }) => message).join(" ")}`);
  const format = source.format === "PNG" ? [] : [`Converted ${source.format} to PNG.`];
  return {
    bytes: encoded.bytes,
    side: encoded.side,
    isUnchanged: false,
    steps: [...format, ...source.steps, ...steps, ...encoded.steps],
  };
}
