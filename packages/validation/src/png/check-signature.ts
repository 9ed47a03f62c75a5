/* oxlint-disable no-control-regex -- the expressions match bytes, each read as one character. */
import type { ImageLimits } from "../image-limits.ts";
import { hexadecimal } from "./hexadecimal.ts";
import { reportFinding, type OpenInspection } from "./report-finding.ts";
import { uint32 } from "./uint32.ts";

/** How many bytes from the start are enough to tell what a file is. */
export const identifyingBytes = 512;

/**
 * Checks that a file begins with the signature of a PNG (section 5.2), and if not, says what it is.
 *
 * @param bytes The file's first bytes.
 * @returns Whether there is a PNG to look into.
 */
export function checkSignature(bytes: Uint8Array, limits: ImageLimits, inspection: OpenInspection): boolean {
  if (uint32(bytes, 0) === 0x89504e47 && uint32(bytes, 4) === 0x0d0a1a0a) return true;
  const start = String.fromCharCode(...bytes.subarray(0, identifyingBytes));
  const { mediaTypes = ["image/png"] } = limits;
  const unknown = [`unknown (${hexadecimal(bytes, 0)})`, undefined, lookAtSource] as const;
  const [type, , fix = "Convert it to PNG."] = formats.find(([, beginning]) => beginning.test(start)) ?? unknown;
  if (!mediaTypes.includes(type)) {
    const code = start ? "not_png" : "empty";
    reportFinding(inspection, null, "5.2", 0, "file", type, mediaTypes, "error", code, fix);
  }
  return false;
}

const lookAtSource = "Look at where it comes from.";
const passBytes = "Pass it as bytes.";

/** What people send in place of a PNG: what it is, how it begins, and what to do, if it can't be converted. The first that fits counts. */
const formats: readonly (readonly [type: string, beginning: RegExp, fix?: string])[] = [
  ["empty", /^$/, lookAtSource],
  ["a PNG that was read as text", /^.{0,3}PNG\r?\n/s, passBytes],
  ["image/jpeg", /^\xff\xd8\xff/],
  ["image/webp", /^RIFF....WEBP/s],
  ["image/gif", /^GIF8/],
  ["image/avif", /^....ftyp.*avi[fs]/s],
  ["image/heic", /^....ftyp(he|m[is]f)/s],
  ["image/bmp", /^BM....\0{4}/s],
  ["image/tiff", /^(II|MM\0)[*+]/],
  ["application/pdf", /^\s*%PDF-/],
  ["text/html", /<(!doctype )?(html|head|body)/i, lookAtSource],
  ["image/svg+xml", /<svg/i],
  ["application/json", /^\s*[{[]\s*["{[]/, lookAtSource],
  ["base64", /^(data:|\s*iVBOR)/, passBytes],
];
