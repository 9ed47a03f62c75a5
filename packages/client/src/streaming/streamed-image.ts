import type { Image } from "../generated/schema.ts";
import type { StreamedFile } from "../response/streamed-file.ts";

/** What a response says of an image beside its bytes, by the contract's names. */
export interface ImageFacts {
  readonly index: number;
  [name: string]: unknown;
}

/**
 * An image of a response that is still coming, with what the response says of it. What comes after the bytes, as
 * `revised_prompt` may, is there when they have been read.
 */
export interface StreamedImage extends StreamedFile, Readonly<Omit<Image, "b64_json">> {}
