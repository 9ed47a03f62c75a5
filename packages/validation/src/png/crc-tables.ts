/**
 * What a byte does to a CRC (section 5.5): table k, at k * 256, when k bytes come after it. Filled on first use; a
 * constant, because its length then need not be looked up.
 */
export const crcTables: Int32Array = /* @__PURE__ */ new Int32Array(4096);

/** Fills the tables. Whether it has to be called is asked where it is, so that it need not be inlined there. */
export function fillCrcTables(): void {
  for (let index = 0; index < crcTables.length; index++) {
    let crc = index < 256 ? index : crcTables[index - 256]!;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    crcTables[index] = crc;
  }
}
