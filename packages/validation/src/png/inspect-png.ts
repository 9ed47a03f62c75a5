import type { ImageSource } from "../image-source.ts";
import { openImageSource } from "../source/open-image-source.ts";
import { abortable, checkSignal } from "./abortable.ts";
import { checkPixels } from "./check-pixels.ts";
import { checkStructure } from "./check-structure.ts";
import { identifyFile } from "./identify-file.ts";
import { inspectImage, type LookDeeper } from "./inspect-image.ts";
import type { InspectHeaderOptions } from "./inspect-png-header.ts";
import {
  checkPixelCount,
  isSound,
  mayInflate,
  resolveDepth,
  type DepthOptions,
  type ResolvedDepth,
} from "./inspection-depth.ts";
import type { PngInspection } from "./png-inspection.ts";

/** How an image is looked into. */
export interface InspectOptions extends DepthOptions, Pick<InspectHeaderOptions, "limits"> {
  /** Ends the inspection early: it then rejects with the signal's reason, and a stream is cancelled. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Looks into an image, as deep as is wanted. A stream is read once, and no further than the limit; `source` of the
 * result is what to read it from afterwards. At depth `pixels` everything else that waits has its turn in between.
 *
 * @returns What was found. An image that is wrong is not an error that is thrown.
 * @throws TypeError if the source is nothing that an image can be read from, or an option is invalid.
 * @throws ImageReadError if reading it fails.
 */
export async function inspectPng(source: ImageSource, options?: InspectOptions): Promise<PngInspection> {
  const resolved = resolveDepth(options);
  const { limits } = resolved;
  const signal = options?.signal ?? undefined;
  checkSignal(signal);
  const image = openImageSource(source);
  const look = resolved.depth === "header" ? undefined : lookDeeper(resolved, signal);
  const inspecting = inspectImage({ source, image, limits, identify: identifyFile, look });
  return signal ? abortable(inspecting, signal, image.cancel) : inspecting;
}

/** Looks at the chunks, and at the pixels if they are asked for. */
function lookDeeper({ depth, limits, all, maxPixels }: ResolvedDepth, signal?: AbortSignal): LookDeeper {
  const { exclusiveMaximumBytes = Infinity } = limits;
  return async (header, image, inspection) => {
    const isPixels = depth === "pixels" && isSound(inspection);
    if (isPixels) checkPixelCount(header, maxPixels, inspection);
    // What is too large is not looked into further, and of a stream no more is read than the limit.
    if (image.byteLength !== null && image.byteLength >= exclusiveMaximumBytes) return undefined;
    const bytes = await image.read(exclusiveMaximumBytes);
    if (bytes.length >= exclusiveMaximumBytes) return bytes;
    const structure = checkStructure(bytes, header, inspection);
    if (isPixels && mayInflate(inspection, all)) {
      await checkPixels({ bytes, header, structure, inspection, all }, signal);
    }
    return bytes;
  };
}
