/** The bytes of a buffer or of a view on one, not copied; undefined where a value is neither. */
export function viewBytes(value: unknown): Uint8Array<ArrayBuffer> | undefined {
  if (!(value instanceof ArrayBuffer) && !ArrayBuffer.isView(value)) return undefined;
  const { buffer = value, byteOffset, byteLength } = value as Uint8Array;
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}
