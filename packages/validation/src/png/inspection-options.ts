import { describeInvalid } from "../describe.ts";
import { createImageVariation } from "../generated/parameter-tables.ts";
import type { ImageLimits } from "../parameter-table.ts";

/** What POST /images/variations requires of its image. */
export const contractLimits: ImageLimits = /* @__PURE__ */ createImageVariation.find(
  ({ kind }) => kind === "image",
) as ImageLimits;

/**
 * How deep to inspect an image.
 *
 * - `header`: the signature, the fields of IHDR, the shape, and the size as far as it is known without reading on.
 * - `structure`: and every chunk, its length, CRC and position: everything that a damaged or truncated file fails at.
 * - `pixels`: and the compressed pixels to the last byte, so that no decoder fails afterwards.
 */
export type InspectionDepth = "header" | "structure" | "pixels";

/** How deep to inspect an image, and the limits of that work. */
export interface DepthOptions {
  /** Default: `structure`. */
  readonly depth?: InspectionDepth | undefined;
  /**
   * The greatest number of pixels at depth `pixels`: an image with more is an error, `too_many_pixels`, and is not
   * decompressed. Default: 67,108,864 (2 ** 26, such as 8192x8192), 64 times the largest image that the API makes, and up
   * to two seconds of work. `Infinity` sets no limit.
   */
  readonly maxPixels?: number | undefined;
  /**
   * Whether depth `pixels` goes on after an error. Default: false, so that an image that has been rejected is not
   * decompressed, and decompression stops at its first error.
   */
  readonly all?: boolean | undefined;
}

/** The same, with every default filled in. */
export interface ResolvedDepth {
  readonly depth: InspectionDepth;
  readonly limits: ImageLimits;
  readonly maxPixels: number;
  readonly all: boolean;
}

const depths: readonly InspectionDepth[] = ["header", "structure", "pixels"];
/** 2 ** 26; a constant expression would stay in a bundle that doesn't use it. */
const defaultMaxPixels = 67_108_864;

/**
 * Fills in the defaults.
 *
 * @throws TypeError if an option is invalid.
 */
export function resolveDepth(options?: DepthOptions & { readonly limits?: ImageLimits | undefined }): ResolvedDepth {
  const depth = options?.depth ?? "structure";
  const maxPixels = options?.maxPixels ?? defaultMaxPixels;
  if (!depths.includes(depth)) throw new TypeError(describeInvalid("depth", depth, depths));
  if (!(typeof maxPixels === "number" && maxPixels > 0)) {
    throw new TypeError(describeInvalid("maxPixels", maxPixels, "a number above 0"));
  }
  return { depth, limits: options?.limits ?? contractLimits, maxPixels, all: options?.all === true };
}

/**
 * Checks that a signal, if there is one, is an AbortSignal and not aborted yet.
 *
 * @throws TypeError if it isn't a signal; the signal's reason if it is aborted.
 */
export function checkSignal(signal: AbortSignal | null | undefined): void {
  if (signal && typeof signal.throwIfAborted !== "function")
    throw new TypeError(describeInvalid("signal", signal, "an AbortSignal"));
  signal?.throwIfAborted();
}
