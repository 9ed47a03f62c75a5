// A server: with SOAK_REDIS by a queue, else with a backend of its own. SIGTERM closes it.
import { createHandler } from "@image-variations/server";
import { serve } from "@image-variations/server/node";
import { createQueueBackend } from "@image-variations/server/queue";
import { countingBackend } from "./counting-backend.ts";
import { concurrency, createSoakStore, maxWaiting, soak } from "./settings.ts";

const store = createSoakStore();
const handler = createHandler({
  ...(soak.redis
    ? { backend: createQueueBackend({ redis: soak.redis, store, maxWaiting }) }
    : { backend: countingBackend, concurrency: 3 * concurrency, maxQueued: maxWaiting }),
  store,
  // Every caller has a key of its own choice: the queue is to be fair between them.
  apiKeys: (key) => ({ id: key }),
  requestTimeout: 60_000,
});
const server = await serve({ handler, port: soak.port, logger: false, shutdownTimeout: 30_000, drainDelay: 1_000 });
process.send?.({ ready: server.port });
process.on("message", () => process.send?.({ rss: process.memoryUsage.rss() / 2 ** 20 }));
for (const signal of ["SIGTERM", "disconnect"]) {
  process.once(signal, () => void server.close().then(() => process.exit()));
}
