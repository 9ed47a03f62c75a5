/* oxlint-disable no-control-regex -- the expressions match bytes, each read as one character. */

/** What a file is that is no PNG. */
export interface FileFormat {
  /** What people call it, such as `JPEG`. */
  readonly name: string;
  /** Such as `image/jpeg`; only of formats that are pictures is it one that is registered. */
  readonly mediaType: string;
  /** The code of the finding. Default: `not_png`. */
  readonly code?: string;
  /** How to come from it to a PNG. */
  readonly fix: string;
}

/** How many bytes from the start are enough to tell. */
export const identifyingBytes = 512;

/** Recognises what people send in place of a PNG, by how it begins. */
export function identifyFormat(bytes: Uint8Array): FileFormat {
  const start = String.fromCharCode(...bytes.subarray(0, identifyingBytes));
  const [name, , fix = convert, code = "not_png"] = formats.find(([, beginning]) => beginning.test(start)) ?? [
    `unknown, with the first bytes ${Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16)).join(" ")}`,
    /./,
    "Pass the content of a PNG file.",
  ];
  return { name, mediaType: `image/${name.toLowerCase()}`, fix, code };
}

const convert = "Convert it to PNG; another name for the file is not enough.";
const followAddress = "Look at what the address answers: it is not the picture.";

/** The first that fits counts. */
const formats: readonly (readonly [name: string, beginning: RegExp, fix?: string, code?: string])[] = [
  ["empty", /^$/, "Look at where it comes from, and whether it was read before.", "empty"],
  [
    "a PNG that was changed as if it were text",
    /^(.|ï¿½)?PNG\r?\n/s,
    "Read, write and send it as bytes.",
    "signature_damaged",
  ],
  ["JPEG", /^\xff\xd8\xff/],
  ["WEBP", /^RIFF.{4}WEBP/s],
  ["GIF", /^GIF8/],
  ["AVIF", /^.{4}ftyp(.{8,40}?)?avi[fs]/s],
  ["HEIC", /^.{4}ftyp(hei|hev|mif1|msf1)/s],
  ["BMP", /^BM.{4}\0{4}/s],
  ["TIFF", /^(II[*+]\0|MM\0[*+])/],
  ["PDF", /^\s*%PDF-/],
  ["HTML", /^[^\0]*?<(!doctype html|html|head|body)[\s>]/i, followAddress],
  ["SVG", /^[^\0]*?<svg[\s>]/i],
  ["JSON", /^\s*[{[]\s*["{[]/, followAddress],
  ["base64", /^(data:|\s*iVBORw0KGgo)/, "Decode it to bytes."],
];
