import type { ImageLimits } from "../image-limits.ts";
import type { ImageSource } from "../image-source.ts";
import { openImageSource } from "../source/open-image-source.ts";
import { checkByteLength } from "./check-byte-length.ts";
import { checkHeader, type PngHeader } from "./check-header.ts";
import { FindingLog } from "./finding-log.ts";
import { identifyingBytes } from "./identify-format.ts";
import type { PngInspection } from "./png-inspection.ts";

/** Looks further into a PNG, of which there is the whole file. */
export type DeeperLook = (bytes: Uint8Array, header: PngHeader, log: FindingLog) => void | Promise<void>;

/**
 * Reads as much of a picture as is needed, and looks into it.
 *
 * @param look What there is to do beyond the header. A file that is no PNG, or too large, is not looked into further, and
 * of a stream no more is read than the limit.
 */
export async function inspectPicture(
  source: ImageSource,
  limits: ImageLimits,
  look?: DeeperLook,
): Promise<PngInspection> {
  if (source instanceof Uint8Array && !look) return inspectBytes(source, limits);
  const image = openImageSource(source);
  const { exclusiveMaximumBytes = Infinity } = limits;
  const log = new FindingLog();
  let bytes = await image.read(identifyingBytes);
  const header = checkHeader(bytes, limits, log);
  const tooLarge = (): boolean => (image.byteLength ?? bytes.length) >= exclusiveMaximumBytes;
  if (header && look && !tooLarge()) {
    bytes = await image.read(exclusiveMaximumBytes);
    if (!tooLarge()) await look(bytes, header, log);
  }
  checkByteLength(image.byteLength ?? bytes.length, limits, log);
  return toInspection(header, image.byteLength, log, image.source());
}

/** The same for what is in memory already, without waiting. */
export function inspectBytes(
  bytes: Uint8Array,
  limits: ImageLimits,
  look?: (bytes: Uint8Array, header: PngHeader, log: FindingLog) => void,
): PngInspection {
  const log = new FindingLog();
  const header = checkHeader(bytes, limits, log);
  if (header && look && !(bytes.length >= limits.exclusiveMaximumBytes!)) look(bytes, header, log);
  checkByteLength(bytes.length, limits, log);
  return toInspection(header, bytes.length, log, bytes);
}

function toInspection(
  header: PngHeader | undefined,
  byteLength: number | null,
  { findings, errorCount, warningCount }: FindingLog,
  source: ImageSource,
): PngInspection {
  const valid = errorCount === 0;
  const { width, height, bitDepth, colorType, interlaced } = header ?? unknown;
  return {
    valid,
    width,
    height,
    bitDepth,
    colorType,
    interlaced,
    byteLength,
    findings,
    errorCount,
    warningCount,
    source,
  };
}

const unknown = { width: null, height: null, bitDepth: null, colorType: null, interlaced: null };
