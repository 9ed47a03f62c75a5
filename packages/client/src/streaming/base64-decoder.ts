import { decodeBase64 } from "./decode-base64.ts";

/** Decodes the next piece of a text that was cut anywhere, but for its last few characters; at last an empty piece, for those. */
export type Base64Decoder = (piece: string) => Uint8Array;

/** @param fail Called with the place, from 0, of the first character that can't be right. */
export type CreateBase64Decoder = (fail: (position: number) => Error) => Base64Decoder;

/**
 * A decoder of the standard alphabet that is strict: no white space, and padding only where it belongs. Padding that is
 * missing is not missed, because no runtime's own decoder misses it.
 *
 * @param fail Called with the place, from 0, of the first character that can't be right.
 * @param decode What decodes whole groups of four characters, and the last one.
 */
export function base64Decoder(
  fail: (position: number) => Error,
  decode: (text: string) => Uint8Array = decodeBase64,
): Base64Decoder {
  let waiting = "";
  let position = 0;
  return (piece) => {
    let text = waiting + piece;
    if (piece) {
      let end = text.length & ~3;
      // Padding is only right at the end of all, which has not come yet.
      if (text[end - 1] === "=") end -= 4;
      waiting = text.slice(end);
      text = text.slice(0, end);
    } else if (text.length === 4) {
      text = text.replace(/=?=$/, "");
    }
    try {
      const bytes = decode(text);
      // Some decoders skip what they don't know, and come out short.
      if (bytes.length * 4 > text.length * 3 - 3) {
        position += text.length;
        return bytes;
      }
    } catch {
      // The others throw. It is said better below.
    }
    throw fail(position + `${text}=`.search(/[^A-Za-z0-9+/]/));
  };
}
