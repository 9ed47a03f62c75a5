import type { ImageLimits } from "../image-limits.ts";
import { checkSignature } from "./check-signature.ts";
import { chunkType } from "./chunk-type.ts";
import type { Identify } from "./identify-file.ts";
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

const dimensions = "1 to 2147483647";
/** The bit depths that each color type can have. */
const bitDepths: { readonly [colorType: number]: readonly number[] } = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/**
 * Checks the first bytes of a picture: the signature, the IHDR chunk without its CRC, and the limits on the shape.
 *
 * @param bytes The file, or its beginning: 512 bytes are enough.
 * @param inspection Takes the findings, and what IHDR says.
 * @returns What IHDR says, or undefined where there is no IHDR to read.
 */
export function checkHeader(
  bytes: Uint8Array,
  limits: ImageLimits,
  inspection: OpenInspection,
  identify?: Identify,
): PngHeader | undefined {
  if (!checkSignature(bytes, limits, inspection, identify)) return undefined;
  // The signature, and the IHDR chunk with its CRC.
  if (bytes.length < 33) {
    reportFinding(
      inspection,
      null,
      "13.1",
      bytes.length,
      "number of bytes",
      bytes.length,
      "33 or more",
      "error",
      "truncated",
    );
    return undefined;
  }
  const ihdr = 0x49484452;
  const dataLength = uint32(bytes, 8);
  if (uint32(bytes, 12) !== ihdr || dataLength !== 13) {
    const received = `${chunkType(bytes, 12)} of ${dataLength} bytes`;
    reportFinding(inspection, null, "11.2.1", 8, "first chunk", received, "IHDR of 13 bytes");
    return undefined;
  }
  const width = uint32(bytes, 16);
  const height = uint32(bytes, 20);
  // As a signed number, what is beyond 2^31 - 1 is below zero.
  if ((width | 0) < 1) reportFinding(inspection, "IHDR", "11.2.1", 16, "width", width, dimensions);
  if ((height | 0) < 1) reportFinding(inspection, "IHDR", "11.2.1", 20, "height", height, dimensions);
  const bitDepth = bytes[24]!;
  const colorType = bytes[25]!;
  const depths = bitDepths[colorType];
  if (!depths) reportFinding(inspection, "IHDR", "11.2.1", 25, "color type", colorType, [0, 2, 3, 4, 6]);
  else if (!depths.includes(bitDepth)) reportFinding(inspection, "IHDR", "11.2.1", 24, "bit depth", bitDepth, depths);
  if (bytes[26]) reportFinding(inspection, "IHDR", "11.2.1", 26, "compression method", bytes[26], 0);
  if (bytes[27]) reportFinding(inspection, "IHDR", "11.2.1", 27, "filter method", bytes[27], 0);
  if (bytes[28]! > 1) reportFinding(inspection, "IHDR", "11.2.1", 28, "interlace method", bytes[28]!, [0, 1]);
  if (limits.square && width !== height) {
    reportFinding(
      inspection,
      null,
      null,
      16,
      "picture",
      `${width}x${height}`,
      "square",
      "error",
      "not_square",
      "Crop or pad it to a square.",
    );
  }
  inspection.width = width;
  inspection.height = height;
  inspection.bitDepth = bitDepth;
  inspection.colorType = colorType;
  inspection.interlaced = bytes[28] === 1;
  return inspection as PngHeader;
}
