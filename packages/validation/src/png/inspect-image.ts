import type { OpenImage } from "../sources/open-image-source.ts";
import { checkByteLength, checkHeader } from "./check-header.ts";
import { identifyingBytes } from "./identify-file.ts";
import type { Inspection } from "./inspection.ts";
import type { PngHeader, PngInspection } from "./png-inspection.ts";

/** Inspects an image beyond its header. Returns what it has read of the image, if it has read on. */
export type LookDeeper = (header: PngHeader, image: OpenImage) => Promise<Uint8Array | undefined>;

/** Reads as much of an image as is needed, and inspects it. */
export async function inspectImage(
  image: OpenImage,
  inspection: Inspection,
  lookDeeper?: LookDeeper,
): Promise<PngInspection> {
  const { result } = inspection;
  let bytes = await image.read(identifyingBytes);
  const header = checkHeader(bytes, inspection);
  if (header && lookDeeper) bytes = (await lookDeeper(header, image)) ?? bytes;
  checkByteLength(image.byteLength ?? bytes.length, inspection);
  result.byteLength = image.byteLength;
  result.source = image.source();
  return result;
}
