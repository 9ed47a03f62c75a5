import type { ImageLimits } from "../image-limits.ts";
import { checkSignature } from "./check-signature.ts";
import { checkCrc } from "./check-crc.ts";
import { chunkType } from "./chunk-type.ts";
import { crc32 } from "./crc32.ts";
import type { FindingLog } from "./finding-log.ts";

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
const bitDepths: { readonly [colorType: number]: readonly number[] } = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

const maximumDimension = 0x7fffffff;

/**
 * Checks the first bytes of a picture: the signature, the IHDR chunk, and the limits on the shape.
 *
 * @param bytes The file, or its beginning: 512 bytes are enough.
 * @returns What IHDR says, or undefined where there is no IHDR to read.
 */
export function checkHeader(bytes: Uint8Array, limits: ImageLimits, log: FindingLog): PngHeader | undefined {
  if (!checkSignature(bytes, limits, log)) return undefined;
  const { length } = bytes;
  if (length < headerLength) {
    log.add("truncated", [length, null, "13.1"], "number of bytes", length, `${headerLength} or more`);
    return undefined;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, headerLength);
  const type = chunkType(view, 12);
  const dataLength = view.getUint32(8);
  if (type !== "IHDR" || dataLength !== 13) {
    log.add("ihdr_invalid", [8, type, "11.2.1"], "first chunk", `${type} of ${dataLength} bytes`, "IHDR of 13 bytes");
    return undefined;
  }
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  const bitDepth = view.getUint8(24);
  const colorType = view.getUint8(25);
  const interlaceMethod = view.getUint8(28);
  const check = (field: string, offset: number, value: number, allowed: readonly number[] | string): void => {
    const valid = typeof allowed === "string" ? value > 0 && value <= maximumDimension : allowed.includes(value);
    if (!valid) log.add(`${field.replace(" ", "_")}_invalid`, [offset, type, "11.2.1"], field, value, allowed);
  };
  checkCrc(crc32(bytes, 12, 29), view, 29, type, log);
  check("width", 16, width, `1 to ${maximumDimension}`);
  check("height", 20, height, `1 to ${maximumDimension}`);
  check("color type", 25, colorType, [0, 2, 3, 4, 6]);
  check("bit depth", 24, bitDepth, bitDepths[colorType] ?? [bitDepth]);
  check("compression method", 26, view.getUint8(26), [0]);
  check("filter method", 27, view.getUint8(27), [0]);
  check("interlace method", 28, interlaceMethod, [0, 1]);
  if (limits.square && width !== height) {
    const less = Math.min(width, height);
    const more = Math.max(width, height);
    const fix = `Crop it to ${less}x${less}, or pad it to ${more}x${more}.`;
    log.add("not_square", [16, type], "picture", `${width}x${height}`, "square", { fix });
  }
  return { width, height, bitDepth, colorType, interlaced: interlaceMethod === 1 };
}
