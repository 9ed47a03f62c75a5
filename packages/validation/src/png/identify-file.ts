/* oxlint-disable no-control-regex -- the expressions match bytes, each read as one character. */
import { isBytes } from "../sources/bytes-of.ts";

/** What a file is that isn't a PNG. */
export interface FileKind {
  /** Its media type, or a few words; undefined if it is unknown. */
  readonly type?: string | undefined;
  /** How to get a PNG. */
  readonly fix: string;
}

/** Identifies a file by its first bytes. */
export type Identify = (bytes: Uint8Array) => FileKind;

/** How many bytes from the start are enough to identify a file. */
export const identifyingBytes = 512;

/**
 * Identifies a file that is sent instead of a PNG: another image format, an archive, the error document of the server that
 * should have sent it, a PNG that was damaged in transit. Text is quoted.
 *
 * @param bytes The file, or its beginning: 512 bytes are enough.
 */
export const identifyFile: Identify = (bytes) => {
  // What isn't bytes can't be identified.
  const start = String.fromCharCode(...Array.prototype.slice.call(isBytes(bytes) ? bytes : [], 0, identifyingBytes));
  for (const [type, expression, fix = "Convert it to PNG."] of kinds) {
    if (!expression.test(start)) continue;
    const quoted = type === "text" ? [quote(start)] : fix === checkDownload ? errorTexts(start) : [];
    return { type: quoted.length > 0 ? `${type} (${quoted.join(": ")})` : type, fix };
  }
  return { fix: checkSource };
};

/** The code and the message of an error document, or the title of a page. */
function errorTexts(document: string): string[] {
  const texts = document.matchAll(
    /<(?:code|message|title)>([^<]+)|"(?:message|error|detail|error_description)"\s*:\s*"([^"]+)/gi,
  );
  return Array.from(texts, ([, element, property]) => quote(element ?? property ?? "")).slice(0, 2);
}

/** Text in one line, and not too long. */
function quote(text: string): string {
  const decoded = new TextDecoder().decode(Uint8Array.from(text, (character) => character.charCodeAt(0)));
  const line = decoded.replaceAll(/[\s\p{Cc}]+/gu, " ").trim();
  return `"${line.length > longestQuote ? `${line.slice(0, longestQuote)}…` : line}"`;
}

const longestQuote = 80;
const checkSource = "Check where the file comes from.";
const checkDownload = "Check the URL that it was downloaded from, and the server's message.";
const passBytes = "Pass it as bytes: something has read it as text.";
const unpack = "Unpack it.";
const saveFrame = "Save one of its frames as PNG.";

/**
 * What it is, how it begins, and the fix unless it can be converted. The text of a text file and of an error document is quoted. The first match
 * counts.
 */
const kinds: readonly (readonly [type: string, beginning: RegExp, fix?: string])[] = [
  ["a PNG after a byte order mark", /^\xef\xbb\xbf\x89PNG/, "Remove its first three bytes."],
  ["a PNG with converted line endings", /^\x89PNG[\r\n]+\x1a/, "Copy it as a binary file, not as text."],
  ["a PNG that was read as text", /^(?:[^\x89]{0,3}|\xc2?\x89)PNG\r?\n/, passBytes],
  ["a multipart body", /^\r?\n?--[^\r\n]+\r\n[^]*?content-disposition:/i, "Pass the file that is in it."],
  ["image/jpeg", /^\xff\xd8\xff/],
  ["image/webp", /^RIFF....WEBP/s],
  ["image/gif", /^GIF8/],
  ["image/avif", /^....ftyp.*avi[fs]/s],
  ["image/heic", /^....ftyp(?:he|m[is]f)/s],
  ["image/bmp", /^BM....\0{4}/s],
  ["image/tiff", /^(?:II|MM\0)[*+]/],
  ["image/x-icon", /^\0\0[\x01\x02]\0/],
  ["image/vnd.adobe.photoshop", /^8BPS/],
  ["image/jxl", /^(?:\xff\n|\0\0\0\fJXL )/],
  ["image/jp2", /^\0\0\0\fjP /],
  ["image/x-exr", /^v\/1\x01/],
  ["image/x-portable-anymap", /^P[1-7]\s/],
  ["video/mp4", /^....ftyp/s, saveFrame],
  ["video/webm", /^\x1aE\xdf\xa3/, saveFrame],
  ["video/x-mng", /^\x8aMNG/, saveFrame],
  ["application/gzip", /^\x1f\x8b/, unpack],
  ["application/zip", /^PK\x03\x04/, unpack],
  ["application/zstd", /^\x28\xb5\x2f\xfd/, unpack],
  ["application/x-7z-compressed", /^7z\xbc\xaf/, unpack],
  ["application/x-tar", /^.{257}ustar/s, unpack],
  ["application/pdf", /^\s*%PDF-/],
  ["macOS metadata of a file", /^\0\x05\x16\x07/, "Pass the file of the same name without ._ before it."],
  ["a Git LFS pointer", /^version https:\/\/git-lfs/, "Run git lfs pull, and pass the file that replaces it."],
  ["an XML error document", /^\s*(?:<\?xml.*?>\s*)?<Error\b/s, checkDownload],
  ["text/html", /<(?:!doctype )?(?:html|head|body)/i, checkDownload],
  ["image/svg+xml", /<svg/i],
  ["text/xml", /^\s*<\?xml/, checkSource],
  ["a Buffer as JSON", /^\s*\{\s*"type"\s*:\s*"Buffer"/, "Pass Buffer.from(json.data)."],
  ["application/json", /^\s*[{[]\s*["{[]/, checkDownload],
  ["bytes written as numbers", /^\[?\s*137,\s*80,/, "Pass the bytes themselves."],
  ["a data: URL", /^\s*data:/, "Pass the response of fetch: await fetch(url)."],
  ["base64", /^\s*"?iVBOR/, 'Decode it: Buffer.from(base64, "base64").'],
  ["a PNG after other bytes", /^.+?\x89PNG\r\n\x1a\n/s, "Remove the bytes before the PNG."],
  ["only zeros", /^\0+$/, "Download or copy it again: its content was lost."],
  ["text", /^(?:[\t\r\n -~]|[\xc2-\xf4][\x80-\xbf]{1,3})+[\xc2-\xf4]?[\x80-\xbf]{0,2}$/, checkSource],
];
