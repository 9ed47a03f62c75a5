import { InvalidOptionError } from "./engine-error.ts";
import type { PixelImage, VariationOptions } from "./variation-options.ts";

/** Every option with a value, all of them checked. */
export interface Settings {
  readonly n: number;
  /** The size of each variation in pixels. */
  readonly width: number;
  readonly height: number;
  readonly strength: number;
  readonly remix: number | "auto";
  readonly flip: "auto" | "never" | "always";
  readonly tone: boolean;
  readonly seed: number;
  readonly workers: number;
}

const largestSide = 4096;
const defaultLargestSize = 1024;

/** Throws {@link InvalidOptionError} for the first thing that is invalid. */
export function resolveOptions(image: PixelImage, options: VariationOptions = {}): Settings {
  checkImage(image);
  if (typeof options !== "object" || options === null) {
    throw new InvalidOptionError("options", options, "an object, or nothing");
  }
  const { n = 1, size, strength = 0.6, remix = "auto", flip = "auto", tone = true, seed, workers } = options;
  checkInteger("n", n, 1, 10);
  const longer = Math.max(image.width, image.height);
  if (size !== undefined) checkInteger("size", size, 16, largestSide);
  const side = size ?? Math.min(longer, defaultLargestSize);
  checkNumber("strength", strength, 0, 1);
  if (remix !== "auto") checkNumber("remix", remix, 0, 1.1, ', or "auto"');
  if (!["auto", "never", "always"].includes(flip)) {
    throw new InvalidOptionError("flip", flip, '"auto", "never" or "always"');
  }
  if (typeof tone !== "boolean") throw new InvalidOptionError("tone", tone, "true or false");
  if (seed !== undefined) checkInteger("seed", seed, 0, 0xffffffff);
  if (workers !== undefined) checkInteger("workers", workers, 0, 64);
  if (options.signal !== undefined && !(options.signal instanceof AbortSignal)) {
    throw new InvalidOptionError("signal", options.signal, "an AbortSignal");
  }
  if (options.onProgress !== undefined && typeof options.onProgress !== "function") {
    throw new InvalidOptionError("onProgress", options.onProgress, "a function");
  }
  if (options.onWarning !== undefined && typeof options.onWarning !== "function") {
    throw new InvalidOptionError("onWarning", options.onWarning, "a function");
  }
  return {
    n,
    width: Math.max(1, Math.round((image.width * side) / longer)),
    height: Math.max(1, Math.round((image.height * side) / longer)),
    strength,
    remix,
    flip,
    tone,
    seed: seed ?? crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
    workers: Math.min(n, workers ?? coreCount()),
  };
}

/** The seed of the image with this index. */
export function seedOf({ seed }: Settings, index: number): number {
  return (seed + index) >>> 0;
}

function checkImage(image: PixelImage): void {
  if (typeof image !== "object" || image === null) {
    throw new InvalidOptionError("image", image, "an object with width, height and data");
  }
  checkInteger("image.width", image.width, 1, largestSide);
  checkInteger("image.height", image.height, 1, largestSide);
  const length = image.width * image.height * 4;
  const isBytes = image.data instanceof Uint8Array || image.data instanceof Uint8ClampedArray;
  if (!isBytes || image.data.length !== length) {
    throw new InvalidOptionError(
      "image.data",
      image.data,
      `a Uint8Array or Uint8ClampedArray of ${length} bytes: RGBA, ${image.width} × ${image.height} pixels`,
    );
  }
}

function checkNumber(option: string, value: unknown, least: number, most: number, or = ""): void {
  if (typeof value !== "number" || !(value >= least && value <= most)) {
    throw new InvalidOptionError(option, value, `a number from ${least} to ${most}${or}`);
  }
}

function checkInteger(option: string, value: unknown, least: number, most: number): void {
  if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) {
    throw new InvalidOptionError(option, value, `an integer from ${least} to ${most}`);
  }
}

function coreCount(): number {
  const cores = globalThis.navigator?.hardwareConcurrency;
  return Number.isInteger(cores) && cores > 0 ? Math.min(cores, 64) : 1;
}
