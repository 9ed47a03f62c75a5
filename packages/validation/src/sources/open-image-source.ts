import { describeInvalid } from "../describe.ts";
import { bytesOf } from "./bytes-of.ts";
import { ImageReadError, ImageSourceError, messageOf } from "./image-read-error.ts";
import { isImageSource, type ImageChunk, type ImageSource } from "./image-source.ts";

/** An image that can be read from its start, as far as needed, whatever holds its bytes. */
export interface OpenImage {
  /** The size in bytes; null if it isn't known before the end is read. */
  byteLength: number | null;
  /**
   * The first bytes: as many as asked for or more, or fewer if the image has fewer.
   *
   * @throws ImageReadError if reading fails.
   */
  readonly read: (length: number) => Promise<Uint8Array>;
  /** What to read the image from now: the source itself, or a replacement for a stream, which is read only once. */
  readonly source: () => ImageSource;
  /** Stops reading, and cancels a stream. */
  readonly cancel: (reason: unknown) => void;
}

/** A stream with this many empty chunks in a row may never end, and would block everything else. */
const maxEmptyChunks = 1000;

/**
 * Opens an image for reading. Nothing is read yet.
 *
 * @throws TypeError if an image can't be read from the value.
 * @throws ImageReadError if its buffer has been transferred.
 */
export function openImageSource(source: ImageSource): OpenImage {
  if (!isImageSource(source)) {
    throw new ImageSourceError(describeInvalid("The image", source, "bytes, a Blob, a Response or a stream"));
  }
  const bytes = bytesOf(source);
  const known = bytes?.length ?? sizeOf(source);
  const pieces: Uint8Array[] = [];
  let length = 0;
  let chunks: ChunkIterator | undefined;

  const open = (): ChunkIterator => (chunks ??= chunksOf(source as Readable));
  const image: OpenImage = {
    byteLength: known,
    read: async (wanted) => {
      try {
        if (bytes) return bytes;
        if (known !== null) return await bytesOfChunk(await (source as Blob).slice(0, wanted).arrayBuffer());
        for (let piece; length < wanted && (piece = await nextPiece(open())); length += piece.length)
          pieces.push(piece);
      } catch (cause) {
        throw new ImageReadError(`The image could not be read: ${messageOf(cause)}`, { cause });
      }
      if (length < wanted) image.byteLength = length;
      return concatenate(pieces, length);
    },
    source: () => {
      if (known !== null) return source;
      if (image.byteLength !== null) return concatenate(pieces, length);
      return new ReadableStream<ImageChunk>({
        pull: async (controller) => {
          const piece = pieces.shift() ?? (await nextPiece(open()));
          if (piece) controller.enqueue(piece as Uint8Array<ArrayBuffer>);
          else controller.close();
        },
        cancel: async (reason) => void (await open().return?.(reason)),
      });
    },
    cancel: async (reason) => {
      try {
        if (known === null) await open().return?.(reason);
      } catch {
        // Reading stops in any case.
      }
    },
  };
  return image;
}

/** The bytes of the next chunk that isn't empty; undefined at the end. */
async function nextPiece(chunks: ChunkIterator): Promise<Uint8Array | undefined> {
  for (let empty = 0; empty < maxEmptyChunks; empty++) {
    const { done, value } = await chunks.next();
    if (done) return undefined;
    const piece = await bytesOfChunk(value);
    if (piece.length > 0) return piece;
  }
  throw new TypeError(`${maxEmptyChunks} chunks in a row are empty`);
}

/** The size of a Blob; null for anything else. */
function sizeOf(source: object): number | null {
  try {
    const { size, slice } = source as Partial<Blob>;
    return typeof slice === "function" && Number.isSafeInteger(size) ? (size ?? null) : null;
  } catch {
    return null;
  }
}

async function bytesOfChunk(chunk: unknown): Promise<Uint8Array> {
  const bytes = typeof chunk === "string" ? new TextEncoder().encode(chunk) : bytesOf(chunk);
  if (bytes) return bytes;
  const inBlob = bytesOf(await (chunk as Partial<Blob> | null | undefined)?.arrayBuffer?.());
  if (inBlob) return inBlob;
  throw new TypeError(describeInvalid("a chunk", chunk, "bytes, text or a Blob"));
}

/** What any of the sources may have. */
interface Readable {
  readonly body?: Readable | null;
  readonly bodyUsed?: boolean;
  readonly arrayBuffer?: () => Promise<ArrayBuffer>;
  readonly getReader?: () => ReadableStreamDefaultReader<ImageChunk>;
  readonly [Symbol.asyncIterator]?: () => ChunkIterator;
}

interface ChunkIterator {
  readonly next: () => PromiseLike<IteratorResult<unknown>> | IteratorResult<unknown>;
  // A method, so that what takes another reason, or none, fits as well.
  return?(reason: unknown): unknown;
}

/** Reads the chunks of a stream one after the other. In some browsers a web stream is not an async iterable. */
function chunksOf(source: Readable): ChunkIterator {
  const stream = source.bodyUsed ? source : (source.body ?? source);
  const reader = stream.getReader?.();
  if (reader) return { next: () => reader.read(), return: (reason) => reader.cancel(reason) };
  return stream[Symbol.asyncIterator]?.() ?? whole(stream);
}

/** The bytes of all pieces. */
function concatenate(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = pieces;
  if (first && pieces.length === 1) return first;
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}

async function* whole(source: Readable): AsyncGenerator<unknown, void, unknown> {
  yield await source.arrayBuffer?.();
}
