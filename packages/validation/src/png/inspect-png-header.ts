import type { ImageLimits } from "../image-limits.ts";
import type { ImageSource } from "../image-source.ts";
import { openImageSource } from "../source/open-image-source.ts";
import { contractLimits } from "./contract-limits.ts";
import type { Identify } from "./identify-file.ts";
import { inspectImage } from "./inspect-image.ts";
import type { PngInspection } from "./png-inspection.ts";

/** How an image is looked into. */
export interface InspectHeaderOptions {
  /**
   * What is asked of the image beyond its being a PNG. Default: what POST /images/variations asks, a square and fewer
   * bytes than its maximum. `{}` asks for nothing more.
   */
  readonly limits?: ImageLimits | undefined;
  /**
   * How it is found out what a file is that isn't a PNG: `identifyFile`. Default: not at all, and a bundle is smaller; the
   * finding then shows the file's first bytes, and if the limits allow formats beside PNG, there is none
   * unless the file is empty.
   */
  readonly identify?: Identify | undefined;
}

/**
 * Looks at the first bytes of an image: the signature, the fields of IHDR, the shape, and the size if it can be known
 * without reading on. CRCs are left to `inspectPng`. Of a Blob or a stream, no more is read than that.
 *
 * @returns What was found. An image that is wrong is not an error that is thrown.
 * @throws TypeError if the source is nothing that an image can be read from.
 * @throws ImageReadError if reading it fails.
 */
export async function inspectPngHeader(source: ImageSource, options?: InspectHeaderOptions): Promise<PngInspection> {
  const { limits, identify } = options ?? {};
  return inspectImage({ source, image: openImageSource(source), limits: limits ?? contractLimits, identify });
}
