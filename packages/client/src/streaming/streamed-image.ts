/** What a response says of an image beside its bytes. */
export interface ImageFacts {
  /** The image's place in the response's `data`, from 0. */
  readonly index: number;
  /** Where the image is, if it is not in the response. */
  url?: string | null | undefined;
  /** The prompt that was used, if the server changed it. It may come only after the bytes. */
  revised_prompt?: string | null | undefined;
}

/**
 * An image of a response that is still coming. Its bytes can be read once, in one of three ways. An image that is in the
 * response must be begun before the next image is asked for: `bytes()` is then finished first, even if it is not awaited yet, while
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
