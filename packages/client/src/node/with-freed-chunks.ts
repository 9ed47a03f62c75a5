import { iterate } from "../transport/iterate.ts";
import type { TransportResponse } from "../transport/transport.ts";

/**
 * A response whose chunks are good until the next one is asked for: then their memory is freed at once, and the system
 * gives it out again for the next, still warm. To leave it to the garbage collector costs tens of megabytes. Where the
 * memory may be somebody else's too, the response stays as it is.
 */
export function withFreedChunks(response: TransportResponse): TransportResponse {
  if (!(response.ownsChunks ?? isByteStream(response.stream))) return response;
  return {
    ...response,
    chunks: () => {
      const chunks = response.chunks()[Symbol.asyncIterator]();
      let last: Uint8Array | undefined;
      return iterate(
        async () => {
          if (last) free(last);
          const step = await chunks.next();
          last = step.value;
          return step;
        },
        () => chunks.return?.(),
      );
    },
  };
}

/** A stream of bytes, unlike other streams, takes the memory of what is written to it away from the writer. */
function isByteStream(stream: ReadableStream | null | undefined): boolean {
  try {
    stream?.getReader({ mode: "byob" }).releaseLock();
    return Boolean(stream);
  } catch {
    return false;
  }
}

/** More than one chunk may lie in the same memory: such stay. */
function free({ buffer, byteLength }: Uint8Array): void {
  if (buffer.byteLength === byteLength) (buffer as ArrayBuffer).transfer(0);
}
