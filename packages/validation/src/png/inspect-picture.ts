import type { ImageLimits } from "../image-limits.ts";
import type { ImageSource } from "../image-source.ts";
import { openImageSource } from "../source/open-image-source.ts";
import { checkByteLength } from "./check-byte-length.ts";
import { checkHeader, type PngHeader } from "./check-header.ts";
import { identifyingBytes } from "./check-signature.ts";
import { openInspection } from "./open-inspection.ts";
import type { PngInspection } from "./png-inspection.ts";
import type { OpenInspection } from "./report-finding.ts";

/**
 * Reads as much of a picture as is needed, and looks into it.
 *
 * @param look What there is to do beyond the header. A file that is no PNG, or too large, is not looked into further, and
 * of a stream no more is read than the limit.
 */
export async function inspectPicture(
  source: ImageSource,
  limits: ImageLimits,
  look?: (bytes: Uint8Array, header: PngHeader, inspection: OpenInspection) => void | Promise<void>,
): Promise<PngInspection> {
  const image = openImageSource(source);
  const { exclusiveMaximumBytes = Infinity } = limits;
  const inspection = openInspection(source);
  let bytes = await image.read(identifyingBytes);
  const header = checkHeader(bytes, limits, inspection);
  const size = (): number => image.byteLength ?? bytes.length;
  if (header && look && size() < exclusiveMaximumBytes) {
    bytes = await image.read(exclusiveMaximumBytes);
    if (size() < exclusiveMaximumBytes) await look(bytes, header, inspection);
  }
  checkByteLength(size(), limits, inspection);
  inspection.byteLength = image.byteLength;
  inspection.source = image.source();
  return inspection;
}
