/** The byte at an offset; 0 beyond the end. */
export function byteAt(bytes: Uint8Array, offset: number): number {
  return bytes[offset] ?? 0;
}

/** The number in four bytes, the most significant first (section 7.1). Faster than creating a DataView. */
export function uint32(bytes: Uint8Array, offset: number): number {
  const high = (byteAt(bytes, offset) << 24) | (byteAt(bytes, offset + 1) << 16);
  return (high | (byteAt(bytes, offset + 2) << 8) | byteAt(bytes, offset + 3)) >>> 0;
}

/** Four bytes in a form that can be shown, whatever they are: `0x89504e47`. */
export function hexadecimal(bytes: Uint8Array, offset: number): string {
  return `0x${uint32(bytes, offset).toString(16).padStart(8, "0")}`;
}

/** The type of a chunk: four letters (section 5.4), or other bytes in hexadecimal. */
export function chunkType(bytes: Uint8Array, offset: number): string {
  // There can be hundreds of thousands of chunks, and spreading a subarray would take most of the time of each.
  const at = (index: number): number => byteAt(bytes, offset + index);
  const type = String.fromCharCode(at(0), at(1), at(2), at(3));
  return /^[a-z]{4}$/i.test(type) ? type : hexadecimal(bytes, offset);
}
