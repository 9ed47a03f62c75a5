import { isBytes } from "./bytes-of.ts";

/** A piece of an image's content, as a stream may deliver it. Text counts as UTF-8. */
export type ImageChunk = string | ArrayBuffer | ArrayBufferView | Blob;

/**
 * An image, in whatever holds its bytes. A `Buffer` is a `Uint8Array`, a `File` is a `Blob`, and what
 * `fs.createReadStream` returns is an async iterable. A path is not one of these: read the file first.
 */
export type ImageSource =
  | ArrayBufferView
  | ArrayBuffer
  | Blob
  | Response
  | ReadableStream<ImageChunk>
  | AsyncIterable<ImageChunk>;

/**
 * Whether an image could be read from a value. Checks what the value can do, not its class, so that a `Blob` or a stream
 * of a polyfill or of another realm counts as well.
 */
export function isImageSource(value: unknown): value is ImageSource {
  // The methods of a Blob or a Response, of a web stream, and of an async iterable.
  const methods = ["arrayBuffer", "getReader", Symbol.asyncIterator];
  try {
    return isBytes(value) || methods.some((name) => typeof (value as Methods | null)?.[name] === "function");
  } catch {
    return false;
  }
}

interface Methods {
  readonly [name: PropertyKey]: unknown;
}
