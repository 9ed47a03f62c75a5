import type { ImageLimits } from "../image-limits.ts";
import { checkSignature } from "./check-signature.ts";
import { chunkType } from "./chunk-type.ts";
import type { Finding } from "./finding.ts";
import type { Identify } from "./identify-file.ts";
import { reportFinding, reportTruncated, type OpenInspection } from "./report-finding.ts";
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
 * Checks the first bytes of an image: the signature, the IHDR chunk without its CRC, and the limits on the shape.
 *
 * @param bytes The file, or its beginning: 512 bytes are enough.
 * @param inspection Takes the findings, and what IHDR says.
 * @returns What IHDR says, or undefined if there is no IHDR to read.
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
    const { length } = bytes;
    reportTruncated(inspection, {
      where: `after ${length} bytes`,
      offset: length,
      received: length,
      allowed: "33 or more",
    });
    return undefined;
  }
  const ihdr = 0x49484452;
  const dataLength = uint32(bytes, 8);
  if (uint32(bytes, 12) !== ihdr || dataLength !== 13) {
    const received = `${chunkType(bytes, 12)} of ${dataLength} bytes`;
    const allowed = "IHDR of 13 bytes";
    reportFinding(inspection, { section: "11.2.1", offset: 8, subject: "first chunk", received, allowed });
    return undefined;
  }
  const width = uint32(bytes, 16);
  const height = uint32(bytes, 20);
  const [bitDepth = 0, colorType = 0, compression = 0, filter = 0, interlace = 0] = bytes.subarray(24, 29);
  const report = (offset: number, subject: string, received: number, allowed: Finding["allowed"]): void =>
    reportFinding(inspection, { chunk: "IHDR", section: "11.2.1", offset, subject, received, allowed });
  // As a signed number, what is beyond 2^31 - 1 is below zero.
  if ((width | 0) < 1) report(16, "width", width, dimensions);
  if ((height | 0) < 1) report(20, "height", height, dimensions);
  const depths = bitDepths[colorType];
  if (!depths) report(25, "color type", colorType, [0, 2, 3, 4, 6]);
  else if (!depths.includes(bitDepth)) report(24, "bit depth", bitDepth, depths);
  if (compression > 0) report(26, "compression method", compression, 0);
  if (filter > 0) report(27, "filter method", filter, 0);
  if (interlace > 1) report(28, "interlace method", interlace, [0, 1]);
  if (limits.square && width !== height) {
    reportFinding(inspection, {
      offset: 16,
      subject: "image",
      received: `${width}x${height}`,
      allowed: "square",
      code: "not_square",
      fix: "Crop or pad it to a square.",
    });
  }
  inspection.width = width;
  inspection.height = height;
  inspection.bitDepth = bitDepth;
  inspection.colorType = colorType;
  inspection.interlaced = interlace === 1;
  return inspection as PngHeader;
}
