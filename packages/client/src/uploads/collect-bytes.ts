import { readStream } from "../read-stream.ts";
import { joinBytes } from "./join-bytes.ts";
import type { UploadChunk } from "./uploadable.ts";
import { viewBytes } from "./view-bytes.ts";

/**
 * All bytes of a stream.
 *
 * @param add Told the number of bytes of each chunk before it is kept; may throw to end the reading.
 * @param signal Ends the reading when it fires, even where the stream does not go on.
 */
export async function collectBytes(
  stream: (ReadableStream<UploadChunk> | AsyncIterable<UploadChunk>) & { destroy?: () => void },
  add?: (bytes: number) => void,
  signal?: AbortSignal | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  const webStream = "getReader" in stream ? readStream(stream) : undefined;
  // A stream that waits for its next chunk only ends when it is destroyed, if it is Node's, or cancelled.
  const end = (): void => {
    stream.destroy?.();
    void webStream?.return?.();
  };
  signal?.addEventListener("abort", end, { once: true });
  try {
    for await (const chunk of webStream ?? stream) {
      const bytes = await chunkBytes(chunk);
      add?.(bytes.length);
      chunks.push(bytes);
    }
  } finally {
    signal?.removeEventListener("abort", end);
  }
  return joinBytes(chunks);
}

async function chunkBytes(chunk: UploadChunk): Promise<Uint8Array> {
  const bytes = viewBytes(chunk);
  if (bytes) return bytes;
  if (typeof chunk === "string" || chunk instanceof Blob) return new Uint8Array(await new Blob([chunk]).arrayBuffer());
  throw new TypeError(`A stream must yield bytes, text or blobs, got ${typeof chunk}.`);
}
