import type * as WorkerThreads from "node:worker_threads";
import { WorkerSession } from "./work/worker-session.ts";
import type { FromWorker, ToWorker } from "./work/worker-messages.ts";

interface Port {
  postMessage(message: FromWorker, transfer?: ArrayBuffer[]): void;
}

type NodeThreads = typeof WorkerThreads;

function serve(port: Port, listen: (hear: (message: ToWorker) => void) => void): void {
  const session = new WorkerSession((message, transfer) => port.postMessage(message, transfer));
  listen((message) => void session.hear(message));
  port.postMessage({ kind: "started" });
}

const scope = globalThis as unknown as Port & Pick<EventTarget, "addEventListener">;
if (typeof scope.postMessage === "function") {
  serve(scope, (hear) => scope.addEventListener("message", (event) => hear((event as MessageEvent<ToWorker>).data)));
} else {
  const threads = globalThis.process?.getBuiltinModule?.("node:worker_threads") as NodeThreads | undefined;
  const parent = threads?.parentPort;
  if (parent) serve(parent, (hear) => parent.on("message", hear));
}
