/* oxlint-disable no-control-regex -- the expressions match bytes, each read as one character. */

/** What a file is that is no PNG. */
export interface FileKind {
  /** Its media type, or what it is in a few words; undefined where its bytes don't tell. */
  readonly type?: string | undefined;
  /** What to do, to have a PNG. */
  readonly fix: string;
}

/** Finds out what a file is by its first bytes. */
export type Identify = (bytes: Uint8Array) => FileKind;

/** How many bytes from the start are enough to tell what a file is. */
export const identifyingBytes = 512;

/**
 * Says what a file is that people send in place of a PNG: another image format, a document, a page, a PNG that was read as
 * text.
 *
 * @param bytes The file, or its beginning: 512 bytes are enough.
 */
export const identifyFile: Identify = (bytes) => {
  const start = String.fromCharCode(...bytes.subarray(0, identifyingBytes));
  const [type, , fix = "Convert it to PNG."] = kinds.find(([, expression]) => expression.test(start))!;
  return { type, fix };
};

const lookAtSource = "Look at where it comes from.";
const passBytes = "Pass it as bytes.";

/** What it is, how it begins, and what to do, if it can't be converted. The first that fits counts; the last always does. */
const kinds: readonly (readonly [type: string | undefined, beginning: RegExp, fix?: string])[] = [
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
  [undefined, /^/, lookAtSource],
];
