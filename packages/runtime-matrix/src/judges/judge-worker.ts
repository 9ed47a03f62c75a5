// The inside of a worker that judges: takes a library's name and a file, and answers whether it was accepted.
/* oxlint-disable unicorn/require-post-message-target-origin -- a port of a worker has no origin. */
import { parentPort } from "node:worker_threads";
import { judges } from "./judges.ts";

parentPort!.on("message", async ({ name, bytes }: { name: string; bytes: Uint8Array }) => {
  parentPort!.postMessage(await judges[name]!(bytes));
});
