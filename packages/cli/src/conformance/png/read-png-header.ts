import { crc32 } from "node:zlib";

const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");

/**
 * Width and height of a PNG, by the text of the W3C, without the validator of this project.
 *
 * @throws Error if the signature or the header chunk is invalid.
 */
export function readPngHeader(file: Buffer): { width: number; height: number } {
  if (!file.subarray(0, 8).equals(signature)) throw new Error("The file does not begin with PNG's signature.");
  const chunk = file.subarray(12, 29);
  if (file.readUInt32BE(8) !== 13 || chunk.toString("latin1", 0, 4) !== "IHDR")
    throw new Error("IHDR does not come first.");
  if (file.readUInt32BE(29) !== crc32(chunk)) throw new Error("IHDR's checksum is wrong.");
  return { width: chunk.readUInt32BE(4), height: chunk.readUInt32BE(8) };
}
