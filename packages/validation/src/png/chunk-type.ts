import { describeValue } from "../describe-value.ts";

/** A chunk's type: four letters (section 5.4); in quotes, so that it can be shown, where its bytes are none. */
export function chunkType(bytes: Uint8Array, offset: number): string {
  const type = String.fromCharCode(...bytes.subarray(offset, offset + 4));
  return /^[a-z]{4}$/i.test(type) ? type : describeValue(type);
}
