import type { ImageSource } from "../image-source.ts";
import { checkPixels } from "./check-pixels.ts";
import { checkStructure } from "./check-structure.ts";
import { contractLimits } from "./contract-limits.ts";
import { identifyFile } from "./identify-file.ts";
import { inspectPicture } from "./inspect-picture.ts";
import type { InspectHeaderOptions } from "./inspect-png-header.ts";
import type { PngInspection } from "./png-inspection.ts";

/**
 * How deep to look into a picture.
 *
 * - `header`: the signature, the fields of IHDR, the shape, and the size as far as it is known without reading on.
 * - `structure`: and every chunk, its length, CRC and place; what a damaged or truncated file fails at.
 * - `pixels`: and the compressed pixels, to the last byte; what no decoder fails at afterwards.
 */
export type InspectionDepth = "header" | "structure" | "pixels";

/** How a picture is looked into. */
export interface InspectOptions extends Pick<InspectHeaderOptions, "limits"> {
  /** How deep. Default: `structure`. */
  readonly depth?: InspectionDepth;
}

/**
 * Looks into a picture, as deep as is wanted. A stream is read once, and no further than the limit; `source` of the
 * result is what to read it from afterwards.
 *
 * @returns What was found. A picture that is wrong is no error that is thrown.
 * @throws TypeError where the source is nothing that a picture can be read from.
 * @throws ImageReadError where reading it fails.
 */
export function inspectPng(
  source: ImageSource,
  { depth = "structure", limits = contractLimits }: InspectOptions = {},
): Promise<PngInspection> {
  if (depth === "header") return inspectPicture(source, limits, identifyFile);
  return inspectPicture(source, limits, identifyFile, async (header, image, inspection) => {
    const { exclusiveMaximumBytes = Infinity } = limits;
    // What is too large is not looked into further, and of a stream no more is read than the limit.
    if (image.byteLength! >= exclusiveMaximumBytes) return undefined;
    const bytes = await image.read(exclusiveMaximumBytes);
    if (bytes.length < exclusiveMaximumBytes) {
      const headerIsSound = inspection.findings.every(({ code }) => code === "not_square");
      const structure = checkStructure(bytes, header, inspection);
      if (depth === "pixels" && headerIsSound) await checkPixels(bytes, header, structure, inspection);
    }
    return bytes;
  });
}
