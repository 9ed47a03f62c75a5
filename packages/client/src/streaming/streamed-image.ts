import type { ImageFacts } from "./image-facts.ts";

/**
 * An image of an answer that is still coming. Its picture can be read once, in one of three ways. One that is in the
 * answer must be begun before the next image is asked for: `bytes()` is then finished first, whoever waits for it, while
 * what is left of the others is passed over.
 */
export interface StreamedImage extends Readonly<ImageFacts> {
  /** The picture, piece by piece. From a URL it is fetched now, without the API key. */
  chunks(): AsyncGenerator<Uint8Array, void, undefined>;
  /** The whole picture. */
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
  /** The picture as a web stream; nothing is read ahead. */
  stream(): ReadableStream<Uint8Array>;
}
