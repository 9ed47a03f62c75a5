import { hexadecimal } from "./hexadecimal.ts";

/** A chunk's type: four letters (section 5.4), or its bytes in hexadecimal if they are none, so that it can be shown. */
export function chunkType(bytes: Uint8Array, offset: number): string {
  // There can be hundreds of thousands of chunks, and to spread a subarray takes most of the time of one.
  const at = (index: number): number => bytes[offset + index] ?? 0;
  const type = String.fromCharCode(at(0), at(1), at(2), at(3));
  return /^[a-z]{4}$/i.test(type) ? type : hexadecimal(bytes, offset);
}
