import type { PngHeader } from "./check-header.ts";
import type { PngStructure } from "./check-structure.ts";
import { concatenate } from "./concatenate.ts";
import { inflate } from "./inflate.ts";
import { mergeFindings } from "./merge-findings.ts";
import { nativeZlib } from "./native-zlib.ts";
import { openInspection } from "./open-inspection.ts";
import { reportFinding, type OpenInspection } from "./report-finding.ts";
import { scanlineCheck, type ScanlineCheck } from "./scanline-check.ts";

/** Deflate makes no more bytes than this of one: a copy of 258 bytes takes two bits at least. */
const largestRatio = 1032;
const largestWindow = 32768;
/** Zlib of the runtime makes all of the output at once. More than this would take memory that grows with the picture. */
const inOneGo = 2 ** 23;
/** What is inflated between two turns of everything else that waits. */
const turn = 2 ** 24;

/**
 * Checks the pixels of a picture: the zlib stream in its IDAT chunks, that it makes exactly the bytes of the scanlines,
 * and what `scanlineCheck` looks at.
 *
 * What the runtime has built in is asked first, as it is faster. It can only say that all is well: whether the fault
 * that it finds is one, and which, is decided by the inflater here, in every runtime alike.
 *
 * @param bytes The whole file.
 * @param header What IHDR says; it must be without error.
 */
export async function checkPixels(
  bytes: Uint8Array,
  header: PngHeader,
  { imageData, paletteEntries }: PngStructure,
  inspection: OpenInspection,
): Promise<void> {
  const [offset] = imageData;
  if (offset === undefined) return;
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (let index = 0; index < imageData.length; index += 2) {
    length += pieces[pieces.push(bytes.subarray(imageData[index], imageData[index + 1])) - 1]!.length;
  }
  const input = concatenate(pieces, length);
  let found = openInspection(bytes);
  const report = (
    code: string,
    subject: string,
    received: string | number,
    allowed: string | number,
    section = "10.1",
    severity?: "warning",
  ): void => reportFinding(inspection, code, offset, "IDAT", section, subject, received, allowed, severity);

  const [method = 0, flags = 0] = input;
  if ((method & 15) !== 8 || method >> 4 > 7 || (256 * method + flags) % 31 > 0 || flags & 32) {
    report("zlib_header_invalid", "zlib header", `${method} ${flags}`, "deflate with a window of 32 KiB at most");
    return;
  }
  const windowSize = 2 ** ((method >> 4) + 8);
  const startOver = (): ScanlineCheck => {
    found = openInspection(bytes);
    return scanlineCheck(header, paletteEntries, offset, found);
  };
  let lines = startOver();
  const { expected } = lines;
  const tooShort = (received: string, allowed: string): void =>
    report("image_data_too_short", "image data", received, allowed, "7.2");
  if (expected > largestRatio * length) {
    tooShort(`${length} compressed bytes`, `enough for ${expected} bytes`);
    return;
  }
  let position: number | undefined;
  const zlib = nativeZlib();
  // It may not look at how far back a copy reaches, which can be too far only where the window is small.
  if (zlib && expected <= inOneGo && (windowSize === largestWindow || expected <= windowSize)) {
    try {
      const options = { chunkSize: Math.max(64, expected + 1), maxOutputLength: expected, info: true } as const;
      const { buffer, engine } = zlib.inflateSync(input, options);
      lines.add(buffer);
      position = engine.bytesWritten;
    } catch {
      // Then the inflater here says what it is.
    }
  }
  if (position === undefined || lines.received !== expected) {
    lines = startOver();
    const inflating = inflate(input, windowSize);
    let step = inflating.next();
    for (let next = turn; !step.done && lines.add(step.value); step = inflating.next()) {
      if (lines.received < next) continue;
      next += turn;
      await new Promise((resolve) => setTimeout(resolve));
    }
    position = length;
    if (lines.received > expected) {
      report("image_data_too_long", "image data", `more than ${expected} bytes`, `${expected} bytes`, "7.2");
    } else if (step.done && step.value.fault) {
      report("zlib_stream_invalid", "zlib stream", `broken by ${step.value.fault}`, "whole");
    } else if (lines.received < expected) {
      tooShort(`${lines.received} bytes`, `${expected} bytes`);
    }
    if (step.done && !step.value.fault) ({ position } = step.value);
  }
  mergeFindings(inspection, found);
  if (position < length) {
    const subject = "number of bytes after the zlib stream";
    report("data_after_zlib_stream", subject, length - position, 0, undefined, "warning");
  }
}
