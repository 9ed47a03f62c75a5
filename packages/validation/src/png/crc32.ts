import { nativeZlib } from "./native-zlib.ts";

/**
 * The CRC of section 5.5 over a range of bytes: by the runtime's own zlib where there is one, which is faster from some
 * bytes on, and else in JavaScript.
 *
 * @returns An unsigned number of 32 bits.
 */
export function crc32(bytes: Uint8Array, start: number, end: number): number {
  const native = end - start > 64 ? nativeZlib()?.crc32 : undefined;
  return native
    ? native(new Uint8Array(bytes.buffer, bytes.byteOffset + start, end - start))
    : portableCrc32(bytes, start, end);
}

/** The same in JavaScript: sixteen bytes at a time, each by a table of its own. */
export function portableCrc32(bytes: Uint8Array, start: number, end: number): number {
  const table = (tables ??= makeTables());
  let crc = -1;
  let index = start;
  for (const last = end - 16; index <= last; index += 16) {
    crc ^= bytes[index]! | (bytes[index + 1]! << 8) | (bytes[index + 2]! << 16) | (bytes[index + 3]! << 24);
    crc =
      table[0xf00 | (crc & 0xff)]! ^
      table[0xe00 | ((crc >>> 8) & 0xff)]! ^
      table[0xd00 | ((crc >>> 16) & 0xff)]! ^
      table[0xc00 | (crc >>> 24)]! ^
      table[0xb00 | bytes[index + 4]!]! ^
      table[0xa00 | bytes[index + 5]!]! ^
      table[0x900 | bytes[index + 6]!]! ^
      table[0x800 | bytes[index + 7]!]! ^
      table[0x700 | bytes[index + 8]!]! ^
      table[0x600 | bytes[index + 9]!]! ^
      table[0x500 | bytes[index + 10]!]! ^
      table[0x400 | bytes[index + 11]!]! ^
      table[0x300 | bytes[index + 12]!]! ^
      table[0x200 | bytes[index + 13]!]! ^
      table[0x100 | bytes[index + 14]!]! ^
      table[bytes[index + 15]!]!;
  }
  for (; index < end; index++) crc = table[(crc ^ bytes[index]!) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

let tables: Int32Array | undefined;

/** Table k, at k * 256, has what a byte does to the CRC when k bytes come after it. */
function makeTables(): Int32Array {
  const table = new Int32Array(16 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    table[byte] = crc;
  }
  for (let index = 256; index < table.length; index++) {
    const crc = table[index - 256]!;
    table[index] = table[crc & 0xff]! ^ (crc >>> 8);
  }
  return table;
}
