import { decode as decodeLodepng } from "@cwasm/lodepng";
import { inspectPng } from "@image-variations/validation";
import { decode as decodeFastPng } from "fast-png";
import { fileTypeFromBuffer } from "file-type";
import { imageSize } from "image-size";
import { PNG } from "pngjs";
import sharp from "sharp";

/** Whether a library accepts a file as a PNG that it can read, as far as it looks. */
export type Decoder = (bytes: Uint8Array) => Promise<boolean>;

/** Ours, and other libraries for PNG, each in its strictest use. */
export const decoders: { readonly [name: string]: Decoder } = {
  "ours, header": async (bytes) => (await inspectPng(bytes, { depth: "header", limits: {} })).valid,
  "ours, structure": async (bytes) => (await inspectPng(bytes, { depth: "structure", limits: {} })).valid,
  "ours, pixels": async (bytes) =>
    (await inspectPng(bytes, { depth: "pixels", limits: {}, maxPixels: Infinity })).valid,
  sharp: (bytes) => unlessItThrows(() => sharp(bytes, { failOn: "warning", limitInputPixels: 1e8 }).raw().toBuffer()),
  pngjs: (bytes) => unlessItThrows(() => PNG.sync.read(Buffer.from(bytes))),
  "fast-png": (bytes) => unlessItThrows(() => decodeFastPng(bytes, { checkCrc: true })),
  lodepng: (bytes) => unlessItThrows(() => decodeLodepng(bytes)),
  "image-size": (bytes) =>
    unlessItThrows(
      () => imageSize(bytes),
      ({ type }) => type === "png",
    ),
  "file-type": (bytes) =>
    unlessItThrows(
      () => fileTypeFromBuffer(bytes),
      (type) => type?.mime === "image/png",
    ),
};

async function unlessItThrows<Value>(
  read: () => Value | Promise<Value>,
  isPng: (value: Value) => boolean = () => true,
): Promise<boolean> {
  try {
    return isPng(await read());
  } catch {
    return false;
  }
}
