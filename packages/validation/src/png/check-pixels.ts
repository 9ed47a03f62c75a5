import { count } from "../describe.ts";
import type { PngStructure } from "./check-structure.ts";
import { imagePasses } from "./image-passes.ts";
import type { FileInspection } from "./inspect-file.ts";
import { Scanlines, type ScanlinesOptions } from "./scanlines.ts";
import { atOnce, inTurns, type Steps } from "./turns.ts";
import { unclearedMemory } from "./uncleared-memory.ts";
import { Inflater, inputPadding } from "./zlib/inflater.ts";
import { inflateNatively, inflateNativelySync, type InflatedNatively, type ZlibStream } from "./zlib/native-inflate.ts";

/**
 * Checks the pixels of an image: the zlib stream in its IDAT chunks, that it holds exactly the bytes of the scanlines, and
 * what `Scanlines` checks.
 *
 * The runtime's own zlib is tried first, as it is faster. Whether the fault that it finds is one, and which, is decided by
 * the inflater here, alike in every runtime.
 *
 * @param signal Ends the check early, without an issue.
 */
export async function checkPixels(file: FileInspection, structure: PngStructure, signal?: AbortSignal): Promise<void> {
  const data = openImageData(file, structure);
  if (!data) return;
  await inTurns(followScanlines(data, await inflateNatively(data.stream)), signal);
}

/** The same, without a pause. */
export function checkPixelsSync(file: FileInspection, structure: PngStructure): void {
  const data = openImageData(file, structure);
  if (data) atOnce(followScanlines(data, inflateNativelySync(data.stream)));
}

/** The compressed image data, and the scanlines that it has to be. Issues have the place of the first IDAT chunk. */
interface ImageData extends ScanlinesOptions {
  readonly stream: ZlibStream;
}

/** Joins the image data, and checks what can be known before it is inflated. */
function openImageData(file: FileInspection, { imageData, paletteEntries }: PngStructure): ImageData | undefined {
  const { bytes, header, report } = file;
  const [first] = imageData;
  if (!first) return undefined;
  const place = { chunk: "IDAT", offset: first.start } as const;
  const length = imageData.reduce((sum, { start, end }) => sum + end - start, 0);
  const input = joinImageData(bytes, imageData, length);
  const [method = 0, flags = 0] = input.subarray(0, length);
  if ((method & 15) !== 8 || method >> 4 > 7 || (256 * method + flags) % 31 > 0 || flags & 32) {
    const allowed = "deflate with a window of at most 32 KiB";
    report("zlib_header_invalid", { ...place, received: `${method} ${flags}`, allowed });
    return undefined;
  }
  const passes = imagePasses(header);
  const expected = passes.reduce((sum, { rows, rowLength }) => sum + rows * rowLength, 0);
  // Deflate makes at most 1032 bytes of one: a copy of 258 bytes takes at least two bits.
  if (expected > 1032 * length) {
    const received = count(length, "compressed byte");
    report("image_data_too_short", { ...place, received, allowed: `enough for ${count(expected, "byte")}` });
    return undefined;
  }
  const windowSize = 2 ** ((method >> 4) + 8);
  return { stream: { input, length, windowSize, expected }, file, place, passes, expected, paletteEntries };
}

/** The data of all IDAT chunks in a row, and as many bytes after it as the inflater needs. */
function joinImageData(bytes: Uint8Array, ranges: PngStructure["imageData"], length: number): Uint8Array {
  const [first] = ranges;
  // After the data of a single chunk come its CRC and IEND, unless the file is broken.
  if (first && ranges.length === 1 && first.end + inputPadding <= bytes.length) {
    return bytes.subarray(first.start, first.end + inputPadding);
  }
  const joined = unclearedMemory(length + inputPadding);
  let offset = 0;
  for (const { start, end } of ranges) {
    joined.set(bytes.subarray(start, end), offset);
    offset += end - start;
  }
  return joined;
}

/** Follows the scanlines step by step, and reports what is wrong with the stream that they come from. */
function* followScanlines(data: ImageData, native: InflatedNatively | undefined): Steps<void> {
  const scanlines = new Scanlines(data, native?.output);
  if (native) {
    const { output } = native;
    for (let start = 0; start < output.length; start += nativeStep) {
      if (!scanlines.add(output.subarray(start, start + nativeStep))) break;
      yield;
    }
    reportStream(data, scanlines, native);
    return;
  }
  const inflater = new Inflater(data.stream);
  while (!inflater.ended && scanlines.add(inflater.step())) yield;
  reportStream(data, scanlines, inflater);
}

/** This many bytes of scanlines take less than a few milliseconds. */
const nativeStep = 262_144;

function reportStream(
  { stream: { length, expected }, file: { report }, place }: ImageData,
  { received, stopped }: Scanlines,
  { fault, position }: { readonly fault?: string | undefined; readonly position: number },
): void {
  if (stopped) return;
  const allowed = count(expected, "byte");
  if (received > expected) {
    report("image_data_too_long", { ...place, received: `more than ${allowed}`, allowed });
    return;
  }
  if (fault !== undefined) {
    report("zlib_stream_invalid", { ...place, received: fault, allowed: "a valid stream" });
    return;
  }
  if (received < expected) report("image_data_too_short", { ...place, received: count(received, "byte"), allowed });
  const left = length - position;
  if (left > 0) report("data_after_zlib_stream", { ...place, received: count(left, "byte"), allowed: "0 bytes" });
}
