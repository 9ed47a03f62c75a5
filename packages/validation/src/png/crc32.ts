/**
 * The CRC of section 5.5 over a range of bytes, byte by byte: for the few of a header, and what `fastCrc32` leaves over.
 *
 * @param crc That of the bytes before.
 * @returns An unsigned number of 32 bits.
 */
export function crc32(bytes: Uint8Array, start: number, end: number, crc = 0): number {
  if (!crcTable[1]) fillTable();
  crc = ~crc;
  for (let index = start; index < end; index++) crc = crcTable[(crc ^ bytes[index]!) & 255]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** What a byte does to the CRC. Filled on first use; a constant, because its length then need not be looked up. */
export const crcTable: Int32Array = /* @__PURE__ */ new Int32Array(256);

function fillTable(): void {
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    crcTable[byte] = crc;
  }
}
