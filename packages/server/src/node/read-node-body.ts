import type { IncomingMessage } from "node:http";
import { BodyTooLargeError } from "../platform.ts";

/** Reads the body of a Node request, without the web stream that its Request would make of it. */
export function readNodeBody(
  request: IncomingMessage,
  { limit, signal }: { readonly limit: number; readonly signal: AbortSignal },
): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const declared = Number(request.headers["content-length"] ?? Number.NaN);
    const chunks: Buffer<ArrayBuffer>[] = [];
    let length = 0;
    const settle = (): void => {
      request.off("data", onData).off("end", onEnd).off("error", fail).off("close", onClose);
      signal.removeEventListener("abort", onAbort);
    };
    const fail = (error: Error): void => {
      settle();
      // What still comes is read and dropped, so that the client gets to read the response; Node limits for how long.
      request.resume();
      reject(error);
    };
    const onData = (chunk: Buffer<ArrayBuffer>): void => {
      length += chunk.length;
      if (length > limit) fail(new BodyTooLargeError());
      else chunks.push(chunk);
    };
    const onEnd = (): void => {
      settle();
      const [first] = chunks;
      resolve(first && chunks.length === 1 ? first : Buffer.concat(chunks, length));
    };
    const onClose = (): void => fail(new Error("The connection was closed before the body had arrived."));
    const onAbort = (): void => fail(signal.reason as Error);

    if (signal.aborted) return onAbort();
    if (declared > limit) return fail(new BodyTooLargeError());
    if (request.destroyed && !request.complete) return onClose();
    request.on("data", onData).on("end", onEnd).on("error", fail).on("close", onClose);
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
