import type { DecodeBase64 } from "./decode-base64.ts";

/** Decodes the next piece of a text that was cut anywhere, but for its last few characters; at last an empty piece, for those. */
export type Base64Decoder = (piece: string) => Uint8Array;

/**
 * A decoder of the standard alphabet that is strict: no white space, and padding only where it belongs. Padding that is
 * missing is not missed, because no runtime's own decoder misses it.
 *
 * @param decode What decodes whole groups of four characters, and the last one.
 * @param fail Called with the place, from 0, of the first character that can't be right.
 */
export function base64Decoder(decode: DecodeBase64, fail: (position: number) => Error): Base64Decoder {
  let waiting = "";
  let position = 0;
  return (piece) => {
    let text = waiting + piece;
    if (piece) {
      // The last group waits in any case: it may have padding.
      const whole = (text.length - 1) & ~3;
      waiting = text.slice(whole);
      text = text.slice(0, whole);
    } else if (text.length === 4) {
      text = text.replace(/=?=$/, "");
    }
    try {
      const bytes = decode(text);
      // Some decoders skip what they don't know, and come out short; some also know the alphabet that is for URLs.
      if (bytes.length * 4 > text.length * 3 - 3 && !text.includes("-") && !text.includes("_")) {
        position += text.length;
        return bytes;
      }
    } catch {
      // The others throw. It is said better below.
    }
    throw fail(position + `${text}=`.search(/[^A-Za-z0-9+/]/));
  };
}
