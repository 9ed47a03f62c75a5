import { crcTables } from "./crc-tables.ts";
import { crc32 } from "./crc32.ts";
import { nativeZlib } from "./native-zlib.ts";

/**
 * The same as `crc32`, for many bytes: by the runtime's own zlib where there is one, which is faster from some bytes
 * on, and else sixteen bytes at a time, read as four words, and each byte looked up in a table of its own.
 */
export function fastCrc32(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 64) return crc32(bytes, start, end);
  const native = nativeZlib().crc32;
  if (native) return native(new Uint8Array(bytes.buffer, bytes.byteOffset + start, end - start));
  const aligned = start + (-(bytes.byteOffset + start) & 3);
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + aligned, ((end - aligned) >> 4) << 2);
  let crc = ~crc32(bytes, start, aligned);
  for (let word = 0; word < words.length; word += 4) {
    const a = words[word]! ^ crc;
    const b = words[word + 1]!;
    const c = words[word + 2]!;
    const d = words[word + 3]!;
    crc =
      crcTables[3840 + (a & 255)]! ^
      crcTables[3584 + ((a >>> 8) & 255)]! ^
      crcTables[3328 + ((a >>> 16) & 255)]! ^
      crcTables[3072 + (a >>> 24)]! ^
      crcTables[2816 + (b & 255)]! ^
      crcTables[2560 + ((b >>> 8) & 255)]! ^
      crcTables[2304 + ((b >>> 16) & 255)]! ^
      crcTables[2048 + (b >>> 24)]! ^
      crcTables[1792 + (c & 255)]! ^
      crcTables[1536 + ((c >>> 8) & 255)]! ^
      crcTables[1280 + ((c >>> 16) & 255)]! ^
      crcTables[1024 + (c >>> 24)]! ^
      crcTables[768 + (d & 255)]! ^
      crcTables[512 + ((d >>> 8) & 255)]! ^
      crcTables[256 + ((d >>> 16) & 255)]! ^
      crcTables[d >>> 24]!;
  }
  return crc32(bytes, aligned + 4 * words.length, end, ~crc);
}
