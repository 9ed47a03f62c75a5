import { BodyTooLargeError, type ReadBody } from "../platform.ts";

/**
 * Reads the body of a web Request, in any runtime. What is not wanted is left unread and not cancelled: Node's own stream
 * of a FormData, cancelled while it is being read, ends the process with an unhandled rejection.
 */
export const readBody: ReadBody = async (request, { limit, signal }) => {
  signal.throwIfAborted();
  if (!request.body) return new Uint8Array();
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw new BodyTooLargeError();
  const reader = (request.body as ReadableStream<Uint8Array<ArrayBuffer>>).getReader();
  // Ends a read that waits for a slow client.
  const release = (): void => reader.releaseLock();
  signal.addEventListener("abort", release, { once: true });
  try {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    let length = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return concatenate(chunks, length);
      length += value.length;
      if (length > limit) throw new BodyTooLargeError();
      chunks.push(value);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener("abort", release);
    release();
  }
};

function concatenate(chunks: readonly Uint8Array<ArrayBuffer>[], length: number): Uint8Array<ArrayBuffer> {
  const [first] = chunks;
  if (first && chunks.length === 1) return first;
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
