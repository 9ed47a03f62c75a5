// What the container runs: the server, with the backend that the environment names, or with workers by a queue.
import { serveFromEnvironment } from "@image-variations/server/node";
import { createBackend, others, run } from "./backend.mjs";

const { IMAGE_VARIATIONS_REDIS: redis, IMAGE_VARIATIONS_BACKEND: name } = process.env;
const isFront = Boolean(redis) && !name;

await run(async () => serveFromEnvironment({ ...(!isFront && { backend: await createBackend() }), others }));
