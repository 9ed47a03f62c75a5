import { crc32 } from "node:zlib";

/** The eight bytes that every PNG begins with. */
export const signature: Uint8Array = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** What may be wrong with a chunk on purpose. */
export interface ChunkFaults {
  /** The length that it states, in place of the true one. */
  readonly length?: number;
  /** The CRC that it states, in place of the true one. */
  readonly crc?: number;
}

/** One chunk of a PNG. */
export function chunk(type: string, data: Uint8Array = new Uint8Array(), faults: ChunkFaults = {}): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, faults.length ?? data.length);
  for (let index = 0; index < 4; index++) bytes[4 + index] = type.charCodeAt(index);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, faults.crc ?? crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}
