import type { Backend } from "@image-variations/backends";
import type { Worker } from "bullmq";
import type { Redis } from "ioredis";
import type { Logger } from "../observability/logger.ts";
import type { FileStore } from "../stores/file-store.ts";
import { checkRedisUrl, connectRedis } from "./connect-redis.ts";
import {
  cancelledSuffix,
  defaultQueueName,
  lockDuration,
  lockRenewTime,
  stalledInterval,
  type JobData,
  type JobOutcome,
  type QueueOptions,
} from "./job.ts";
import { drainWorker } from "./drain-worker.ts";
import { CancelledError, idOf, type VariationJob } from "./make-images.ts";
import { orAbort } from "./or-abort.ts";
import { createTurns, type ToKey } from "./turns.ts";

/** Which queue a worker serves, and how. */
export interface WorkerOptions extends QueueOptions {
  /** Makes the images. */
  readonly backend: Backend;
  /** Where images come from and go to: the store of the servers. */
  readonly store: FileStore;
  /** The most jobs at the same time. @default the backend's, else 1 */
  readonly concurrency?: number;
  /** How long `close` waits for jobs before it gives them back to the queue, in milliseconds. @default 10000 */
  readonly shutdownTimeout?: number;
  /** @default none */
  readonly logger?: Logger;
  /** Gives up waiting for Redis at the start. @default it waits for as long as it takes */
  readonly signal?: AbortSignal;
}

/** A worker that serves a queue. */
export interface RunningWorker extends AsyncDisposable {
  /** How many jobs it has at this moment. */
  readonly running: number;
  /**
   * Accepts no more jobs, lets those that are there end for `shutdownTimeout`, gives the rest back to the queue, and closes
   * backend and store. If Redis is gone, it waits for two seconds alone; other workers do its jobs within 15 seconds.
   */
  close(): Promise<void>;
}

const timing = {
  lockDuration,
  lockRenewTime,
  stalledInterval,
  maxStalledCount: 1,
  removeOnComplete: { age: 60 },
  removeOnFail: { age: 60 },
};

/**
 * Serves a queue until it is closed: takes jobs, has the backend make the images, and stores each as soon as it is done. It
 * waits for a Redis that is not there, and goes on when it is back.
 *
 * @throws SettingError for an option that is not valid; the signal's reason, if it ends before Redis is there.
 */
export async function createWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { backend, store, name = defaultQueueName, shutdownTimeout = 10_000, logger } = options;
  const [{ Worker }, { runJob }] = await Promise.all([import("bullmq"), import("./run-job.ts")]);
  const url = checkRedisUrl(options.redis);
  const onError = (err: Error): void => logger?.warn({ err }, "The connection to Redis failed.");
  const redis = await connectRedis(url, { purpose: "work", onError });
  const subscriber = await connectRedis(url, { purpose: "work", onError });
  const controllers = new Map<string, AbortController>();

  const toKey: ToKey = (suffix) => worker.toKey(suffix);
  const services = { backend, store, redis, turns: createTurns(redis, toKey), toKey, logger };
  const run = (job: VariationJob, token?: string): Promise<JobOutcome> =>
    controlled(controllers, idOf(job), (signal) => runJob(job, { token, signal, services }));
  const worker: Worker<JobData, JobOutcome> = new Worker(name, run, {
    ...timing,
    connection: redis,
    concurrency: options.concurrency ?? backend.concurrency ?? 1,
    autorun: false,
  });
  worker.on("error", onError);
  // Another worker has the job by now.
  worker.on("lockRenewalFailed", (ids) => {
    for (const id of ids) controllers.get(id)?.abort(new CancelledError());
  });
  const disconnect = async (): Promise<void> => {
    for (const connection of [subscriber, redis]) connection.disconnect();
    await Promise.all([backend.close?.(), store.close?.()]);
    logger?.info({ queue: name }, "Worker closed.");
  };
  const isListening = listenForCancellations(subscriber, worker.toKey(cancelledSuffix), controllers);
  try {
    await orAbort(Promise.all([isListening, worker.waitUntilReady()]), options.signal);
  } catch (error) {
    await worker.close(true);
    await disconnect();
    throw error;
  }
  const ended = worker.run().catch(onError);
  logger?.info({ queue: name }, `Serving the queue ${name}.`);

  let closed: Promise<void> | undefined;
  const close = (): Promise<void> =>
    (closed ??= drainWorker({ worker, redis, controllers, ended, shutdownTimeout }).then(disconnect));
  return {
    get running() {
      return controllers.size;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Runs a job that can be aborted as long as it runs. */
async function controlled<Result>(
  controllers: Map<string, AbortController>,
  id: string,
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  controllers.set(id, controller);
  try {
    return await run(controller.signal);
  } finally {
    controllers.delete(id);
  }
}

async function listenForCancellations(
  subscriber: Redis,
  channel: string,
  controllers: ReadonlyMap<string, AbortController>,
): Promise<void> {
  subscriber.on("message", (_channel, id: string) => controllers.get(id)?.abort(new CancelledError()));
  await subscriber.subscribe(channel);
}
