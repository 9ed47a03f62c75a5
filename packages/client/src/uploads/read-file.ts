import { type OpenFile, viewBytes } from "./file-source.ts";
import { GrowingBytes } from "./growing-bytes.ts";

/**
 * All bytes of a file, chunk by chunk.
 *
 * @param checkSize Told the number of bytes by then, before a chunk is kept; may throw to end the reading.
 * @param signal Ends the reading when it fires, even if the file does not go on.
 */
export async function readFile(
  file: Pick<OpenFile, "chunks" | "close" | "isWhole">,
  checkSize?: (size: number) => void,
  signal?: AbortSignal | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const all = new GrowingBytes();
  const chunks = file.chunks();
  // Not waited for: a stream that is stuck ends only if it is destroyed, and then late.
  const end = (): void => {
    file.close?.();
    Promise.resolve(chunks.return?.()).catch(() => {});
  };
  signal?.addEventListener("abort", end, { once: true });
  try {
    for (;;) {
      const { done, value } = await chunks.next();
      if (done) return all.view();
      const bytes = viewBytes(value) ?? (await chunkBytes(await value));
      checkSize?.(all.length + bytes.length);
      if (file.isWhole) return bytes;
      all.append(bytes);
    }
  } catch (error) {
    end();
    throw error;
  } finally {
    signal?.removeEventListener("abort", end);
  }
}

/** The bytes of a chunk, as any kind of stream may have it. */
export async function chunkBytes(chunk: unknown): Promise<Uint8Array<ArrayBuffer>> {
  if (typeof chunk === "string") return new TextEncoder().encode(chunk);
  const bytes = viewBytes(chunk) ?? viewBytes(await (chunk as Blob | null)?.arrayBuffer?.());
  if (bytes) return bytes;
  throw new TypeError(`a stream must yield bytes, text or blobs, got ${typeof chunk}`);
}
