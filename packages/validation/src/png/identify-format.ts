/* oxlint-disable no-control-regex -- the expressions match bytes, each read as one character. */

/** What a file is, by how it begins. */
export interface FileFormat {
  /** What people call it, such as `JPEG`. */
  readonly name: string;
  readonly mediaType: string;
}

/** How many bytes from the start are enough to tell. */
export const identifyingBytes = 512;

/** Recognises what people send in place of a PNG. Undefined where it is none of that. */
export function identifyFormat(bytes: Uint8Array): FileFormat | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, identifyingBytes));
  const found = formats.find(([, , beginning]) => beginning.test(start));
  return found && { name: found[0], mediaType: found[1] };
}

/** The first that fits counts. The dot stands for any byte, line ends too. */
const formats: readonly (readonly [name: string, mediaType: string, beginning: RegExp])[] = [
  ["JPEG", "image/jpeg", /^\xff\xd8\xff/],
  ["WebP", "image/webp", /^RIFF.{4}WEBP/s],
  ["GIF", "image/gif", /^GIF8/],
  ["AVIF", "image/avif", /^.{4}ftyp(avi[fs]|.{8,40}?avi[fs])/s],
  ["HEIC", "image/heic", /^.{4}ftyp(hei|hev|mif1|msf1)/s],
  ["BMP", "image/bmp", /^BM.{4}\0{4}/s],
  ["TIFF", "image/tiff", /^(II[*+]\0|MM\0[*+])/],
  ["JPEG XL", "image/jxl", /^(\xff\x0a|\0{3}\x0cJXL )/],
  ["ICO", "image/x-icon", /^\0\0\x01\0/],
  ["Photoshop", "image/vnd.adobe.photoshop", /^8BPS/],
  ["PDF", "application/pdf", /^\s*%PDF-/],
  ["ZIP", "application/zip", /^PK\x03\x04/],
  ["HTML", "text/html", /^[^\0]*?<(!doctype html|html|head|body)[\s>]/i],
  ["SVG", "image/svg+xml", /^[^\0]*?<svg[\s>]/i],
  ["JSON", "application/json", /^\s*[{[]\s*["{[\]}\d]/],
  ["base64 text", "text/plain", /^(data:|\s*iVBORw0KGgo)/],
];
