import type * as WorkerThreads from "node:worker_threads";
import type { FromWorker, ToWorker } from "./worker-messages.ts";

/** A thread of the runtime's own kind. */
export interface EngineWorker {
  readonly post: (message: ToWorker) => void;
  readonly end: () => void;
}

export interface WorkerListener {
  readonly onMessage: (message: FromWorker) => void;
  readonly onError: (error: unknown) => void;
}

type NodeThreads = typeof WorkerThreads;

/** Starts a worker, or returns undefined if the runtime has none. */
export function startWorker({ onMessage, onError }: WorkerListener): EngineWorker | undefined {
  try {
    if (typeof Worker === "function") {
      // Bundlers look for exactly this expression. The file is there once the package is built, beside its door.
      const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
      worker.addEventListener("message", ({ data }) => onMessage(data as FromWorker));
      worker.addEventListener("error", (event) => {
        // Deno ends the process over an error whose default is not prevented.
        event.preventDefault();
        onError(event.error ?? new Error(event.message));
      });
      worker.addEventListener("messageerror", () => onError(new Error("A message of a worker could not be read.")));
      return { post: (message) => worker.postMessage(message), end: () => worker.terminate() };
    }
    const threads = globalThis.process?.getBuiltinModule?.("node:worker_threads") as NodeThreads | undefined;
    if (!threads) return undefined;
    const worker = new threads.Worker(new URL("./worker.js", import.meta.url));
    worker.on("message", onMessage);
    worker.on("error", onError);
    worker.on("messageerror", onError);
    worker.on("exit", (code) => onError(new Error(`A worker exited with code ${code}.`)));
    return { post: (message) => worker.postMessage(message), end: () => void worker.terminate() };
  } catch (error) {
    onError(error);
    return undefined;
  }
}
