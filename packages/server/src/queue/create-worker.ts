import type { Backend } from "@image-variations/backends";
import type { Worker } from "bullmq";
import type { Redis } from "ioredis";
import type { Logger } from "../observability/logger.ts";
import type { FileStore } from "../stores/file-store.ts";
import { checkRedisUrl, connectRedis, within } from "./connect-redis.ts";
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
import { CancelledError, ClosingError, idOf, type VariationJob } from "./make-images.ts";
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
   * backend and store. If Redis is gone, it waits for a second alone; other workers do its jobs within 15 seconds.
   */
  close(): Promise<void>;
}

/** How long a worker that closes waits for Redis to respond, in milliseconds. */
const pingTimeout = 1_000;
/** How long it then has to give jobs back, in milliseconds. */
const releaseTimeout = 3_000;

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
  const run = (job: VariationJob, token?: string): Promise<JobOutcome> => {
    const controller = new AbortController();
    controllers.set(idOf(job), controller);
    return runJob(job, { token, signal: controller.signal, services }).finally(() => controllers.delete(idOf(job)));
  };
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

  const close = async (): Promise<void> => {
    await drain({ worker, redis, controllers, ended, shutdownTimeout });
    await disconnect();
  };
  let closed: Promise<void> | undefined;
  return {
    get running() {
      return controllers.size;
    },
    close: () => (closed ??= close()),
    [Symbol.asyncDispose]: () => (closed ??= close()),
  };
}

/** @throws The signal's reason, if it ends first. */
async function orAbort<Result>(something: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (!signal) return something;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason as Error);
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });
  // What is left behind fails when its connections are closed.
  something.catch(() => {});
  try {
    return await Promise.race([something, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

interface Draining {
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
async function drain({ worker, redis, controllers, ended, shutdownTimeout }: Draining): Promise<void> {
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

async function listenForCancellations(
  subscriber: Redis,
  channel: string,
  controllers: ReadonlyMap<string, AbortController>,
): Promise<void> {
  subscriber.on("message", (_channel, id: string) => controllers.get(id)?.abort(new CancelledError()));
  await subscriber.subscribe(channel);
}
