/* oxlint-disable no-control-regex -- the expressions match bytes, each read as one character. */
import type { ImageLimits } from "../image-limits.ts";
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
  const first = Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16)).join(" ");
  const unknown = [`unknown, with the first bytes ${first}`, undefined, lookAtSource] as const;
  const [name, , fix = "Convert it to PNG.", code = "not_png"] =
    formats.find(([, beginning]) => beginning.test(start)) ?? unknown;
  const { mediaTypes = ["image/png"] } = limits;
  if (!mediaTypes.includes(`image/${name.toLowerCase()}`)) {
    const allowed = mediaTypes.map((type) => type.slice("image/".length).toUpperCase());
    reportFinding(inspection, code, 0, null, "5.2", "file", name, allowed, "error", fix);
  }
  return false;
}

const lookAtSource = "Look at where it comes from.";
const passBytes = "Pass it as bytes.";

/** What people send in place of a PNG: its name, how it begins, and what isn't usual of the finding. The first that fits counts. */
const formats: readonly (readonly [name: string, beginning: RegExp, fix?: string, code?: string])[] = [
  ["empty", /^$/, lookAtSource, "empty"],
  ["a PNG that was changed as if it were text", /^(.|ï¿½)?PNG\r?\n/s, passBytes, "signature_damaged"],
  ["JPEG", /^\xff\xd8\xff/],
  ["WEBP", /^RIFF.{4}WEBP/s],
  ["GIF", /^GIF8/],
  ["AVIF", /^.{4}ftyp(.{8,40}?)?avi[fs]/s],
  ["HEIC", /^.{4}ftyp(he[iv]|m[is]f1)/s],
  ["BMP", /^BM.{4}\0{4}/s],
  ["TIFF", /^(II[*+]\0|MM\0[*+])/],
  ["PDF", /^\s*%PDF-/],
  ["HTML", /^[^\0]*?<(!doctype html|html|head|body)[\s>]/i, lookAtSource],
  ["SVG", /^[^\0]*?<svg[\s>]/i],
  ["JSON", /^\s*[{[]\s*["{[]/, lookAtSource],
  ["base64", /^(data:|\s*iVBORw0KGgo)/, passBytes],
];
