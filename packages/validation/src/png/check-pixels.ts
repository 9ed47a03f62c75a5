import type { PngHeader } from "./check-header.ts";
import type { PngStructure } from "./check-structure.ts";
import { concatenate } from "./concatenate.ts";
import { FindingLog } from "./finding-log.ts";
import { inflate } from "./inflate.ts";
import { inflateNatively } from "./inflate-natively.ts";
import { scanlineCheck } from "./scanline-check.ts";

/** Deflate makes no more bytes than this of one: a copy of 258 bytes takes two bits at least. */
const largestRatio = 1032;

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
  log: FindingLog,
): Promise<void> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (let index = 0; index < imageData.length; index += 2) {
    const piece = bytes.subarray(imageData[index], imageData[index + 1]);
    pieces.push(piece);
    length += piece.length;
  }
  const [offset] = imageData;
  if (offset === undefined) return;
  const complain = (
    code: string,
    subject: string,
    received: string | number,
    allowed: string,
    section = "10.1",
  ): void => log.add(code, [offset, "IDAT", section], subject, received, allowed);

  const [method = 0, flags = 0] = concatenate(pieces, Math.min(length, 2));
  if ((method & 15) !== 8 || method >> 4 > 7 || (256 * method + flags) % 31 > 0 || flags & 32) {
    complain("zlib_header_invalid", "zlib header", `${method} ${flags}`, "deflate with a window of 32 KiB at most");
    return;
  }
  const windowSize = 2 ** ((method >> 4) + 8);
  let findings = new FindingLog();
  let lines = scanlineCheck(header, paletteEntries, offset, findings);
  const { expected } = lines;
  if (expected > largestRatio * length) {
    complain("image_data_too_short", "image data", `${length} compressed bytes`, `enough for ${expected} bytes`, "7.2");
    return;
  }
  let position: number | undefined;
  // A runtime may not look at how far back a copy reaches, which can be too far only where the window is small.
  if (expected > worthwhile && (windowSize === largestWindow || expected <= windowSize)) {
    position = await inflateNatively(pieces, length, expected, lines.add);
  }
  if (position === undefined || lines.received !== expected) {
    findings = new FindingLog();
    lines = scanlineCheck(header, paletteEntries, offset, findings);
    const { fault, position: end } = inflate(concatenate(pieces, length), windowSize, lines.add);
    position = fault === undefined ? end : length;
    if (lines.received > expected) {
      complain("image_data_too_long", "image data", `more than ${expected} bytes`, `${expected} bytes`, "7.2");
    } else if (fault) {
      complain("zlib_stream_invalid", "zlib stream", `broken by ${fault}`, "whole");
    } else if (lines.received < expected) {
      complain("image_data_too_short", "image data", `${lines.received} bytes`, `${expected} bytes`, "7.2");
    }
  }
  log.merge(findings);
  if (position < length) {
    log.add(
      "data_after_zlib_stream",
      [offset, "IDAT", "10.1"],
      "number of bytes after the zlib stream",
      length - position,
      0,
      {
        severity: "warning",
      },
    );
  }
}

const largestWindow = 32768;
/** For fewer bytes than this, to start what is built in takes longer than it saves. */
const worthwhile = 16384;
