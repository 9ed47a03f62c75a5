import type { ImageLimits } from "../image-limits.ts";
import type { FindingLog } from "./finding-log.ts";
import { identifyFormat } from "./identify-format.ts";

/** The first eight bytes of every PNG, as two numbers of four bytes (section 5.2). */
const signature = [0x89504e47, 0x0d0a1a0a] as const;

/** How many bytes the signature has. */
export const signatureLength = 8;

/**
 * Checks that a file begins as a PNG does, and if not, says what it is.
 *
 * @param bytes The file's first bytes, as a view, and as an array.
 * @returns Whether there is a PNG to look into.
 */
export function checkSignature(bytes: Uint8Array, view: DataView, limits: ImageLimits, log: FindingLog): boolean {
  if (bytes.length >= signatureLength && view.getUint32(0) === signature[0] && view.getUint32(4) === signature[1]) {
    return true;
  }
  const { mediaTypes = ["image/png"] } = limits;
  const format = identifyFormat(bytes);
  if (format && mediaTypes.includes(format.mediaType)) return false;

  const allowed = mediaTypes.map(nameOf).join(" or ");
  const beginning = String.fromCharCode(...bytes.subarray(0, 12));
  if (bytes.length === 0) {
    log.error("empty", [0, null, null], {
      message: "The file is empty.",
      received: 0,
      allowed,
      fix: "Look at where it comes from: was it written to the end, was the stream read before?",
    });
  } else if (/^(\x89|\t|\xef\xbf\xbd)?PNG\r?\n/.test(beginning)) {
    log.error("signature_damaged", [0, null, "5.2"], {
      message: "The file was a PNG, and went through something that took its bytes for text.",
      received: hexadecimal(bytes),
      allowed: hexadecimal(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])),
      fix: "Get the file again and transfer, read and write it as bytes: no encoding, no conversion of line ends.",
    });
  } else {
    const received = format?.name ?? "unknown";
    const what = format
      ? `of the format ${format.name}`
      : `no picture that is known; it begins with ${hexadecimal(bytes)}`;
    log.error("not_png", [0, null, format ? null : "5.2"], {
      message: `The file is ${what}, and must be a ${allowed}.`,
      received,
      allowed,
      fix: fixes[received] ?? (format ? convert : "Pass the content of a PNG file."),
    });
  }
  return false;
}

const convert = "Open it and save it as PNG; to change the file's name is not enough.";

const fixes: { readonly [format: string]: string } = {
  SVG: "Render it to a square PNG, of 1024x1024 for example.",
  PDF: "Render a page of it to a square PNG.",
  HTML: "This is a web page: the address leads to a page about the picture, or to an error. Look at what it answers.",
  JSON: "This is data, an error of a server perhaps. Look at what the address answers.",
  ZIP: "Take the picture out of it.",
  "base64 text": "Decode it from base64 to bytes.",
};

function nameOf(mediaType: string): string {
  return mediaType.replace(/^image\//, "").toUpperCase();
}

function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, signatureLength), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
