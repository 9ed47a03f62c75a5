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

/** The same in JavaScript: sixteen bytes at a time, read as four words, and each byte looked up in a table of its own. */
function portableCrc32(bytes: Uint8Array, start: number, end: number): number {
  if (table[1] === 0) fillTable();
  let crc = -1;
  let index = start;
  if (end - start > 64 && isLittleEndian()) {
    for (; (bytes.byteOffset + index) & 3; index++) crc = table[(crc ^ bytes[index]!) & 0xff]! ^ (crc >>> 8);
    const words = new Int32Array(bytes.buffer, bytes.byteOffset + index, ((end - index) >> 4) << 2);
    for (let word = 0; word < words.length; word += 4) {
      const a = words[word]! ^ crc;
      const b = words[word + 1]!;
      const c = words[word + 2]!;
      const d = words[word + 3]!;
      crc =
        table[3840 + (a & 255)]! ^
        table[3584 + ((a >>> 8) & 255)]! ^
        table[3328 + ((a >>> 16) & 255)]! ^
        table[3072 + (a >>> 24)]! ^
        table[2816 + (b & 255)]! ^
        table[2560 + ((b >>> 8) & 255)]! ^
        table[2304 + ((b >>> 16) & 255)]! ^
        table[2048 + (b >>> 24)]! ^
        table[1792 + (c & 255)]! ^
        table[1536 + ((c >>> 8) & 255)]! ^
        table[1280 + ((c >>> 16) & 255)]! ^
        table[1024 + (c >>> 24)]! ^
        table[768 + (d & 255)]! ^
        table[512 + ((d >>> 8) & 255)]! ^
        table[256 + ((d >>> 16) & 255)]! ^
        table[d >>> 24]!;
    }
    index += 4 * words.length;
  }
  for (; index + 4 <= end; index += 4) {
    const word =
      crc ^ (bytes[index]! | (bytes[index + 1]! << 8) | (bytes[index + 2]! << 16) | (bytes[index + 3]! << 24));
    crc =
      table[768 + (word & 255)]! ^
      table[512 + ((word >>> 8) & 255)]! ^
      table[256 + ((word >>> 16) & 255)]! ^
      table[word >>> 24]!;
  }
  for (; index < end; index++) crc = table[(crc ^ bytes[index]!) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** Table k, at k * 256, has what a byte does to the CRC when k bytes come after it. Filled on first use. */
const table: Int32Array = /* @__PURE__ */ new Int32Array(16 * 256);

function fillTable(): void {
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    table[byte] = crc;
  }
  for (let index = 256; index < table.length; index++) {
    const crc = table[index - 256]!;
    table[index] = table[crc & 0xff]! ^ (crc >>> 8);
  }
}

function isLittleEndian(): boolean {
  return new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
}
