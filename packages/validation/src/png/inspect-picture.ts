import type { ImageLimits } from "../image-limits.ts";
import type { ImageSource } from "../image-source.ts";
import { openImageSource, type OpenImage } from "../source/open-image-source.ts";
import { checkByteLength } from "./check-byte-length.ts";
import { checkHeader, type PngHeader } from "./check-header.ts";
import { identifyingBytes, type Identify } from "./identify-file.ts";
import { openInspection } from "./open-inspection.ts";
import type { PngInspection } from "./png-inspection.ts";
import type { OpenInspection } from "./report-finding.ts";

/**
 * Reads as much of a picture as is needed, and looks into it.
 *
 * @param look What there is to do beyond the header, where there is one. Returns what it has read, if it has read on.
 */
export async function inspectPicture(
  source: ImageSource,
  limits: ImageLimits,
  identify?: Identify,
  look?: (header: PngHeader, image: OpenImage, inspection: OpenInspection) => Promise<Uint8Array | undefined>,
): Promise<PngInspection> {
  const image = openImageSource(source);
  const inspection = openInspection(source);
  let bytes = await image.read(identifyingBytes);
  const header = checkHeader(bytes, limits, inspection, identify);
  if (header && look) bytes = (await look(header, image, inspection)) ?? bytes;
  checkByteLength(image.byteLength ?? bytes.length, limits, inspection);
  inspection.byteLength = image.byteLength;
  inspection.source = image.source();
  return inspection;
}
