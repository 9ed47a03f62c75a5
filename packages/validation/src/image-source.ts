/** A piece of a picture's content, as a stream may deliver it. Text counts as UTF-8. */
export type ImageChunk = string | ArrayBuffer | ArrayBufferView | Blob;

/**
 * A picture, as whatever its bytes come in. A `Buffer` is a `Uint8Array`, a `File` is a `Blob`, and what
 * `fs.createReadStream` returns is an async iterable. A path is none of these: read the file first.
 */
export type ImageSource =
  | ArrayBufferView
  | ArrayBuffer
  | Blob
  | Response
  | ReadableStream<ImageChunk>
  | AsyncIterable<ImageChunk>;
