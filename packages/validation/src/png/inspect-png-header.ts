import type { ImageLimits } from "../parameter-table.ts";
import type { ImageSource } from "../sources/image-source.ts";
import { openImageSource } from "../sources/open-image-source.ts";
import type { Identify } from "./identify-file.ts";
import { inspectImage } from "./inspect-image.ts";
import { createResult } from "./inspection.ts";
import { contractLimits } from "./inspection-options.ts";
import type { PngInspection } from "./png-inspection.ts";

/** Options of `inspectPngHeader`. */
export interface InspectHeaderOptions {
  /**
   * What is required of the image beyond being a PNG. Default: what POST /images/variations requires, a square with fewer
   * bytes than its maximum. `{}` requires nothing more.
   */
  readonly limits?: ImageLimits | undefined;
  /**
   * Identifies a file that isn't a PNG: `identifyFile`. Default: no identification, and a smaller bundle; the issue then
   * shows the file's first bytes, and if the limits accept formats beside PNG, there is no issue unless the file is empty.
   */
  readonly identify?: Identify | undefined;
}

/**
 * Inspects the first bytes of an image: the signature, the fields of IHDR, the shape, and the size if it is known without
 * reading on. CRCs are left to `inspectPng`. Reads no more than that of a Blob or a stream.
 *
 * @returns What was found. An invalid image is never thrown as an error.
 * @throws TypeError if an image can't be read from the source.
 * @throws ImageReadError if reading fails.
 */
export async function inspectPngHeader(source: ImageSource, options?: InspectHeaderOptions): Promise<PngInspection> {
  const { limits, identify } = options ?? {};
  const image = openImageSource(source);
  return inspectImage(image, { limits: limits ?? contractLimits, identify, result: createResult(source) });
}
