import type { Worker } from "bullmq";
import type { Redis } from "ioredis";
import { within } from "./connect-redis.ts";
import type { JobData, JobOutcome } from "./job.ts";
import { ClosingError } from "./make-images.ts";

/** How long a worker that closes waits for Redis to respond, in milliseconds. */
const pingTimeout = 2_000;
/** How long it then has to give jobs back, in milliseconds. */
const releaseTimeout = 3_000;

/** A worker that is to close. */
export interface Draining {
  readonly worker: Worker<JobData, JobOutcome>;
  readonly redis: Redis;
  readonly controllers: ReadonlyMap<string, AbortController>;
  /** Resolves when the worker takes no more jobs and has none. */
  readonly ended: Promise<void>;
  readonly shutdownTimeout: number;
}

/**
 * Lets jobs end, then gives them back. BullMQ's own way to close waits for Redis, whether it is there or not; without it, the
 * locks of the jobs expire, and other workers do them.
 */
export async function drainWorker({ worker, redis, controllers, ended, shutdownTimeout }: Draining): Promise<void> {
  await worker.pause(true);
  // Without this, it would wait for the next job for some seconds.
  worker
    .getBackend()
    .disconnectBlocking(false)
    .catch(() => {});
  const responds = await within(pingTimeout, redis.ping()).catch(() => false);
  if (responds) await Promise.race([ended, sleep(shutdownTimeout)]);
  for (const controller of controllers.values()) controller.abort(new ClosingError());
  await Promise.race([ended, sleep(responds ? releaseTimeout : 0)]);
  await worker.close(true);
}

function sleep(duration: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, duration).unref());
}
