/**
 * The CRC of section 5.5 over a range of bytes, byte by byte: for the few of a header, and what `fastCrc32` leaves over.
 *
 * @param crc That of the bytes before.
 * @returns An unsigned number of 32 bits.
 */
export function crc32(bytes: Uint8Array, start: number, end: number, crc = 0): number {
  const table = crcTable();
  crc = ~crc;
  for (let index = start; index < end; index++) crc = table[(crc ^ bytes[index]!) & 255]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

let table: Int32Array | undefined;

/** What a byte does to the CRC. */
export function crcTable(): Int32Array {
  table ??= Int32Array.from({ length: 256 }, (_, byte) => {
    for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
    return byte;
  });
  return table;
}
