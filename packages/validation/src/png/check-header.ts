import type { ImageLimits } from "../image-limits.ts";
import { checkSignature, signatureLength } from "./check-signature.ts";
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

/** Signature and IHDR chunk, length, type and CRC included. */
export const headerLength: number = signatureLength + 25;

/** The bit depths that each color type can have. */
const bitDepths: { readonly [colorType: number]: readonly number[] } = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/**
 * Checks the first bytes of a picture: the signature, the IHDR chunk, and the limits on the shape.
 *
 * @param bytes The file, or its beginning: 512 bytes are enough.
 * @returns What IHDR says, or undefined where there is no IHDR to read.
 */
export function checkHeader(bytes: Uint8Array, limits: ImageLimits, log: FindingLog): PngHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!checkSignature(bytes, view, limits, log)) return undefined;
  if (bytes.length < headerLength) {
    log.error("truncated", [bytes.length, null, "5.6"], {
      message: `The file ends after ${bytes.length} bytes, before its first chunk does.`,
      received: bytes.length,
      allowed: headerLength,
    });
    return undefined;
  }
  if (view.getUint32(12) !== ihdr) {
    const type = String.fromCharCode(...bytes.subarray(12, 16));
    log.error("ihdr_not_first", [8, /^[a-z]{4}$/i.test(type) ? type : null, "5.6"], {
      message: `The first chunk is ${JSON.stringify(type)}, and must be IHDR.`,
      received: type,
      allowed: "IHDR",
    });
    return undefined;
  }
  const length = view.getUint32(8);
  if (length !== 13) {
    log.error("ihdr_length", [8, "IHDR", "11.2.1"], {
      message: `IHDR has ${length} bytes, and must have 13.`,
      received: length,
      allowed: 13,
    });
    return undefined;
  }
  const stored = view.getUint32(29);
  const computed = crc32(bytes, 12, 29);
  if (stored !== computed) log.crcMismatch(29, "IHDR", stored, computed);
  return checkFields(view, limits, log);
}

const ihdr = 0x49484452;
const maximumDimension = 0x7fffffff;

function checkFields(view: DataView, limits: ImageLimits, log: FindingLog): PngHeader {
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  const bitDepth = view.getUint8(24);
  const colorType = view.getUint8(25);
  const depths = bitDepths[colorType];
  checkDimension("width", width, 16, log);
  checkDimension("height", height, 20, log);
  if (!depths) {
    const allowed = Object.keys(bitDepths);
    log.error("color_type_invalid", [25, "IHDR", "11.2.1"], {
      message: `The color type is ${colorType}, and must be one of ${allowed.join(", ")}.`,
      received: colorType,
      allowed,
    });
  } else if (!depths.includes(bitDepth)) {
    log.error("bit_depth_invalid", [24, "IHDR", "11.2.1"], {
      message: `The bit depth is ${bitDepth}, and color type ${colorType} can have ${depths.join(", ")}.`,
      received: bitDepth,
      allowed: depths.map(String),
    });
  }
  checkMethod("compression", view.getUint8(26), 0, 26, log);
  checkMethod("filter", view.getUint8(27), 0, 27, log);
  checkMethod("interlace", view.getUint8(28), 1, 28, log);
  if (limits.square && width !== height) {
    const [less, more] = width < height ? [width, height] : [height, width];
    log.error("not_square", [16, "IHDR", null], {
      message: `The picture is ${width}x${height}, and must be square.`,
      received: `${width}x${height}`,
      allowed: "equal width and height",
      fix: `Crop it to ${less}x${less}, or pad it to ${more}x${more}.`,
    });
  }
  return { width, height, bitDepth, colorType, interlaced: view.getUint8(28) === 1 };
}

function checkDimension(name: string, value: number, offset: number, log: FindingLog): void {
  if (value > 0 && value <= maximumDimension) return;
  log.error("dimension_out_of_range", [offset, "IHDR", "11.2.1"], {
    message: `The ${name} is ${value}, and must be from 1 to ${maximumDimension}.`,
    received: value,
    allowed: maximumDimension,
  });
}

function checkMethod(name: string, value: number, maximum: number, offset: number, log: FindingLog): void {
  if (value <= maximum) return;
  log.error(`${name}_method_invalid`, [offset, "IHDR", "11.2.1"], {
    message: `The ${name} method is ${value}, and must be ${maximum ? "0 or 1" : "0"}.`,
    received: value,
    allowed: maximum,
  });
}
