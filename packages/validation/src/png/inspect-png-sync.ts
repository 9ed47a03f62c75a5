import { describeValue } from "../parameters/describe-value.ts";
import { sentence } from "../sentence.ts";
import { bytesOf } from "../source/bytes-of.ts";
import { checkByteLength } from "./check-byte-length.ts";
import { checkHeader } from "./check-header.ts";
import { checkPixelsSync } from "./check-pixels.ts";
import { checkStructure } from "./check-structure.ts";
import { identifyFile } from "./identify-file.ts";
import type { InspectHeaderOptions } from "./inspect-png-header.ts";
import { checkPixelCount, isSound, mayInflate, resolveDepth, type DepthOptions } from "./inspection-depth.ts";
import { openInspection } from "./open-inspection.ts";
import type { PngInspection } from "./png-inspection.ts";

/** How bytes are looked into at once. */
export interface InspectSyncOptions extends DepthOptions, Pick<InspectHeaderOptions, "limits"> {}

/**
 * Looks into an image that is in memory, as `inspectPng` does, without a promise. Nothing else goes on meanwhile: at
 * depth `pixels` that can be seconds for the largest image that `maxPixels` lets through.
 *
 * @throws TypeError if it isn't bytes, or an option is invalid.
 */
export function inspectPngSync(source: Uint8Array, options?: InspectSyncOptions): PngInspection {
  const { depth, limits, all, maxPixels } = resolveDepth(options);
  const bytes = bytesOf(source);
  if (!bytes) throw new TypeError(sentence("The image", describeValue(source), "bytes"));
  const inspection = openInspection(source);
  const header = checkHeader(bytes, limits, inspection, identifyFile);
  const isPixels = depth === "pixels" && isSound(inspection);
  if (header && isPixels) checkPixelCount(header, maxPixels, inspection);
  const isTooLarge = bytes.length >= (limits.exclusiveMaximumBytes ?? Infinity);
  if (header && depth !== "header" && !isTooLarge) {
    const structure = checkStructure(bytes, header, inspection);
    if (isPixels && mayInflate(inspection, all)) checkPixelsSync({ bytes, header, structure, inspection, all });
  }
  checkByteLength(bytes.length, limits, inspection);
  inspection.byteLength = bytes.length;
  return inspection;
}
