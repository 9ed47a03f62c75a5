import { hexadecimal } from "./hexadecimal.ts";

/** A chunk's type: four letters (section 5.4), or its bytes in hexadecimal where they are none, so that it can be shown. */
export function chunkType(bytes: Uint8Array, offset: number): string {
  const type = String.fromCharCode(...bytes.subarray(offset, offset + 4));
  return /^[a-z]{4}$/i.test(type) ? type : hexadecimal(bytes, offset);
}
