import type { ImageSource } from "../image-source.ts";
import { checkPixels } from "./check-pixels.ts";
import { checkStructure } from "./check-structure.ts";
import { identifyFile } from "./identify-file.ts";
import { inspectImage } from "./inspect-image.ts";
import type { InspectHeaderOptions } from "./inspect-png-header.ts";
import { checkPixelCount, mayInflate, resolveDepth, type DepthOptions } from "./inspection-depth.ts";
import type { PngInspection } from "./png-inspection.ts";

/** How an image is looked into. */
export interface InspectOptions extends DepthOptions, Pick<InspectHeaderOptions, "limits" | "signal"> {}

/**
 * Looks into an image, as deep as is wanted. A stream is read once, and no further than the limit; `source` of the
 * result is what to read it from afterwards. At depth `pixels` everything else that waits has its turn in between.
 *
 * @returns What was found. An image that is wrong is not an error that is thrown.
 * @throws TypeError if the source is nothing that an image can be read from, or an option is invalid.
 * @throws ImageReadError if reading it fails.
 */
export async function inspectPng(source: ImageSource, options?: InspectOptions): Promise<PngInspection> {
  const { depth, limits, all, maxPixels } = resolveDepth(options);
  const signal = options?.signal;
  const common = { limits, identify: identifyFile, signal };
  if (depth === "header") return inspectImage(source, common);
  return inspectImage(source, common, async (header, image, inspection) => {
    const { exclusiveMaximumBytes = Infinity } = limits;
    const headerIsSound = inspection.findings.every(({ section }) => section === null);
    if (depth === "pixels" && headerIsSound) checkPixelCount(header, maxPixels, inspection);
    // What is too large is not looked into further, and of a stream no more is read than the limit.
    if (image.byteLength !== null && image.byteLength >= exclusiveMaximumBytes) return undefined;
    const bytes = await image.read(exclusiveMaximumBytes);
    if (bytes.length >= exclusiveMaximumBytes) return bytes;
    const structure = checkStructure(bytes, header, inspection);
    if (depth === "pixels" && headerIsSound && mayInflate(inspection, all)) {
      await checkPixels({ bytes, header, structure, inspection, all }, signal);
    }
    return bytes;
  });
}
