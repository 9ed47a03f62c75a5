import type { ImageLimits } from "../image-limits.ts";
import { checkCrc } from "./check-crc.ts";
import { checkSignature } from "./check-signature.ts";
import { chunkType } from "./chunk-type.ts";
import { crc32 } from "./crc32.ts";
import { reportFinding, type OpenInspection } from "./report-finding.ts";
import { uint32 } from "./uint32.ts";

/** What the IHDR chunk says (section 11.2.1). */
export interface PngHeader {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** Bits per sample, or per palette index. */
  readonly bitDepth: number;
  /** 0 greyscale, 2 truecolor, 3 indexed, 4 greyscale with alpha, 6 truecolor with alpha. */
  readonly colorType: number;
  /** Whether the pixels come in the seven passes of Adam7. */
  readonly interlaced: boolean;
}

/** The bytes of signature and IHDR chunk, its CRC included. */
export const headerLength = 33;

/** The most pixels that a side can have. */
const longest = 0x7fffffff;
const dimensions = "1 to 2147483647";
/** The bit depths that each color type can have. */
const bitDepths: { readonly [colorType: number]: readonly number[] } = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};
const ihdr = 0x49484452;

/**
 * Checks the first bytes of a picture: the signature, the IHDR chunk, and the limits on the shape.
 *
 * @param bytes The file, or its beginning: 512 bytes are enough.
 * @param inspection Takes the findings, and what IHDR says.
 * @returns What IHDR says, or undefined where there is no IHDR to read.
 */
export function checkHeader(bytes: Uint8Array, limits: ImageLimits, inspection: OpenInspection): PngHeader | undefined {
  if (!checkSignature(bytes, limits, inspection)) return undefined;
  const { length } = bytes;
  if (length < headerLength) {
    const most = `${headerLength} or more`;
    reportFinding(inspection, "truncated", length, null, "13.1", "number of bytes", length, most);
    return undefined;
  }
  const dataLength = uint32(bytes, 8);
  if (uint32(bytes, 12) !== ihdr || dataLength !== 13) {
    const type = chunkType(bytes, 12);
    const received = `${type} of ${dataLength} bytes`;
    reportFinding(inspection, "ihdr_invalid", 8, type, "11.2.1", "first chunk", received, "IHDR of 13 bytes");
    return undefined;
  }
  checkCrc(bytes, 29, "IHDR", crc32(bytes, 12, 29), inspection);
  const width = uint32(bytes, 16);
  const height = uint32(bytes, 20);
  const bitDepth = bytes[24]!;
  const colorType = bytes[25]!;
  const depths = bitDepths[colorType];
  if (!width || width > longest) reportField(inspection, "width", 16, width, dimensions);
  if (!height || height > longest) reportField(inspection, "height", 20, height, dimensions);
  if (!depths) reportField(inspection, "color type", 25, colorType, [0, 2, 3, 4, 6]);
  else if (!depths.includes(bitDepth)) reportField(inspection, "bit depth", 24, bitDepth, depths);
  if (bytes[26]) reportField(inspection, "compression method", 26, bytes[26], [0]);
  if (bytes[27]) reportField(inspection, "filter method", 27, bytes[27], [0]);
  if (bytes[28]! > 1) reportField(inspection, "interlace method", 28, bytes[28]!, [0, 1]);
  if (limits.square && width !== height) {
    const [less, more] = [Math.min(width, height), Math.max(width, height)];
    const fix = `Crop it to ${less}x${less}, or pad it to ${more}x${more}.`;
    const shape = `${width}x${height}`;
    reportFinding(inspection, "not_square", 16, "IHDR", null, "picture", shape, "square", "error", fix);
  }
  inspection.width = width;
  inspection.height = height;
  inspection.bitDepth = bitDepth;
  inspection.colorType = colorType;
  inspection.interlaced = bytes[28] === 1;
  return inspection as PngHeader;
}

function reportField(
  inspection: OpenInspection,
  field: string,
  offset: number,
  value: number,
  allowed: readonly number[] | string,
): void {
  const code = `${field.replace(" ", "_")}_invalid`;
  reportFinding(inspection, code, offset, "IHDR", "11.2.1", field, value, allowed);
}
