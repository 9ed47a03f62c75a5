/**
 * A file of a response that is still coming. Its bytes can be read once, in one of three ways. A file that is in the
 * response must be begun before the next one is asked for: `bytes()` is then finished first, even if it is not awaited yet,
 * while what is left of the others is skipped.
 */
export interface StreamedFile {
  /** The file's place in the response's list, from 0. */
  readonly index: number;
  /** The bytes, piece by piece. From a URL it is fetched now, without the API key. */
  chunks(): AsyncGenerator<Uint8Array, void, undefined>;
  /** The whole file. */
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
  /** The file as a web stream; nothing is read ahead. */
  stream(): ReadableStream<Uint8Array>;
}
