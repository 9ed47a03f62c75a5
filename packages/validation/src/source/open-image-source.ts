import { describeValue } from "../parameters/describe-value.ts";
import type { ImageChunk, ImageSource } from "../image-source.ts";
import { concatenate } from "../png/concatenate.ts";
import { sentence } from "../sentence.ts";
import { bytesOf } from "./bytes-of.ts";
import { ImageReadError } from "./image-read-error.ts";
import { isImageSource } from "./is-image-source.ts";

/** A picture that can be read from its start, as far as is needed, whatever its bytes come in. */
export interface OpenImage {
  /** The size of the whole; null where it is not known before all is read. */
  byteLength: number | null;
  /**
   * The first bytes: as many as asked for or more, or fewer where the picture has fewer.
   *
   * @throws ImageReadError where reading fails.
   */
  readonly read: (length: number) => Promise<Uint8Array>;
  /** What to read the picture from now: the source itself, or for a stream, which is read once, what takes its place. */
  readonly source: () => ImageSource;
}

/**
 * Opens a picture for reading. Nothing is read yet.
 *
 * @throws TypeError where the value is nothing that a picture can be read from.
 */
export function openImageSource(source: ImageSource): OpenImage {
  if (!isImageSource(source)) {
    throw new TypeError(sentence("The picture", describeValue(source), "bytes, a Blob, a Response or a stream"));
  }
  const bytes = bytesOf(source);
  const known = bytes?.length ?? ("slice" in source ? (source as Blob).size : null);
  const pieces: Uint8Array[] = [];
  let length = 0;
  let chunks: ChunkIterator | undefined;

  const next = async (): Promise<Uint8Array | undefined> => {
    chunks ??= chunksOf(source as Readable);
    const { done, value } = await chunks.next();
    const chunk = (await value) as ImageChunk;
    return done ? undefined : (bytesOf(chunk) ?? new Uint8Array(await new Response(chunk as Blob).arrayBuffer()));
  };
  const image: OpenImage = {
    byteLength: known,
    read: async (wanted) => {
      try {
        if (bytes) return bytes;
        if (known !== null) return new Uint8Array(await (source as Blob).slice(0, wanted).arrayBuffer());
        for (let piece; length < wanted && (piece = await next()); length += piece.length) pieces.push(piece);
      } catch (cause) {
        throw new ImageReadError(`The picture could not be read: ${(cause as Error)?.message}`, { cause });
      }
      if (length < wanted) image.byteLength = length;
      return concatenate(pieces, length);
    },
    source: () => {
      if (known !== null) return source;
      if (image.byteLength !== null) return concatenate(pieces, length);
      return new ReadableStream<ImageChunk>({
        pull: async (controller) => {
          const piece = pieces.shift() ?? (await next());
          if (piece) controller.enqueue(piece as Uint8Array<ArrayBuffer>);
          else controller.close();
        },
        cancel: async (reason) => void (await chunks!.return?.(reason)),
      });
    },
  };
  return image;
}

/** What a value that a picture can be read from may have, whichever of them it is. */
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

/** Reads the chunks of a stream one after the other. A web stream is no async iterable in some browsers. */
function chunksOf(source: Readable): ChunkIterator {
  const stream = source.bodyUsed ? source : (source.body ?? source);
  const reader = stream.getReader?.();
  return reader
    ? { next: () => reader.read(), return: (reason) => reader.cancel(reason) }
    : (stream[Symbol.asyncIterator]?.() ?? [stream.arrayBuffer!()].values());
}
