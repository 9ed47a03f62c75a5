/** Puts files into one, each behind its length in four bytes. */
export function packFiles(files: readonly Uint8Array[]): Uint8Array {
  const packed = new Uint8Array(files.reduce((length, file) => length + 4 + file.length, 0));
  const view = new DataView(packed.buffer);
  let offset = 0;
  for (const file of files) {
    view.setUint32(offset, file.length);
    packed.set(file, offset + 4);
    offset += 4 + file.length;
  }
  return packed;
}

/** Takes files out of one that `packFiles` has made. */
export function unpackFiles(packed: Uint8Array): Uint8Array[] {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const files: Uint8Array[] = [];
  for (let offset = 0; offset < packed.length;) {
    const length = view.getUint32(offset);
    files.push(packed.subarray(offset + 4, offset + 4 + length));
    offset += 4 + length;
  }
  return files;
}
