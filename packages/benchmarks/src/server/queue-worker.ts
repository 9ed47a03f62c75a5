// A worker in a process of its own, whose backend sleeps: node queue-worker.ts <redis> <directory> <milliseconds an image>.
import { createDirectoryStore } from "@image-variations/server/node";
import { createWorker } from "@image-variations/server/queue";

const [redis = "", directory = "", duration = "0"] = process.argv.slice(2);
const worker = await createWorker({
  redis,
  store: createDirectoryStore({ directory }),
  backend: {
    name: "sleeping",
    async *createVariations({ n }) {
      for (let made = 0; made < n; made += 1) {
        if (duration !== "0") await new Promise((resolve) => setTimeout(resolve, Number(duration)));
        yield { bytes: new Uint8Array(100_000).fill(1), mediaType: "image/png" };
      }
    },
  },
});
process.on("disconnect", () => void worker.close().then(() => process.exit()));
process.send?.("ready");
