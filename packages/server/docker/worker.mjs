// What the container of a worker runs: it serves the queue with the backend that the environment names.
import { workFromEnvironment } from "@image-variations/server/node";
import { createBackend, others, run } from "./backend.mjs";

await run(async () => workFromEnvironment({ backend: await createBackend(), others }));
