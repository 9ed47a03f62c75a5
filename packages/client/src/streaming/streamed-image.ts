import type { ImageFacts } from "./image-facts.ts";

/**
 * An image of a response that is still coming. Its bytes can be read once, in one of three ways. An image that is in the
 * response must be begun before the next image is asked for: `bytes()` is then finished first, even if nobody has awaited it yet, while
 * what is left of the others is skipped.
 */
export interface StreamedImage extends Readonly<ImageFacts> {
  /** The bytes, piece by piece. From a URL it is fetched now, without the API key. */
  chunks(): AsyncGenerator<Uint8Array, void, undefined>;
  /** The whole image. */
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
  /** The image as a web stream; nothing is read ahead. */
  stream(): ReadableStream<Uint8Array>;
}
