import type { ImageChunk, ImageSource } from "../image-source.ts";
import { concatenate } from "../png/concatenate.ts";
import { ImageReadError } from "./image-read-error.ts";
import { has, isBytes, isImageSource } from "./is-image-source.ts";

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
  if (!isImageSource(source)) throw new TypeError("A picture must be bytes, a Blob, a Response or a stream.");
  let bytes: Uint8Array | undefined = isBytes(source) ? toBytes(source) : undefined;
  const blob: Blob | undefined = !bytes && has(source, "slice") ? (source as Blob) : undefined;
  let reader: ChunkReader | undefined;

  const next = async (): Promise<Uint8Array | undefined> => {
    reader ??= readerOf(source);
    const { done, value } = await reader.read();
    return done ? undefined : toBytes(isBytes(value) ? value : await new Response(value).arrayBuffer());
  };
  const image: OpenImage = {
    byteLength: bytes?.length ?? blob?.size ?? null,
    read: async (wanted) => {
      try {
        if (blob) return toBytes(await blob.slice(0, wanted).arrayBuffer());
        const chunks = [bytes ?? new Uint8Array()];
        let length = bytes?.length ?? 0;
        while (length < wanted && image.byteLength === null) {
          const chunk = await next();
          if (chunk) length += chunks[chunks.push(chunk) - 1]!.length;
          else image.byteLength = length;
        }
        return (bytes = concatenate(chunks, length));
      } catch (cause) {
        throw new ImageReadError(`The picture could not be read: ${(cause as Error)?.message}`, { cause });
      }
    },
    source: () => {
      if (!reader) return source;
      if (image.byteLength !== null) return bytes!;
      return new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(bytes!),
        pull: async (controller) => {
          const chunk = await next();
          if (chunk) controller.enqueue(chunk);
          else controller.close();
        },
        cancel: async (reason) => void (await reader!.cancel(reason)),
      });
    },
  };
  return image;
}

interface ChunkReader {
  readonly read: () => Promise<IteratorResult<ImageChunk, unknown>>;
  readonly cancel: (reason: unknown) => unknown;
}

/** Reads the chunks of a stream one after the other. A web stream is no async iterable in some browsers. */
function readerOf(source: object): ChunkReader {
  const { body, bodyUsed } = source as Response;
  if (body && !bodyUsed) return readerOf(body);
  if (has(source, "getReader")) return (source as ReadableStream<ImageChunk>).getReader() as ChunkReader;
  const iterator = has(source, Symbol.asyncIterator)
    ? (source as AsyncIterable<ImageChunk>)[Symbol.asyncIterator]()
    : wholeOf(source as Response);
  return { read: () => iterator.next(), cancel: async (reason) => iterator.return?.(reason) };
}

async function* wholeOf(source: Response): AsyncGenerator<ImageChunk> {
  yield source.arrayBuffer();
}

function toBytes(source: ArrayBufferView | ArrayBuffer): Uint8Array {
  const { buffer, byteOffset, byteLength } = source as ArrayBufferView;
  return source instanceof Uint8Array
    ? source
    : new Uint8Array(buffer ?? (source as ArrayBuffer), byteOffset, byteLength);
}
