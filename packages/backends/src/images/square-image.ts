import type { PixelImage } from "@image-variations/engine";
import { BackendError } from "../backend-error.ts";
import type { ImageCodec } from "../codec/image-codec.ts";
import { sniffFormat } from "../codec/sniff-format.ts";

/**
 * Decodes an image, and brings it to a square of this size. What is not square fills it and loses its edges: a variation
 * with bars at two sides would be no image that anybody asked for.
 *
 * @throws Error that says what is wrong with the file.
 */
export async function decodeSquare(
  bytes: Uint8Array<ArrayBuffer>,
  size: number,
  codec: ImageCodec,
): Promise<PixelImage> {
  if (!sniffFormat(bytes)) throw new Error(`${describe(bytes)} is not a PNG, JPEG or WebP image`);
  const square = cropToSquare(await codec.decode(bytes));
  return square.width === size ? square : codec.resize(square, { width: size, height: size });
}

/**
 * The caller's image for a target that reads few kinds of PNG: 8-bit sRGB without alpha, of the size that it renders.
 *
 * @throws BackendError if it cannot be decoded.
 */
export async function prepareInput(
  image: Uint8Array<ArrayBuffer>,
  size: number,
  codec: ImageCodec,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await codec.encode(flatten(await decodeSquare(image, size, codec)));
  } catch (cause) {
    throw asInvalidInput(cause);
  }
}

/** The error for an image of the caller that cannot be decoded. */
export function asInvalidInput(cause: unknown): BackendError {
  if (cause instanceof BackendError) return cause;
  const message = `The image cannot be decoded: ${(cause as Error).message}. Re-save it as PNG.`;
  return new BackendError(message, { status: 400, param: "image", cause });
}

/**
 * An image from a target as the PNG that our caller asked for. It is always decoded, so that nothing damaged is passed on.
 *
 * @throws BackendError if it cannot be decoded.
 */
export async function finishImage(
  bytes: Uint8Array<ArrayBuffer>,
  { size, codec, label }: { readonly size: number; readonly codec: ImageCodec; readonly label: string },
): Promise<Uint8Array<ArrayBuffer>> {
  let pixels: PixelImage;
  try {
    pixels = await decodeSquare(bytes, size, codec);
  } catch (cause) {
    if (cause instanceof BackendError) throw cause;
    const message = `${label} returned an image that cannot be decoded: ${(cause as Error).message}.`;
    throw new BackendError(message, { status: 502, cause });
  }
  return codec.encode(pixels);
}

/** The middle of an image. */
export function cropToSquare(image: PixelImage): PixelImage {
  const { width, height, data } = image;
  if (width === height) return image;
  const size = Math.min(width, height);
  const left = Math.floor((width - size) / 2);
  const top = Math.floor((height - size) / 2);
  const square = new Uint8ClampedArray(size * size * 4);
  for (let y = 0; y < size; y++) {
    const start = ((top + y) * width + left) * 4;
    square.set(data.subarray(start, start + size * 4), y * size * 4);
  }
  return { width: size, height: size, data: square };
}

/** On white, as a page shows it: targets that drop alpha would show whatever color lies below. */
export function flatten(image: PixelImage): PixelImage {
  const data = new Uint8ClampedArray(image.data);
  for (let offset = 0; offset < data.length; offset += 4) {
    const alpha = data[offset + 3]! / 255;
    if (alpha === 1) continue;
    for (let channel = 0; channel < 3; channel++) {
      data[offset + channel] = data[offset + channel]! * alpha + 255 * (1 - alpha);
    }
    data[offset + 3] = 255;
  }
  return { ...image, data };
}

function describe(bytes: Uint8Array): string {
  if (bytes.length === 0) return "an empty file";
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 40)).replaceAll(/[^\x20-\x7e]+/g, "·");
  return `${bytes.length} bytes that begin with ${JSON.stringify(head)}`;
}
