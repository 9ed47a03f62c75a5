import type { ImageChunk, ImageSource } from "../image-source.ts";
import { ImageReadError } from "./image-read-error.ts";
import { has, isArrayBuffer, isImageSource } from "./is-image-source.ts";

/** A picture that can be read from its start, as far as is needed, whatever its bytes come in. */
export interface OpenImage {
  /** The size of the whole, where it is known before all is read. */
  readonly byteLength: number | null;
  /**
   * The first bytes: as many as asked for or more, or fewer where the picture has fewer.
   *
   * @throws ImageReadError where reading fails.
   */
  read(length: number): Promise<Uint8Array>;
  /** What to read the picture from now: the source itself, or for a stream, which is read once, what takes its place. */
  source(): ImageSource;
}

/**
 * Opens a picture for reading. Nothing is read yet.
 *
 * @throws TypeError where the value is nothing that a picture can be read from.
 */
export function openImageSource(source: ImageSource): OpenImage {
  if (!isImageSource(source)) {
    throw new TypeError(
      "A picture must be bytes, a Blob, a Response or a stream. If it is a path, read the file first.",
    );
  }
  if (ArrayBuffer.isView(source) || isArrayBuffer(source)) {
    const bytes = toBytes(source);
    return { byteLength: bytes.length, read: async () => bytes, source: () => source };
  }
  if (isBlob(source)) {
    return {
      byteLength: source.size,
      read: (length) => readable(async () => new Uint8Array(await source.slice(0, length).arrayBuffer())),
      source: () => source,
    };
  }
  return openStream(source);
}

function openStream(source: Exclude<ImageSource, ArrayBufferView | ArrayBuffer | Blob>): OpenImage {
  let chunks: Uint8Array[] = [];
  let byteLength = 0;
  let ended = false;
  let iterator: AsyncIterator<ImageChunk, unknown> | undefined;

  const join = (): Uint8Array => {
    if (chunks.length !== 1) {
      const bytes = new Uint8Array(byteLength);
      let offset = 0;
      for (const chunk of chunks) {
        bytes.set(chunk, offset);
        offset += chunk.length;
      }
      chunks = [bytes];
    }
    return chunks[0]!;
  };
  const next = async (): Promise<Uint8Array | undefined> => {
    iterator ??= await iterate(source);
    const { done, value } = await iterator.next();
    if (done) return undefined;
    return readChunk(value);
  };

  return {
    get byteLength() {
      return ended ? byteLength : null;
    },
    read: (length) =>
      readable(async () => {
        while (!ended && byteLength < length) {
          const chunk = await next();
          if (chunk) {
            chunks.push(chunk);
            byteLength += chunk.length;
          } else ended = true;
        }
        return join();
      }),
    source: () => {
      const start = join();
      if (ended) return start;
      return new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(start),
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
}

async function readable<Value>(read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ImageReadError(`The picture could not be read: ${reason}`, { cause });
  }
}

function isBlob(source: object): source is Blob {
  return "size" in source && has(source, "arrayBuffer") && has(source, "slice");
}

/** The chunks of a stream, one after the other. A web stream is not an async iterable in every browser. */
async function iterate(source: object): Promise<AsyncIterator<ImageChunk, unknown>> {
  if (has(source, "getReader")) {
    const reader = (source as ReadableStream<ImageChunk>).getReader();
    return {
      next: () => reader.read() as Promise<IteratorResult<ImageChunk, unknown>>,
      return: async (reason: unknown) => {
        await reader.cancel(reason);
        return { done: true, value: undefined };
      },
    };
  }
  if (has(source, Symbol.asyncIterator)) return (source as AsyncIterable<ImageChunk>)[Symbol.asyncIterator]();
  const { body, bodyUsed } = source as Response;
  if (body && !bodyUsed) return iterate(body);
  const whole = await (source as Response).arrayBuffer();
  return (async function* () {
    yield whole;
  })();
}

async function readChunk(chunk: ImageChunk): Promise<Uint8Array> {
  if (typeof chunk === "string") return new TextEncoder().encode(chunk);
  if (ArrayBuffer.isView(chunk) || isArrayBuffer(chunk)) return toBytes(chunk);
  return new Uint8Array(await chunk.arrayBuffer());
}

function toBytes(source: ArrayBufferView | ArrayBuffer): Uint8Array {
  if (source instanceof Uint8Array) return source;
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
}
