export { createQueueBackend } from "./queue/create-queue-backend.ts";
export type { QueueBackendOptions } from "./queue/create-queue-backend.ts";
export { createSharedRateLimiter } from "./queue/create-shared-rate-limiter.ts";
export type { SharedRateLimiterOptions } from "./queue/create-shared-rate-limiter.ts";
export { createWorker } from "./queue/create-worker.ts";
export type { RunningWorker, WorkerOptions } from "./queue/create-worker.ts";
export type { QueueOptions } from "./queue/job.ts";
