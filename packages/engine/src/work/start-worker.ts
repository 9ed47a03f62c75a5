import type * as WorkerThreads from "node:worker_threads";
import type { ToWorker } from "./worker-messages.ts";

/** A thread of the runtime's own kind. */
export interface EngineWorker {
  readonly post: (message: ToWorker) => void;
  readonly end: () => void;
  /**
   * Sets whether the process waits for the worker. Undefined if the runtime always does: such a worker must end with the
   * call that started it.
   */
  readonly holdProcess?: (isHeld: boolean) => void;
}

export interface WorkerListener {
  readonly onMessage: (message: unknown) => void;
  /** The worker failed, or ended by itself. */
  readonly onError: (error: unknown) => void;
}

/** Starts a worker. Returns undefined if the runtime has none, and throws if it starts none. */
export type StartWorker = (listener: WorkerListener) => EngineWorker | undefined;

type NodeThreads = typeof WorkerThreads;

/** Starts a worker of the kind that the runtime has. */
export const startWorker: StartWorker = (listener) => {
  if (typeof Worker === "function") return startWebWorker(listener);
  const threads = globalThis.process?.getBuiltinModule?.("node:worker_threads") as NodeThreads | undefined;
  return threads && startThread(threads, listener);
};

function startWebWorker({ onMessage, onError }: WorkerListener): EngineWorker {
  // Bundlers look for exactly this expression. The file is there once the package is built, beside its door.
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  worker.addEventListener("message", ({ data }) => onMessage(data));
  worker.addEventListener("error", (event) => {
    // Deno ends the process over an error whose default is not prevented.
    event.preventDefault();
    onError(event.error ?? new Error(event.message));
  });
  worker.addEventListener("messageerror", () => onError(new Error("A message of the worker could not be read.")));
  // Bun's own: it tells that the worker has ended.
  worker.addEventListener("close", () => onError(new Error("The worker ended by itself.")));
  const end = (): void => worker.terminate();
  const post = (message: ToWorker): void => worker.postMessage(message);
  // A page ends its workers; Bun lets a process end without waiting for those that say so; Deno waits for all of them.
  if (typeof document === "object") return { post, end, holdProcess: () => undefined };
  const { ref, unref } = worker as { ref?: () => void; unref?: () => void };
  if (!ref || !unref) return { post, end };
  return { post, end, holdProcess: (isHeld) => (isHeld ? ref : unref).call(worker) };
}

function startThread(threads: NodeThreads, { onMessage, onError }: WorkerListener): EngineWorker {
  // The options of the process, which a thread has by default, can rule out that it starts: --input-type=module, for one.
  const worker = new threads.Worker(new URL("./worker.js", import.meta.url), { execArgv: [] });
  worker.on("message", onMessage);
  worker.on("error", onError);
  worker.on("messageerror", onError);
  worker.on("exit", (code) => onError(new Error(`The worker ended by itself, with exit code ${code}.`)));
  return {
    post: (message) => worker.postMessage(message),
    end: () => void worker.terminate(),
    holdProcess: (isHeld) => (isHeld ? worker.ref() : worker.unref()),
  };
}
