import { crcTables, fillCrcTables } from "./crc-tables.ts";

/**
 * The CRC of section 5.5 over a range of bytes, byte by byte: for what `fastCrc32` leaves over.
 *
 * @param crc That of the bytes before.
 * @returns An unsigned number of 32 bits.
 */
export function crc32(bytes: Uint8Array, start: number, end: number, crc = 0): number {
  if (!crcTables[1]) fillCrcTables();
  crc = ~crc;
  for (let index = start; index < end; index++) crc = crcTables[(crc ^ bytes[index]!) & 255]! ^ (crc >>> 8);
  return ~crc >>> 0;
}
