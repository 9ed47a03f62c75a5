/** The bytes of a buffer or of a view on one; undefined where a value is neither. */
export function bytesOf(value: unknown): Uint8Array | undefined {
  // A buffer of another realm is no instance of this one's.
  if (!ArrayBuffer.isView(value) && Object.prototype.toString.call(value) !== "[object ArrayBuffer]") return undefined;
  const { buffer, byteOffset, byteLength } = value as ArrayBufferView;
  return new Uint8Array(buffer ?? (value as ArrayBuffer), byteOffset, byteLength);
}
