/** The four bytes of a chunk's type, as letters where they are letters (section 5.4). */
export function chunkType(bytes: Uint8Array, offset: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + 4));
}
