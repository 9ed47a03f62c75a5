/* oxlint-disable unicorn/require-post-message-target-origin -- a worker has no origin. */
import { Worker } from "node:worker_threads";

/** What came of a file: accepted or rejected, or that the decoder ran out of memory or time. */
export type Outcome = "accepted" | "rejected" | "crashed";

/** A decoder in a worker of its own, which may crash without harm. */
export interface RunningDecoder {
  readonly read: (bytes: Uint8Array) => Promise<Outcome>;
  stop(): Promise<unknown>;
}

const longestSeconds = 5;

/**
 * Starts a decoder, with 1 GiB of heap.
 *
 * @param name One of `decoders`.
 */
export function startDecoder(name: string): RunningDecoder {
  let worker: Worker | undefined;
  const start = (): Worker => {
    const resourceLimits = { maxOldGenerationSizeMb: 1024 };
    return new Worker(new URL("./decoder-worker.ts", import.meta.url), { resourceLimits, stderr: true });
  };
  return {
    read: (bytes) => {
      const current = (worker ??= start());
      return new Promise((resolve) => {
        const end = (outcome: Outcome): void => {
          clearTimeout(timer);
          current.off("message", onMessage).off("error", onCrash).off("exit", onCrash);
          if (outcome === "crashed") {
            void current.terminate();
            worker = undefined;
          }
          resolve(outcome);
        };
        const onMessage = (accepted: boolean): void => end(accepted ? "accepted" : "rejected");
        const onCrash = (): void => end("crashed");
        const timer = setTimeout(onCrash, longestSeconds * 1000);
        current.on("message", onMessage).on("error", onCrash).on("exit", onCrash);
        current.postMessage({ name, bytes });
      });
    },
    stop: async () => worker?.terminate(),
  };
}
