import type { ImageLimits } from "../image-limits.ts";
import type { ImageSource } from "../image-source.ts";
import { contractLimits } from "./contract-limits.ts";
import type { Identify } from "./identify-file.ts";
import { inspectPicture } from "./inspect-picture.ts";
import type { PngInspection } from "./png-inspection.ts";

/** How a picture is looked into. */
export interface InspectHeaderOptions {
  /**
   * What is asked of the picture beyond its being a PNG. Default: what POST /images/variations asks, a square and fewer
   * bytes than its maximum. `{}` asks for nothing more.
   */
  readonly limits?: ImageLimits;
  /**
   * How it is found out what a file is that is no PNG: `identifyFile`. Default: not at all, and a bundle is smaller; the
   * finding then shows the file's first bytes, and where the limits allow formats beside PNG, there is none
   * unless the file is empty.
   */
  readonly identify?: Identify;
}

/**
 * Looks at the first bytes of a picture: the signature, the fields of IHDR, the shape, and the size where it can be known
 * without reading on. CRCs are left to `inspectPng`. Of a Blob or a stream, no more is read than that.
 *
 * @returns What was found. A picture that is wrong is no error that is thrown.
 * @throws TypeError where the source is nothing that a picture can be read from.
 * @throws ImageReadError where reading it fails.
 */
export function inspectPngHeader(
  source: ImageSource,
  { limits = contractLimits, identify }: InspectHeaderOptions = {},
): Promise<PngInspection> {
  return inspectPicture(source, limits, identify);
}
