import type { ImageLimits } from "../image-limits.ts";
import { describeValue } from "../parameters/describe-value.ts";
import { sentence } from "../sentence.ts";
import type { PngHeader } from "./check-header.ts";
import { contractLimits } from "./contract-limits.ts";
import { reportFinding, type OpenInspection } from "./report-finding.ts";

/**
 * How deep to look into an image.
 *
 * - `header`: the signature, the fields of IHDR, the shape, and the size as far as it is known without reading on.
 * - `structure`: and every chunk, its length, CRC and place; what a damaged or truncated file fails at.
 * - `pixels`: and the compressed pixels, to the last byte; what no decoder fails at afterwards.
 */
export type InspectionDepth = "header" | "structure" | "pixels";

/** How deep an image is looked into, and how far that may go. */
export interface DepthOptions {
  /** How deep. Default: `structure`. */
  readonly depth?: InspectionDepth | undefined;
  /**
   * The most pixels that an image may have at depth `pixels`: one with more is an error, `too_many_pixels`, and is not
   * inflated. Default: 67,108,864 (2 ** 26, such as 8192x8192), 64 times the largest image that the API makes, and up to
   * two seconds of work. `Infinity` sets no limit.
   */
  readonly maxPixels?: number | undefined;
  /**
   * Whether depth `pixels` goes on after an error. Default: false: an image that has been rejected is not inflated, and
   * inflating stops at its first error.
   */
  readonly all?: boolean | undefined;
}

/** The same, with nothing left out. */
export interface ResolvedDepth {
  readonly depth: InspectionDepth;
  readonly limits: ImageLimits;
  readonly maxPixels: number;
  readonly all: boolean;
}

const depths: readonly InspectionDepth[] = ["header", "structure", "pixels"];
const defaultMaxPixels = 2 ** 26;

/**
 * Fills in what is left out.
 *
 * @throws TypeError if an option is invalid.
 */
export function resolveDepth(options?: DepthOptions & { readonly limits?: ImageLimits | undefined }): ResolvedDepth {
  const depth = options?.depth ?? "structure";
  const maxPixels = options?.maxPixels ?? defaultMaxPixels;
  if (!depths.includes(depth)) throw new TypeError(sentence("depth", describeValue(depth), depths));
  if (!(typeof maxPixels === "number" && maxPixels > 0)) {
    throw new TypeError(sentence("maxPixels", describeValue(maxPixels), "a number above 0"));
  }
  return { depth, limits: options?.limits ?? contractLimits, maxPixels, all: options?.all === true };
}

/** Checks that an image has no more pixels than may be inflated. */
export function checkPixelCount({ width, height }: PngHeader, maxPixels: number, inspection: OpenInspection): void {
  if (width * height <= maxPixels) return;
  reportFinding(inspection, {
    offset: 16,
    subject: "image",
    code: tooManyPixels,
    received: `${width}x${height}`,
    allowed: `${maxPixels} pixels or less, to be inflated`,
    fix: "Scale it down, or raise maxPixels.",
  });
}

/** Whether IHDR is without error, so that there are scanlines to expect: the contract's limits aren't about that. */
export function isSound({ findings }: OpenInspection): boolean {
  return findings.every(({ section }) => section === null);
}

/** Whether to inflate an image, by what was found in it so far. */
export function mayInflate({ valid, findings }: OpenInspection, all: boolean): boolean {
  return valid || (all && findings.every(({ code }) => code !== tooManyPixels));
}

const tooManyPixels = "too_many_pixels";
