// The inside of a worker: it gets a decoder's name and a file, and posts whether the file was accepted.
/* oxlint-disable unicorn/require-post-message-target-origin -- a port of a worker has no origin. */
import { parentPort } from "node:worker_threads";
import { decoders } from "./decoders.ts";

parentPort!.on("message", async ({ name, bytes }: { name: string; bytes: Uint8Array }) => {
  parentPort!.postMessage(await decoders[name]!(bytes));
});
