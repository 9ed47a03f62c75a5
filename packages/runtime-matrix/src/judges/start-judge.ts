/* oxlint-disable unicorn/require-post-message-target-origin -- a worker has no origin. */
import { Worker } from "node:worker_threads";

/** What came of a file: its verdict, or that the library ran out of memory or of time. */
export type Outcome = "accepted" | "refused" | "died";

/** A library in a worker of its own, which may die without harm. */
export interface RunningJudge {
  judge(bytes: Uint8Array): Promise<Outcome>;
  stop(): Promise<unknown>;
}

const secondsToAnswer = 5;

/** Starts a library of `judges`, with 1 GiB of heap. */
export function startJudge(name: string): RunningJudge {
  let worker: Worker | undefined;
  const start = (): Worker => {
    const resourceLimits = { maxOldGenerationSizeMb: 1024 };
    return new Worker(new URL("judge-worker.ts", import.meta.url), { resourceLimits, stderr: true });
  };
  return {
    judge: (bytes) => {
      const current = (worker ??= start());
      return new Promise((resolve) => {
        const end = (outcome: Outcome): void => {
          clearTimeout(timer);
          current.off("message", onMessage).off("error", onDeath).off("exit", onDeath);
          if (outcome === "died") {
            void current.terminate();
            worker = undefined;
          }
          resolve(outcome);
        };
        const onMessage = (accepted: boolean): void => end(accepted ? "accepted" : "refused");
        const onDeath = (): void => end("died");
        const timer = setTimeout(onDeath, secondsToAnswer * 1000);
        current.on("message", onMessage).on("error", onDeath).on("exit", onDeath);
        current.postMessage({ name, bytes });
      });
    },
    stop: async () => worker?.terminate(),
  };
}
