import type { PngHeader } from "./check-header.ts";
import type { PngStructure } from "./check-structure.ts";
import { concatenate } from "./concatenate.ts";
import { inflate } from "./inflate.ts";
import { nativeZlib } from "./native-zlib.ts";
import { passesOf } from "./passes-of.ts";
import { reportFinding, type OpenInspection } from "./report-finding.ts";
import { scanlineCheck, type ReportImageData } from "./scanline-check.ts";

/** What is inflated between two turns of everything else that waits. */
const turn = 16_777_216;

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
  const report: ReportImageData = (section, subject, received, allowed, severity) =>
    reportFinding(inspection, "IDAT", section, offset, subject, received, allowed, severity);
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (let index = 0; index < imageData.length; index += 2) {
    length += pieces[pieces.push(bytes.subarray(imageData[index], imageData[index + 1])) - 1]!.length;
  }
  // All of it is written to, so that clearing it before would take time for nothing.
  const memory = pieces[1] && (globalThis as Runtime).Buffer?.allocUnsafeSlow(length);
  const input = concatenate(pieces, length, memory);
  const [method = 0, flags = 0] = input;
  if ((method & 15) !== 8 || method >> 4 > 7 || (256 * method + flags) % 31 > 0 || flags & 32) {
    report("10.1", "zlib header", `${method} ${flags}`, "deflate with a window of 32 KiB at most");
    return;
  }
  const windowSize = 2 ** ((method >> 4) + 8);
  const passes = passesOf(header);
  const expected = passes.reduce((sum, [rows, rowLength]) => sum + rows * rowLength, 0);
  // Deflate makes 1032 bytes of one at most: a copy of 258 bytes takes two bits at least.
  if (expected > 1032 * length) {
    report("7.2", "image data", `${length} compressed bytes`, `enough for ${expected} bytes`);
    return;
  }
  const lines = scanlineCheck(header, passes, paletteEntries, report);
  let position: number | undefined;
  const { inflateSync } = nativeZlib();
  // Zlib of the runtime makes all of the output at once: more than 8 MiB would take memory that grows with the picture.
  // And it may not look at how far back a copy reaches, which can be too far only where the window is not the largest.
  if (inflateSync && expected <= 8_388_608 && (windowSize === 32_768 || expected <= windowSize)) {
    try {
      const options = { chunkSize: Math.max(64, expected + 1), maxOutputLength: expected, info: true } as const;
      const { buffer, engine } = inflateSync(input, options);
      if (buffer.length === expected) {
        lines.add(buffer);
        position = engine.bytesWritten;
      }
    } catch {
      // Then the inflater here says what it is.
    }
  }
  if (position === undefined) {
    const inflating = inflate(input, windowSize);
    let step = inflating.next();
    for (let next = turn; !step.done && lines.add(step.value); step = inflating.next()) {
      if (lines.received < next) continue;
      next += turn;
      await new Promise((resolve) => setTimeout(resolve));
    }
    position = length;
    if (lines.received > expected) {
      report("7.2", "image data", `more than ${expected} bytes`, `${expected} bytes`);
    } else if (step.done && step.value.fault) {
      report("10.1", "zlib stream", `broken by ${step.value.fault}`, "whole");
    } else if (lines.received < expected) {
      report("7.2", "image data", `${lines.received} bytes`, `${expected} bytes`);
    }
    if (step.done && !step.value.fault) ({ position } = step.value);
  }
  if (position < length) report("10.1", "data after zlib", `${length - position} bytes`, "0 bytes", "warning");
}

interface Runtime {
  readonly Buffer?: { readonly allocUnsafeSlow: (length: number) => Uint8Array };
}
