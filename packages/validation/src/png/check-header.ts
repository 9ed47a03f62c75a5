import { count } from "../describe.ts";
import { byteAt, chunkType, hexadecimal, uint32 } from "./read-bytes.ts";
import { headerIssues, type HeaderIssues } from "./header-issues.ts";
import { createReport, type Inspection, type InspectionResult } from "./inspection.ts";
import type { Report } from "./issue-table.ts";
import type { PngHeader } from "./png-inspection.ts";

const ihdr = 0x49484452;
const dimensions = "1 to 2147483647";
/** The bit depths of each color type. */
const bitDepths: { readonly [colorType: number]: readonly number[] } = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/**
 * Checks the first bytes of an image: the signature, the IHDR chunk without its CRC, and the limits of the shape.
 *
 * @param bytes The file, or its beginning: 512 bytes are enough.
 * @returns The fields of IHDR, or undefined if there is no IHDR to read.
 */
export function checkHeader(bytes: Uint8Array, inspection: Inspection): PngHeader | undefined {
  const report = createReport(headerIssues, inspection.result);
  if (!hasSignature(bytes)) {
    checkFormat(bytes, inspection, report);
    return undefined;
  }
  // The signature, and the IHDR chunk with its CRC.
  if (bytes.length < 33) {
    const { length } = bytes;
    report("truncated", {
      where: `after ${count(length, "byte")}`,
      offset: length,
      received: length,
      allowed: "at least 33 bytes",
    });
    return undefined;
  }
  const length = uint32(bytes, 8);
  if (uint32(bytes, 12) !== ihdr || length !== 13) {
    const received = `${chunkType(bytes, 12)} of ${count(length, "byte")}`;
    report("first_chunk_invalid", { offset: 8, received, allowed: "IHDR of 13 bytes" });
    return undefined;
  }
  const { limits, result } = inspection;
  const header = readHeader(bytes, result, report);
  const { width, height } = header;
  if (limits.square && width !== height) {
    report("not_square", { offset: 16, received: `${width}x${height}`, allowed: "square" });
  }
  return header;
}

/** Reads the fields of IHDR into the result, and checks each. */
function readHeader(bytes: Uint8Array, result: InspectionResult, report: Report<HeaderIssues>): PngHeader {
  const width = uint32(bytes, 16);
  const height = uint32(bytes, 20);
  const bitDepth = byteAt(bytes, 24);
  const colorType = byteAt(bytes, 25);
  const compression = byteAt(bytes, 26);
  const filter = byteAt(bytes, 27);
  const interlace = byteAt(bytes, 28);
  const chunk = "IHDR";
  // As a signed number, anything beyond 2^31 - 1 is negative.
  if ((width | 0) < 1) report("width_invalid", { chunk, offset: 16, received: width, allowed: dimensions });
  if ((height | 0) < 1) report("height_invalid", { chunk, offset: 20, received: height, allowed: dimensions });
  const allowed = bitDepths[colorType];
  if (!allowed) report("color_type_invalid", { chunk, offset: 25, received: colorType, allowed: [0, 2, 3, 4, 6] });
  else if (!allowed.includes(bitDepth)) report("bit_depth_invalid", { chunk, offset: 24, received: bitDepth, allowed });
  if (compression > 0) report("compression_method_invalid", { chunk, offset: 26, received: compression, allowed: 0 });
  if (filter > 0) report("filter_method_invalid", { chunk, offset: 27, received: filter, allowed: 0 });
  if (interlace > 1) report("interlace_method_invalid", { chunk, offset: 28, received: interlace, allowed: [0, 1] });
  result.width = width;
  result.height = height;
  result.bitDepth = bitDepth;
  result.colorType = colorType;
  result.interlaced = interlace === 1;
  return result as PngHeader;
}

/** Whether a file begins with the signature of a PNG (section 5.2). */
function hasSignature(bytes: Uint8Array): boolean {
  return uint32(bytes, 0) === 0x89504e47 && uint32(bytes, 4) === 0x0d0a1a0a;
}

/** Reports what a file is that isn't a PNG, unless it is of another accepted format. */
function checkFormat(bytes: Uint8Array, { limits, identify }: Inspection, report: Report<HeaderIssues>): void {
  const { mediaTypes = ["image/png"] } = limits;
  if (bytes.length === 0) return report("empty", { received: "empty", allowed: mediaTypes });
  const { type = `unknown (${hexadecimal(bytes, 0)})`, fix } = identify?.(bytes) ?? {};
  // If other formats are accepted and the file is not identified, it may be one of them.
  const isKnown = identify || mediaTypes.length < 2;
  if (isKnown && !mediaTypes.includes(type)) report("not_png", { received: type, allowed: mediaTypes, fix });
}

/**
 * Checks the size of a file.
 *
 * @param byteLength As far as it is known: for a stream that was not read to its end, what was read so far.
 */
export function checkByteLength(byteLength: number, { limits, result }: Inspection): void {
  const { exclusiveMaximumBytes = Infinity, warningFromBytes = Infinity } = limits;
  const code = byteLength >= exclusiveMaximumBytes ? "too_large" : "nearly_too_large";
  const limit = code === "too_large" ? exclusiveMaximumBytes : warningFromBytes;
  if (byteLength < limit) return;
  const allowed = `less than ${count(limit, "byte")}`;
  createReport(headerIssues, result)(code, { offset: limit, received: count(byteLength, "byte"), allowed });
}
