import { jsonReply, type Reply } from "../response/reply.ts";
import type { Context } from "./context.ts";

/** GET /healthz: whether the process runs. */
export function healthz(): Reply {
  return jsonReply(200, { status: "ok" }, noStore);
}

/** GET /readyz: whether a request would succeed now, as far as backend and store can tell. */
export async function readyz({ services, scope }: Context): Promise<Reply> {
  const { backend, store, isDraining } = services;
  if (isDraining()) return notReady("The server is shutting down.");
  scope.limit(readyTimeout, () => new Error(`No reply within ${readyTimeout / 1_000} seconds.`));
  const { signal } = scope;
  try {
    await Promise.race([
      Promise.all([backend.checkReady?.(signal), store.checkReady?.(signal)]),
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error))),
    ]);
    return jsonReply(200, { status: "ready", backend: backend.name }, noStore);
  } catch (error) {
    return notReady(error instanceof Error ? error.message : String(error));
  }
}

const readyTimeout = 5_000;
const noStore = { "cache-control": "no-store" };

function notReady(reason: string): Reply {
  return jsonReply(503, { status: "not ready", reason }, noStore);
}
