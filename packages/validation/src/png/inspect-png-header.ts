import type { ImageLimits } from "../image-limits.ts";
import type { ImageSource } from "../image-source.ts";
import { openImageSource } from "../source/open-image-source.ts";
import { checkByteLength } from "./check-byte-length.ts";
import { checkHeader } from "./check-header.ts";
import { contractLimits } from "./contract-limits.ts";
import { FindingLog } from "./finding-log.ts";
import { identifyingBytes } from "./identify-format.ts";
import type { PngInspection } from "./png-inspection.ts";
import { toInspection } from "./to-inspection.ts";

/** How a picture is looked into. */
export interface InspectHeaderOptions {
  /**
   * What is asked of the picture beyond its being a PNG. Default: what POST /images/variations asks, a square and fewer
   * bytes than its maximum. `{}` asks for nothing more.
   */
  readonly limits?: ImageLimits;
}

/**
 * Looks at the first bytes of a picture: the signature, the IHDR chunk, the shape, and the size where it can be known
 * without reading on. Of a Blob or a stream, no more is read than that.
 *
 * @returns What was found. A picture that is wrong is no error that is thrown.
 * @throws TypeError where the source is nothing that a picture can be read from.
 * @throws ImageReadError where reading it fails.
 */
export async function inspectPngHeader(
  source: ImageSource,
  { limits = contractLimits() }: InspectHeaderOptions = {},
): Promise<PngInspection> {
  const image = openImageSource(source);
  const bytes = await image.read(identifyingBytes);
  const log = new FindingLog();
  const header = checkHeader(bytes, limits, log);
  checkByteLength(image.byteLength ?? bytes.length, limits, log);
  return toInspection(header, image, log);
}
