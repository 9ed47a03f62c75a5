// A worker in a process of its own, which can be killed: node queue-worker.ts <redis> <directory>. It says what it does.
import { createDirectoryStore } from "../node.ts";
import { createWorker } from "../queue.ts";
import { plainImage } from "./stub-backend.ts";

const [redis = "", directory = ""] = process.argv.slice(2);

await createWorker({
  redis,
  name: process.env["QUEUE_NAME"] ?? "image-variations",
  store: createDirectoryStore({ directory }),
  backend: {
    name: "talkative",
    async *createVariations({ n, size, seed = 0 }) {
      for (let index = 0; index < n; index += 1) {
        // The second image never ends: a test kills the process then.
        process.send?.({ begun: seed + index });
        if (index === 1) await new Promise(() => setInterval(() => {}, 1_000));
        yield plainImage(index, { size });
      }
    },
  },
});
process.send?.({ ready: true });
