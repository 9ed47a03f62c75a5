/**
 * A zlib stream with a body written bit by bit, in the order in which a decoder reads them; spaces don't count. It ends
 * with zeros, in place of a checksum.
 */
export function deflateBits(bits: string): Uint8Array<ArrayBuffer> {
  const digits = bits.replaceAll(" ", "");
  const body = new Uint8Array(Math.ceil(digits.length / 8) + 8);
  for (const [index, digit] of [...digits].entries()) {
    body[index >> 3] = (body[index >> 3] ?? 0) | (Number(digit) << (index & 7));
  }
  return Uint8Array.of(0x78, 0x9c, ...body);
}
