/** So many of the first bytes of the pieces, or all. */
export function concatenate(pieces: readonly Uint8Array[], length: number): Uint8Array {
  if (pieces.length === 1) return pieces[0]!;
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece.subarray(0, length - offset), offset);
    offset = Math.min(offset + piece.length, length);
    if (offset === length) break;
  }
  return bytes;
}
