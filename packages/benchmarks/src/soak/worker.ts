// A worker of the queue. It may be killed at any moment.
import { createWorker } from "@image-variations/server/queue";
import { countingBackend } from "./counting-backend.ts";
import { concurrency, createSoakStore, soak } from "./settings.ts";

const worker = await createWorker({
  redis: soak.redis,
  store: createSoakStore(),
  backend: countingBackend,
  concurrency,
});
process.send?.({ ready: 0 });
process.on("message", () => process.send?.({ rss: process.memoryUsage.rss() / 2 ** 20 }));
for (const signal of ["SIGTERM", "disconnect"]) {
  process.once(signal, () => void worker.close().then(() => process.exit()));
}
