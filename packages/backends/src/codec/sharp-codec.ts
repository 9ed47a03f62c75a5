import type { Sharp, SharpOptions } from "sharp";
import { convertToSrgb } from "./convert-to-srgb.ts";
import type { ImageCodec } from "./image-codec.ts";
import { maxPixels } from "./max-pixels.ts";
import { readPngColor } from "./png-color.ts";

/** sharp itself, as far as it is called here. */
export type CreateSharp = (input: Uint8Array, options: SharpOptions) => Sharp;

/** A codec over sharp, which applies ICC profiles and the orientation of a JPEG; gAMA, cHRM and cICP are applied here. */
export function sharpCodec(createSharp: CreateSharp): ImageCodec {
  const fromPixels = ({ width, height, data }: Parameters<ImageCodec["encode"]>[0]): Sharp =>
    createSharp(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), {
      raw: { width, height, channels: 4 },
      limitInputPixels: maxPixels,
    });
  return {
    async decode(bytes) {
      const color = readPngColor(bytes);
      const isDeep = color?.bitDepth === 16;
      const { data, info } = await createSharp(bytes, { limitInputPixels: maxPixels, failOn: "error" })
        .autoOrient()
        .toColourspace(isDeep ? "rgb16" : "srgb")
        .ensureAlpha()
        .raw({ depth: isDeep ? "ushort" : "uchar" })
        .toBuffer({ resolveWithObject: true });
      const samples = isDeep ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2) : data;
      return {
        width: info.width,
        height: info.height,
        data: color ? convertToSrgb(samples, color) : new Uint8ClampedArray(data.buffer, data.byteOffset, data.length),
      };
    },
    async encode(image) {
      return new Uint8Array(await fromPixels(image).png({ compressionLevel: 6 }).toBuffer());
    },
    async resize(image, { width, height }) {
      const data = await fromPixels(image).resize(width, height, { fit: "fill" }).raw().toBuffer();
      return { width, height, data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.length) };
    },
  };
}
