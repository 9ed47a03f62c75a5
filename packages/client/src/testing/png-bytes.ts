/** The first bytes of a PNG file, and a few that a text would not survive: enough if only the upload is tested. */
export function pngBytes(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0x0d, 0x0a, 0x2d, 0x2d, 0xff, 0xfe]);
}

/** A PNG's chunks from its first to its last, without valid contents: what a client sees of one that is complete. */
export function completePng(dataBytes: number): Buffer<ArrayBuffer> {
  const chunk = (type: string, data: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
  };
  const signature = Buffer.from("89504e470d0a1a0a", "hex");
  const data = Buffer.alloc(dataBytes, "otter");
  return Buffer.concat([
    signature,
    chunk("IHDR", Buffer.alloc(13)),
    chunk("IDAT", data),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
