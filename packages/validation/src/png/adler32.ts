/** The largest prime below 2^16, and as many bytes as can be added up before the sums leave 31 bits. */
const base = 65521;
const stride = 3800;

/**
 * The checksum of a zlib stream (RFC 1950) over more bytes.
 *
 * @param checksum That of the bytes before; 1 at the start.
 */
export function adler32(bytes: Uint8Array, checksum: number): number {
  let low = checksum & 0xffff;
  let high = checksum >>> 16;
  for (let start = 0; start < bytes.length; start += stride) {
    const end = Math.min(start + stride, bytes.length);
    for (let index = start; index < end; index++) {
      low += bytes[index]!;
      high += low;
    }
    low %= base;
    high %= base;
  }
  return high * 65536 + low;
}
