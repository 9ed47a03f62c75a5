import { crc32 } from "./crc32.ts";
import { crcTables } from "./crc-tables.ts";
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
  for (let index = 0; index < words.length; index += 4) {
    crc =
      fourBytes(words[index + 3]!, 0) ^
      fourBytes(words[index + 2]!, 1024) ^
      fourBytes(words[index + 1]!, 2048) ^
      fourBytes(words[index]! ^ crc, 3072);
  }
  return crc32(bytes, aligned + 4 * words.length, end, ~crc);
}

/** What the four bytes of a word do to the CRC, where the tables for the last of them begin at `start`. */
function fourBytes(word: number, start: number): number {
  return (
    crcTables[start + 768 + (word & 255)]! ^
    crcTables[start + 512 + ((word >>> 8) & 255)]! ^
    crcTables[start + 256 + ((word >>> 16) & 255)]! ^
    crcTables[start + (word >>> 24)]!
  );
}
