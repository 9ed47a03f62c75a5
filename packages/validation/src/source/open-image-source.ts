import type { ImageChunk, ImageSource } from "../image-source.ts";
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
  if (isBytes(source)) {
    const bytes = toBytes(source);
    return { byteLength: bytes.length, read: async () => bytes, source: () => source };
  }
  if (has(source, "slice")) {
    const blob = source as Blob;
    return {
      byteLength: blob.size,
      read: (length) => readable(async () => toBytes(await blob.slice(0, length).arrayBuffer())),
      source: () => blob,
    };
  }
  return openStream(source);
}

/** A stream, or a Response. It is read once, and what was read of it is kept. */
function openStream(source: object): OpenImage {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let iterator: AsyncIterator<ImageChunk, unknown> | undefined;

  const next = async (): Promise<Uint8Array | undefined> => {
    iterator ??= iterate(source);
    const { done, value } = await iterator.next();
    if (done) return undefined;
    return toBytes(isBytes(value) ? value : await new Response(value).arrayBuffer());
  };
  const image: OpenImage = {
    byteLength: null,
    read: (wanted) =>
      readable(async () => {
        while (length < wanted && image.byteLength === null) {
          const chunk = await next();
          if (chunk) length += chunk.length;
          else image.byteLength = length;
          chunks.push(chunk ?? new Uint8Array());
        }
        return join(chunks, length);
      }),
    source: () => {
      const bytes = join(chunks, length);
      if (image.byteLength !== null) return bytes;
      return new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(bytes),
        pull: async (controller) => {
          const chunk = await next();
          if (chunk) controller.enqueue(chunk);
          else controller.close();
        },
        cancel: async (reason) => {
          await iterator?.return?.(reason);
        },
      });
    },
  };
  return image;
}

/** Puts the chunks into one, in the array as well. */
function join(chunks: Uint8Array[], length: number): Uint8Array {
  if (chunks.length === 1) return chunks[0]!;
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks.splice(0, chunks.length, bytes)) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

async function readable<Value>(read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (cause) {
    throw new ImageReadError(`The picture could not be read: ${(cause as Error)?.message}`, { cause });
  }
}

/** The chunks of a stream, one after the other. A web stream is no async iterable in some browsers. */
function iterate(source: object): AsyncIterator<ImageChunk, unknown> {
  const { body, bodyUsed } = source as Response;
  if (body && !bodyUsed) return iterate(body);
  if (has(source, "getReader")) {
    const reader = (source as ReadableStream<ImageChunk>).getReader();
    return {
      next: () => reader.read() as Promise<IteratorResult<ImageChunk, unknown>>,
      return: async (value) => ({ done: true, value: await reader.cancel(value) }),
    };
  }
  if (has(source, Symbol.asyncIterator)) return (source as AsyncIterable<ImageChunk>)[Symbol.asyncIterator]();
  return (async function* () {
    yield (source as Response).arrayBuffer();
  })();
}

function toBytes(source: ArrayBufferView | ArrayBuffer): Uint8Array {
  if (source instanceof Uint8Array) return source;
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
}
