import { describeInvalid } from "../describe.ts";
import { bytesOf } from "../sources/bytes-of.ts";
import { checkByteLength, checkHeader } from "./check-header.ts";
import { checkPixelsSync } from "./check-pixels.ts";
import { checkStructure } from "./check-structure.ts";
import { identifyFile } from "./identify-file.ts";
import { includesPixels, inspectFile } from "./inspect-file.ts";
import type { InspectHeaderOptions } from "./inspect-png-header.ts";
import { createResult } from "./inspection.ts";
import { resolveDepth, type DepthOptions } from "./inspection-options.ts";
import type { PngInspection } from "./png-inspection.ts";
import { atOnce } from "./turns.ts";

/** Options of `inspectPngSync`. */
export interface InspectSyncOptions extends DepthOptions, Pick<InspectHeaderOptions, "limits"> {}

/**
 * Inspects an image in memory as `inspectPng` does, without a promise. It blocks the thread: at depth `pixels` for seconds
 * if the image is the largest that `maxPixels` allows.
 *
 * @throws TypeError if the source isn't bytes, or an option is invalid.
 */
export function inspectPngSync(source: Uint8Array, options?: InspectSyncOptions): PngInspection {
  const resolved = resolveDepth(options);
  const { depth, limits, all } = resolved;
  // Creating a view would take longer than checking the header.
  const bytes = ArrayBuffer.isView(source) && source instanceof Uint8Array ? source : bytesOf(source);
  if (!bytes) throw new TypeError(describeInvalid("The image", source, "bytes"));
  const result = createResult(source);
  const inspection = { limits, identify: identifyFile, result };
  const header = checkHeader(bytes, inspection);
  const isPixels = header && includesPixels(header, resolved, inspection);
  const isTooLarge = bytes.length >= (limits.exclusiveMaximumBytes ?? Infinity);
  if (header && depth !== "header" && !isTooLarge) {
    const file = inspectFile(bytes, header, { ...inspection, all });
    const structure = atOnce(checkStructure(file));
    if (isPixels && (all || result.valid)) checkPixelsSync(file, structure);
  }
  checkByteLength(bytes.length, inspection);
  result.byteLength = bytes.length;
  return result;
}
