/** What a PNG of this many bytes looks like to a client: its chunks, with noise for data, the same every time. */
export function imageBytes(bytes: number): Buffer<ArrayBuffer> {
  const content = Buffer.alloc(bytes);
  for (let index = 0, state = 1; index < bytes; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    content[index] = state >>> 24;
  }
  const header = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
  const dataHead = Buffer.from("0000000049444154", "hex");
  const end = Buffer.from("0000000049454e4400000000", "hex");
  dataHead.writeUInt32BE(bytes - 57);
  content.set(header);
  content.set(dataHead, 33);
  content.set(end, bytes - end.length);
  return content;
}
