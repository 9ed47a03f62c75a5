import { nativeZlib } from "./zlib/native-zlib.ts";

/**
 * What a byte contributes to a CRC (section 5.5): table k, at k * 256, if k bytes come after it. Filled on first use; a
 * constant, so that its length need not be looked up.
 */
const tables: Int32Array = /* @__PURE__ */ new Int32Array(4096);

function fillTables(): void {
  for (let index = 0; index < tables.length; index++) {
    let crc = index < 256 ? index : (tables[index - 256] ?? 0);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    tables[index] = crc;
  }
}

/**
 * The CRC of a range of bytes (section 5.5): by the runtime's own zlib if there is one, which is faster from some bytes
 * on, and else sixteen bytes at a time, read as four words, with a table for each byte.
 *
 * @returns An unsigned number of 32 bits.
 */
export function crc32(bytes: Uint8Array, start: number, end: number): number {
  if (!tables[1]) fillTables();
  if (end - start < 64) return ~addBytes(-1, bytes, start, end) >>> 0;
  const native = nativeZlib().crc32;
  if (native) return native(new Uint8Array(bytes.buffer, bytes.byteOffset + start, end - start));
  const aligned = start + (-(bytes.byteOffset + start) & 3);
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + aligned, ((end - aligned) >> 4) << 2);
  let crc = addBytes(-1, bytes, start, aligned);
  for (let word = 0; word < words.length; word += 4) {
    crc =
      ofWord(3072, (words[word] ?? 0) ^ crc) ^
      ofWord(2048, words[word + 1] ?? 0) ^
      ofWord(1024, words[word + 2] ?? 0) ^
      ofWord(0, words[word + 3] ?? 0);
  }
  return ~addBytes(crc, bytes, aligned + 4 * words.length, end) >>> 0;
}

/** What the four bytes of a word contribute, by four tables from an index on; the first byte is the lowest. */
function ofWord(from: number, word: number): number {
  return (
    tables[from + 768 + (word & 255)]! ^
    tables[from + 512 + ((word >>> 8) & 255)]! ^
    tables[from + 256 + ((word >>> 16) & 255)]! ^
    tables[from + (word >>> 24)]!
  );
}

/** Continues an inverted CRC byte by byte. */
function addBytes(crc: number, bytes: Uint8Array, start: number, end: number): number {
  for (let index = start; index < end; index++) {
    crc = (tables[(crc ^ (bytes[index] ?? 0)) & 255] ?? 0) ^ (crc >>> 8);
  }
  return crc;
}
