import type { PngHeader } from "./check-header.ts";
import type { PngStructure } from "./check-structure.ts";
import { imagePasses } from "./image-passes.ts";
import { inflateNatively, inflateNativelySync, type InflatedNatively, type ZlibStream } from "./native-inflate.ts";
import { reportFinding, type OpenInspection } from "./report-finding.ts";
import { Scanlines, type ReportImageData } from "./scanlines.ts";
import { createTurns } from "./turns.ts";
import { Inflater, inputPadding } from "./zlib/inflater.ts";

/** An image whose pixels are to be checked. */
export interface PixelCheck {
  /** The whole file. */
  readonly bytes: Uint8Array;
  /** What IHDR says; it must be without error. */
  readonly header: PngHeader;
  readonly structure: PngStructure;
  readonly inspection: OpenInspection;
  /** Whether to go on after the first error. */
  readonly all: boolean;
}

/**
 * Checks the pixels of an image: the zlib stream in its IDAT chunks, that it makes exactly the bytes of the scanlines,
 * and what `Scanlines` looks at.
 *
 * What the runtime has built in is asked first, as it is faster. Whether the fault that it finds is one, and which, is
 * decided by the inflater here, in every runtime alike, and in turns with everything else that waits.
 *
 * @param signal Ends the check early, without a finding.
 */
export async function checkPixels(check: PixelCheck, signal?: AbortSignal): Promise<void> {
  const data = openImageData(check);
  if (!data) return;
  const inflated = await inflateNatively(data.stream);
  const turns = createTurns();
  for (const _ of follow(data, inflated)) {
    if (signal?.aborted) return;
    if (turns.isOver()) await turns.next();
  }
}

/** The same, without letting anything else have its turn. */
export function checkPixelsSync(check: PixelCheck): void {
  const data = openImageData(check);
  if (data) Array.from(follow(data, inflateNativelySync(data.stream)));
}

interface ImageData {
  readonly stream: ZlibStream;
  readonly scanlines: Scanlines;
  readonly report: ReportImageData;
}

/** Puts the image data together and checks what can be known of it before it is inflated. */
function openImageData({ bytes, header, structure, inspection, all }: PixelCheck): ImageData | undefined {
  const { imageData, paletteEntries } = structure;
  const [first] = imageData;
  if (!first) return undefined;
  const report: ReportImageData = (finding) =>
    reportFinding(inspection, { chunk: "IDAT", offset: first.start, ...finding });
  const length = imageData.reduce((sum, { start, end }) => sum + end - start, 0);
  const input = joinImageData(bytes, imageData, length);
  const [method = 0, flags = 0] = input;
  if ((method & 15) !== 8 || method >> 4 > 7 || (256 * method + flags) % 31 > 0 || flags & 32) {
    const allowed = "deflate with a window of 32 KiB at most";
    report({ section: "10.1", subject: "zlib header", received: `${method} ${flags}`, allowed });
    return undefined;
  }
  const passes = imagePasses(header);
  const expected = passes.reduce((sum, { rows, rowLength }) => sum + rows * rowLength, 0);
  // Deflate makes 1032 bytes of one at most: a copy of 258 bytes takes two bits at least.
  if (expected > 1032 * length) {
    const received = `${length} compressed bytes`;
    report({ section: "7.2", subject: "image data", received, allowed: `enough for ${expected} bytes` });
    return undefined;
  }
  const scanlines = new Scanlines({ header, passes, expected, paletteEntries, all, report });
  return { stream: { input, length, windowSize: 2 ** ((method >> 4) + 8), expected }, scanlines, report };
}

/** The data of all IDAT chunks in a row, and as many bytes after it as the inflater asks for. */
function joinImageData(bytes: Uint8Array, ranges: PngStructure["imageData"], length: number): Uint8Array {
  const [first] = ranges;
  // Behind the data of a single chunk there are its CRC and IEND, unless the file is broken.
  if (first && ranges.length === 1 && first.end + inputPadding <= bytes.length) {
    return bytes.subarray(first.start, first.end + inputPadding);
  }
  // All of it is written to, so that clearing it before would take time for nothing.
  const { Buffer } = globalThis as Runtime;
  const joined = Buffer?.allocUnsafeSlow(length + inputPadding) ?? new Uint8Array(length + inputPadding);
  let offset = 0;
  for (const { start, end } of ranges) {
    joined.set(bytes.subarray(start, end), offset);
    offset += end - start;
  }
  return joined;
}

/** Follows the scanlines, step by step, and reports what is wrong with the stream that they come from. */
function* follow(data: ImageData, native: InflatedNatively | undefined): Generator<void, void, void> {
  const { stream, scanlines } = data;
  if (native) {
    const { output } = native;
    for (let start = 0; start < output.length; start += nativeStep) {
      if (!scanlines.add(output.subarray(start, start + nativeStep))) break;
      yield;
    }
    reportStream(data, native);
    return;
  }
  const inflater = new Inflater(stream);
  while (!inflater.ended && scanlines.add(inflater.step())) yield;
  reportStream(data, inflater);
}

/** So many bytes of scanlines take less than a few milliseconds. */
const nativeStep = 262_144;

function reportStream(
  { stream: { length, expected }, scanlines, report }: ImageData,
  { fault, position }: { readonly fault?: string | undefined; readonly position: number },
): void {
  const { received, stopped } = scanlines;
  if (stopped) return;
  const allowed = `${expected} bytes`;
  if (received > expected) {
    report({ section: "7.2", subject: "image data", received: `more than ${expected} bytes`, allowed });
    return;
  }
  if (fault !== undefined) {
    report({ section: "10.1", subject: "zlib stream", received: `broken by ${fault}`, allowed: "whole" });
    return;
  }
  if (received < expected) report({ section: "7.2", subject: "image data", received: `${received} bytes`, allowed });
  const left = length - position;
  if (left > 0) {
    report({
      section: "10.1",
      subject: "data after zlib",
      received: `${left} bytes`,
      allowed: "0 bytes",
      severity: "warning",
    });
  }
}

interface Runtime {
  readonly Buffer?: { readonly allocUnsafeSlow: (length: number) => Uint8Array };
}
