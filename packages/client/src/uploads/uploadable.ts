/** A piece of a file's content. */
export type UploadChunk = string | ArrayBuffer | ArrayBufferView | Blob;

/** What `fs.createReadStream` returns, as far as an upload is concerned. */
export interface FileReadStream extends AsyncIterable<Uint8Array> {
  /** Where the file lies; its last part becomes the upload's file name. */
  readonly path: string | { toString(): string };
}

/**
 * What can be sent as a file: a `File` or `Blob`, the body of a `Response`, a stream (`fs.createReadStream`, a web
 * `ReadableStream`, any async iterable of chunks), bytes (`Uint8Array` with `Buffer`, `ArrayBuffer`), or a `URL` to read
 * it from, `file:` included if the runtime has files.
 *
 * A stream is read once, into memory: what is uploaded here is small, and only so can a request be sent again.
 */
export type Uploadable =
  | Blob
  | File
  | Response
  | FileReadStream
  | ReadableStream<UploadChunk>
  | AsyncIterable<UploadChunk>
  | ArrayBuffer
  | ArrayBufferView
  | URL;
