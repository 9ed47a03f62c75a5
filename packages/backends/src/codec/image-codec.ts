import type { PixelImage } from "@image-variations/engine";

/** Turns files into pixels and back: sharp on Node, a canvas in browsers, or a codec of your own where neither is. */
export interface ImageCodec {
  /**
   * Decodes a PNG, JPEG or WebP to 8-bit sRGB with straight alpha, upright, its color profile or gamma applied.
   * Rejects if the file is damaged.
   */
  decode(bytes: Uint8Array<ArrayBuffer>): Promise<PixelImage>;
  /** Encodes as PNG, without loss. */
  encode(image: PixelImage): Promise<Uint8Array<ArrayBuffer>>;
  /** Scales to exactly this width and height. */
  resize(image: PixelImage, size: { readonly width: number; readonly height: number }): Promise<PixelImage>;
}
