import { crcTables, fillCrcTables } from "./crc-tables.ts";

/**
 * The CRC of an IHDR chunk at the start of a file. As CRCs are linear, it is the one of a chunk of zeros, beside what
 * each byte does to it: so no byte has to wait for the one before.
 */
export function headerCrc(bytes: Uint8Array): number {
  if (!crcTables[1]) fillCrcTables();
  let crc = 0x2e90680f;
  for (let index = 0; index < 13; index++) crc ^= crcTables[(12 - index) * 256 + bytes[16 + index]!]!;
  return crc >>> 0;
}
