import { joinBytes } from "./join-bytes.ts";
import { readUpload } from "./read-upload.ts";
import type { UploadContext } from "./upload-context.ts";
import type { UploadFacts } from "./upload-facts.ts";

/** A request's body as bytes, with the header that says what they are. */
export interface EncodedBody {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
}

/**
 * Writes a body as `multipart/form-data` (RFC 7578), by hand and as bytes: so its length is known and every attempt
 * sends the same. `null` means "use the default", and like `undefined` leaves the part out. An array becomes a part
 * for each item.
 *
 * @throws TypeError if a value can't be a part, UploadError if a file can't be read, is empty or too large.
 */
export async function encodeMultipart(
  body: unknown,
  { uploads = {} }: { readonly uploads?: Readonly<Record<string, UploadFacts>> },
  context: UploadContext,
): Promise<EncodedBody> {
  const boundary = `image-variations-${Math.random()}-${Math.random()}`;
  const encoder = new TextEncoder();
  const pieces: Uint8Array[] = [];
  /** What comes before the next file. */
  let text = "";
  for (const [name, values] of Object.entries(Object(body))) {
    for (const value of Array.isArray(values) ? values : [values]) {
      if (value === null || value === undefined) continue;
      text += `--${boundary}\r\nContent-Disposition: form-data; name="${escape(name)}"`;
      if (uploads[name] || typeof value === "object") {
        const { bytes, fileName, mediaType } = await readUpload(name, value, uploads[name], context);
        text += `; filename="${escape(fileName)}"\r\nContent-Type: ${mediaType.replaceAll(/[\r\n]/g, "")}\r\n\r\n`;
        pieces.push(encoder.encode(text), bytes);
        text = "\r\n";
      } else {
        text += `\r\n\r\n${String(value)}\r\n`;
      }
    }
  }
  pieces.push(encoder.encode(`${text}--${boundary}--\r\n`));
  return { bytes: joinBytes(pieces), contentType: `multipart/form-data; boundary=${boundary}` };
}

/**
 * Browsers escape quotes and line ends in names. The semicolon, the equals sign and the backslash go the same way,
 * because there are servers that take a header apart at the first two, even between quotes, and drop the third.
 */
function escape(name: string): string {
  return name.replaceAll(/[\p{Cc}"\\;=]/gu, encodeURIComponent);
}
