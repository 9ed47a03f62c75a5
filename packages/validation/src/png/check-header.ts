import type { ImageLimits } from "../image-limits.ts";
import { checkSignature } from "./check-signature.ts";
import { checkCrc } from "./check-crc.ts";
import { chunkType } from "./chunk-type.ts";
import type { FindingLog } from "./finding-log.ts";
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

/** The bit depths that each color type can have. */
const bitDepths: readonly (readonly number[] | undefined)[] = [
  [1, 2, 4, 8, 16],
  undefined,
  [8, 16],
  [1, 2, 4, 8],
  [8, 16],
  undefined,
  [8, 16],
];

const maximumDimension = 0x7fffffff;

/**
 * Checks the first bytes of a picture: the signature, the IHDR chunk, and the limits on the shape.
 *
 * @param bytes The file, or its beginning: 512 bytes are enough.
 * @returns What IHDR says, or undefined where there is no IHDR to read.
 */
export function checkHeader(bytes: Uint8Array, limits: ImageLimits, log: FindingLog): PngHeader | undefined {
  const { length } = bytes;
  if (!checkSignature(bytes, limits, log)) return undefined;
  if (length < headerLength) {
    log.add("truncated", [length, null, "13.1"], "number of bytes", length, `${headerLength} or more`);
    return undefined;
  }
  const dataLength = uint32(bytes, 8);
  if (uint32(bytes, 12) !== ihdr || dataLength !== 13) {
    const type = chunkType(bytes, 12);
    log.add("ihdr_invalid", [8, type, "11.2.1"], "first chunk", `${type} of ${dataLength} bytes`, "IHDR of 13 bytes");
    return undefined;
  }
  checkCrc(bytes, 12, 29, "IHDR", log);
  const width = uint32(bytes, 16);
  const height = uint32(bytes, 20);
  const bitDepth = bytes[24]!;
  const colorType = bytes[25]!;
  const depths = bitDepths[colorType];
  if (!width || width > maximumDimension) reportField(log, "width", 16, width, `1 to ${maximumDimension}`);
  if (!height || height > maximumDimension) reportField(log, "height", 20, height, `1 to ${maximumDimension}`);
  if (!depths) reportField(log, "color type", 25, colorType, [0, 2, 3, 4, 6]);
  else if (!depths.includes(bitDepth)) reportField(log, "bit depth", 24, bitDepth, depths);
  if (bytes[26]) reportField(log, "compression method", 26, bytes[26], [0]);
  if (bytes[27]) reportField(log, "filter method", 27, bytes[27], [0]);
  if (bytes[28]! > 1) reportField(log, "interlace method", 28, bytes[28]!, [0, 1]);
  if (limits.square && width !== height) {
    const less = Math.min(width, height);
    const more = Math.max(width, height);
    const fix = `Crop it to ${less}x${less}, or pad it to ${more}x${more}.`;
    log.add("not_square", [16, "IHDR"], "picture", `${width}x${height}`, "square", { fix });
  }
  return { width, height, bitDepth, colorType, interlaced: bytes[28] === 1 };
}

const ihdr = 0x49484452;

function reportField(
  log: FindingLog,
  field: string,
  offset: number,
  value: number,
  allowed: readonly number[] | string,
): void {
  log.add(`${field.replace(" ", "_")}_invalid`, [offset, "IHDR", "11.2.1"], field, value, allowed);
}
