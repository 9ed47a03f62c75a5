import { crc32, deflateSync } from "node:zlib";

/** What a PNG is to be like. */
export interface PngOptions {
  readonly width: number;
  readonly height: number;
  /** How many bytes the whole file has; a chunk that decoders skip fills it up. Default: as few as it needs. */
  readonly byteLength?: number;
}

/** Makes a black PNG, valid to its last bit. */
export function makePng({ width, height, byteLength }: PngOptions): Buffer<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8; // bits a pixel, and all that follow are 0: greyscale, deflate, no interlace
  const pixels = deflateSync(Buffer.alloc((1 + width) * height));
  const before = [Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", header)];
  const after = [chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))];
  if (byteLength === undefined) return Buffer.concat([...before, ...after]);
  const missing = byteLength - Buffer.concat([...before, ...after]).length - chunk("fiLL", Buffer.alloc(0)).length;
  return Buffer.concat([...before, chunk("fiLL", Buffer.alloc(missing)), ...after]);
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const result = Buffer.alloc(typed.length + 8);
  result.writeUInt32BE(data.length, 0);
  typed.copy(result, 4);
  result.writeUInt32BE(crc32(typed), typed.length + 4);
  return result;
}
