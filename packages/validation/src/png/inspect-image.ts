import type { ImageLimits } from "../image-limits.ts";
import type { ImageSource } from "../image-source.ts";
import type { OpenImage } from "../source/open-image-source.ts";
import { checkByteLength } from "./check-byte-length.ts";
import { checkHeader, type PngHeader } from "./check-header.ts";
import { identifyingBytes, type Identify } from "./identify-file.ts";
import { openInspection } from "./open-inspection.ts";
import type { PngInspection } from "./png-inspection.ts";
import type { OpenInspection } from "./report-finding.ts";

/** Looks beyond the header. Returns what it has read of the image, if it has read on. */
export type LookDeeper = (
  header: PngHeader,
  image: OpenImage,
  inspection: OpenInspection,
) => Promise<Uint8Array | undefined>;

/** An image, and how it is looked into. */
export interface ImageToInspect {
  readonly source: ImageSource;
  readonly image: OpenImage;
  readonly limits: ImageLimits;
  readonly identify?: Identify | undefined;
  readonly look?: LookDeeper | undefined;
}

/** Reads as much of an image as is needed, and looks into it. */
export async function inspectImage({ source, image, limits, identify, look }: ImageToInspect): Promise<PngInspection> {
  const inspection = openInspection(source);
  let bytes = await image.read(identifyingBytes);
  const header = checkHeader(bytes, limits, inspection, identify);
  if (header && look) bytes = (await look(header, image, inspection)) ?? bytes;
  checkByteLength(image.byteLength ?? bytes.length, limits, inspection);
  inspection.byteLength = image.byteLength;
  inspection.source = image.source();
  return inspection;
}
