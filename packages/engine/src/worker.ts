import type * as WorkerThreads from "node:worker_threads";
import { Arena } from "./kernels/arena.ts";
import { createKernels } from "./kernels/create-kernels.ts";
import { makeVariation, memoryNeeded, prepareSubject, type Subject } from "./make-variation.ts";
import type { Settings } from "./resolve-options.ts";
import type { FromWorker, ToWorker } from "./work/worker-messages.ts";
import { finish } from "./work/work.ts";

interface Port {
  postMessage(message: FromWorker, transfer?: ArrayBuffer[]): void;
}

type NodeThreads = typeof WorkerThreads;

let prepared: Promise<{ arena: Arena; subject: Subject; settings: Settings }> | undefined;

async function handle(message: ToWorker, port: Port): Promise<void> {
  try {
    if (message.kind === "subject") {
      const { image, settings } = message;
      prepared = createKernels(memoryNeeded(image, settings)).then((kernels) => {
        const arena = new Arena(kernels);
        return { arena, subject: finish(prepareSubject(arena, image, settings)), settings };
      });
      return;
    }
    if (!prepared) throw new Error("A job came before its subject.");
    const { arena, subject, settings } = await prepared;
    const { index, seed } = message;
    const report = (done: number): void => port.postMessage({ kind: "progress", index, done });
    const data = finish(makeVariation(arena, subject, { settings, seed, report }));
    port.postMessage({ kind: "variation", index, data }, [data.buffer]);
  } catch (error) {
    port.postMessage({ kind: "failed", error });
  }
}

const scope = globalThis as unknown as Port & Pick<EventTarget, "addEventListener">;
if (typeof scope.postMessage === "function") {
  scope.addEventListener("message", (event) => void handle((event as MessageEvent<ToWorker>).data, scope));
  scope.postMessage({ kind: "started" });
} else {
  const threads = globalThis.process?.getBuiltinModule?.("node:worker_threads") as NodeThreads | undefined;
  const parent = threads?.parentPort;
  parent?.on("message", (message: ToWorker) => void handle(message, parent));
  parent?.postMessage({ kind: "started" } satisfies FromWorker);
}
