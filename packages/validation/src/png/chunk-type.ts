/** A chunk's type: four letters (section 5.4), or its bytes in hexadecimal where they are none, so that it can be shown. */
export function chunkType(bytes: Uint8Array, offset: number): string {
  const type = bytes.subarray(offset, offset + 4);
  const text = String.fromCharCode(...type);
  return isChunkType(text) ? text : `0x${Array.from(type, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** Whether a text is a type that a chunk can have. */
export function isChunkType(text: string): boolean {
  return /^[a-z]{4}$/i.test(text);
}
