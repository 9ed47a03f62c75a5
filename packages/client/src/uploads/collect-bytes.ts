import { readStream } from "../read-stream.ts";
import { joinBytes } from "./join-bytes.ts";
import type { UploadChunk } from "./uploadable.ts";

/**
 * All bytes of a stream.
 *
 * @param add Told the number of bytes of each chunk before it is kept; may throw to end the reading.
 * @param signal Ends the reading when it fires, even where the stream does not go on.
 */
export async function collectBytes(
  stream: (ReadableStream<UploadChunk> | AsyncIterable<UploadChunk>) & { destroy?: () => void },
  add: (bytes: number) => void,
  signal: AbortSignal | null | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  // A stream of Node that waits for its next chunk only ends when it is destroyed.
  const destroy = (): void => stream.destroy?.();
  signal?.addEventListener("abort", destroy, { once: true });
  try {
    for await (const chunk of "getReader" in stream ? readStream(stream, signal) : stream) {
      const bytes = await chunkBytes(chunk);
      add(bytes.length);
      chunks.push(bytes);
    }
  } finally {
    signal?.removeEventListener("abort", destroy);
  }
  return joinBytes(chunks);
}

async function chunkBytes(chunk: UploadChunk): Promise<Uint8Array> {
  if (typeof chunk === "string") return new TextEncoder().encode(chunk);
  if (ArrayBuffer.isView(chunk)) return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  if (chunk instanceof ArrayBuffer || chunk instanceof Blob)
    return new Uint8Array(await new Blob([chunk]).arrayBuffer());
  throw new TypeError(`A stream must yield bytes, text or blobs, got ${typeof chunk}.`);
}
