/** What a PNG of this many bytes looks like to a client: its signature, and then noise, the same every time. */
export function picture(bytes: number): Buffer<ArrayBuffer> {
  const content = Buffer.alloc(bytes);
  for (let index = 0, state = 1; index < bytes; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    content[index] = state >>> 24;
  }
  content.set(Buffer.from("89504e470d0a1a0a", "hex"));
  return content;
}
