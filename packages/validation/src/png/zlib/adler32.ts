/** The largest prime below 2^16. */
const base = 65521;
/** As many words as can be summed up in 16 bits: 15 * 16 / 2 times two bytes of 255. */
const run = 15;
/** As many runs as can be summed up before the sums leave 31 bits. */
const runs = 60;

/**
 * The checksum of a zlib stream (RFC 1950) over more bytes: of every second byte of a word at once, in the two halves of
 * a number, which takes a third of the time of byte by byte.
 *
 * @param checksum That of the bytes before; 1 at the start.
 */
export function adler32(bytes: Uint8Array, checksum: number): number {
  // A view shorter than the way to the next word has no words, and words can't begin at its end.
  if (bytes.length < 4) return addBytes(bytes, 0, bytes.length, checksum);
  const head = -bytes.byteOffset & 3;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + head, (bytes.length - head) >> 2);
  let sums = addBytes(bytes, 0, head, checksum);
  let word = 0;
  while (word + run <= words.length) {
    const end = Math.min(word + run * runs, words.length);
    let low = sums & 0xffff;
    let high = sums >>> 16;
    while (word + run <= end) {
      let even = 0;
      let odd = 0;
      // Each byte counts as often as there are bytes from it to the end: by words here, and by its place in the word below.
      let weighted = 0;
      // Three at a time takes two thirds of the time of one at a time.
      for (const stop = word + run; word < stop; word += 3) {
        const first = words[word] ?? 0;
        const next = words[word + 1] ?? 0;
        const last = words[word + 2] ?? 0;
        even += first & 0xff00ff;
        odd += (first >>> 8) & 0xff00ff;
        weighted += even + odd;
        even += next & 0xff00ff;
        odd += (next >>> 8) & 0xff00ff;
        weighted += even + odd;
        even += last & 0xff00ff;
        odd += (last >>> 8) & 0xff00ff;
        weighted += even + odd;
      }
      const [second, third, fourth] = [odd & 0xffff, even >>> 16, odd >>> 16];
      high += 4 * run * low + 4 * ((weighted & 0xffff) + (weighted >>> 16)) - second - 2 * third - 3 * fourth;
      low += (even & 0xffff) + second + third + fourth;
    }
    sums = (high % base) * 65536 + (low % base);
  }
  return addBytes(bytes, head + 4 * word, bytes.length, sums);
}

function addBytes(bytes: Uint8Array, start: number, end: number, checksum: number): number {
  let low = checksum & 0xffff;
  let high = checksum >>> 16;
  for (let index = start; index < end; index++) {
    low += bytes[index] ?? 0;
    high += low;
  }
  return (high % base) * 65536 + (low % base);
}
