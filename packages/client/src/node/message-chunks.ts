import type { Readable } from "node:stream";
import { iterate } from "../transport/iterate.ts";

/** How many chunks may wait to be asked for, before no more are read. */
const maximumWaiting = 4;

/**
 * A body as it arrives, read hardly faster than it is asked for. Node's own iteration over streams does the same, at
 * several times the cost.
 *
 * @param leave Called when the iteration ends, whatever the reason.
 */
export function messageChunks(source: Readable, leave: () => void): AsyncIterableIterator<Uint8Array, undefined> {
  const chunks: Uint8Array[] = [];
  let ended = false;
  let failure: unknown;
  let wake: (() => void) | undefined;
  const end = (error?: unknown): void => {
    if (!ended) failure = error;
    ended = true;
    wake?.();
  };
  /** Every body closes, most of them after their end: an error takes long to make. */
  const close = (): void => {
    if (!ended) end(source.errored ?? new Error("The connection closed before the body was complete."));
  };
  source.on("data", (chunk: Uint8Array) => {
    // To pause and to resume costs as much as a chunk: small responses come without.
    if (chunks.push(chunk) === maximumWaiting) source.pause();
    wake?.();
  });
  source.on("end", () => end());
  source.on("error", end);
  source.on("close", close);
  if (source.destroyed) close();

  return iterate(
    async () => {
      for (;;) {
        if (chunks.length > 0 || ended) break;
        if (source.isPaused()) source.resume();
        await new Promise<void>((resolve) => (wake = resolve));
      }
      const value = chunks.shift();
      if (value) return { value, done: false };
      if (failure) throw failure;
      return { value: undefined, done: true };
    },
    () => {
      leave();
      // A decoder whose message has come to its end has more to say.
      if (!ended) source.destroy();
    },
  );
}
