/**
 * The bytes of all pieces, of which there are so many in all.
 *
 * @param bytes Where they go, if there is more than one piece. Default: new memory.
 */
export function concatenate(
  pieces: readonly Uint8Array[],
  length: number,
  bytes: Uint8Array = new Uint8Array(length),
): Uint8Array {
  if (pieces.length === 1) return pieces[0]!;
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}
