import type { Backend, BackendImage, VariationRequest } from "@image-variations/backends";
import type { Job, Worker } from "bullmq";
import type { Redis } from "ioredis";
import type { Logger } from "../observability/logger.ts";
import { toRequestError } from "../response/error-reply.ts";
import type { FileStore } from "../stores/file-store.ts";
import { runBackend } from "../work/run-backend.ts";
import { checkRedisUrl, connectRedis } from "./connect-redis.ts";
import {
  cancelledSuffix,
  defaultQueueName,
  inputIdOf,
  lockDuration,
  resultIdOf,
  seedAt,
  stalledInterval,
  type JobData,
  type JobFailure,
  type JobImage,
  type JobOutcome,
  type JobProgress,
  type QueueOptions,
} from "./job.ts";
import { readFile } from "./read-file.ts";
import { createTurns, type Turns } from "./turns.ts";

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
}

/** A worker that serves a queue. */
export interface RunningWorker extends AsyncDisposable {
  /** How many jobs it has at this moment. */
  readonly running: number;
  /**
   * Accepts no more jobs, lets those that are there end for `shutdownTimeout`, gives the rest back to the queue, and closes
   * backend and store.
   */
  close(): Promise<void>;
}

type VariationJob = Job<JobData, JobOutcome>;

/** How often a server is told of the work within an image, in milliseconds. */
const reportInterval = 500;

/** Nobody waits for the job any more. */
class CancelledError extends Error {}
/** The worker closes, and another one is to do the job. */
class ClosingError extends Error {}

/**
 * Serves a queue until it is closed: takes jobs, has the backend make the images, and stores each as soon as it is done. It
 * waits for a Redis that is not there, and goes on when it is back.
 *
 * @throws SettingError for an option that is not valid.
 */
export async function createWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { backend, store, name = defaultQueueName, shutdownTimeout = 10_000, logger } = options;
  const { Worker, WaitingError } = await import("bullmq");
  const url = checkRedisUrl(options.redis);
  const onError = (err: Error): void => logger?.warn({ err }, "The connection to Redis failed.");
  const redis = await connectRedis(url, "work", onError);
  const subscriber = await connectRedis(url, "work", onError);
  const controllers = new Map<string, AbortController>();

  const run = async (job: VariationJob, token?: string): Promise<JobOutcome> => {
    const controller = new AbortController();
    const id = idOf(job);
    controllers.set(id, controller);
    const started = performance.now();
    const { signal } = controller;
    try {
      const [isCancelled] = await Promise.all([
        redis.exists(worker.toKey(`${id}:${cancelledSuffix}`)),
        turns.start(job.data.turn),
      ]);
      if (isCancelled || job.data.deadline < Date.now()) throw new CancelledError();
      await makeImages({ job, backend, store, signal });
      await turns.end(performance.now() - started);
      return {};
    } catch (error) {
      if (signal.reason instanceof ClosingError) {
        await job.moveToWait(token);
        throw new WaitingError();
      }
      const reason: unknown = signal.aborted ? signal.reason : error;
      const failure = toFailure(reason);
      if (!(reason instanceof CancelledError)) logger?.error({ job: id, err: reason }, "A job failed.");
      return { failure };
    } finally {
      controllers.delete(id);
    }
  };

  const worker: Worker<JobData, JobOutcome> = new Worker(name, run, {
    connection: redis,
    concurrency: options.concurrency ?? backend.concurrency ?? 1,
    lockDuration,
    stalledInterval,
    maxStalledCount: 1,
    removeOnComplete: { age: 60 },
    removeOnFail: { age: 60 },
    autorun: false,
  });
  const turns: Turns = createTurns(redis, (suffix) => worker.toKey(suffix));
  worker.on("error", onError);
  // Another worker has the job by now.
  worker.on("lockRenewalFailed", (ids) => {
    for (const id of ids) controllers.get(id)?.abort(new CancelledError());
  });
  await listenForCancellations(subscriber, worker.toKey(cancelledSuffix), controllers);
  const ended = worker.run().catch(onError);
  await worker.waitUntilReady();
  logger?.info({ queue: name }, `Serving the queue ${name}.`);

  const close = async (): Promise<void> => {
    const timer = setTimeout(() => {
      for (const controller of controllers.values()) controller.abort(new ClosingError());
    }, shutdownTimeout);
    await worker.close();
    clearTimeout(timer);
    await ended;
    subscriber.disconnect();
    redis.disconnect();
    await Promise.all([backend.close?.(), store.close?.()]);
    logger?.info({ queue: name }, "Worker closed.");
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

async function listenForCancellations(
  subscriber: Redis,
  channel: string,
  controllers: ReadonlyMap<string, AbortController>,
): Promise<void> {
  subscriber.on("message", (_channel, id: string) => controllers.get(id)?.abort(new CancelledError()));
  await subscriber.subscribe(channel);
}

interface Work {
  readonly job: VariationJob;
  readonly backend: Backend;
  readonly store: FileStore;
  readonly signal: AbortSignal;
}

/** Makes the images that are not there yet: a job whose worker was killed goes on where it was. */
async function makeImages({ job, backend, store, signal }: Work): Promise<void> {
  const { turn: _turn, deadline, seed, ...described } = job.data;
  const { n } = described;
  const images = await findImages(job, store);
  if (images.length === n) return report(job, { images, done: 1 });
  const image = await readFile(store, await inputIdOf(idOf(job)));
  if (!image) throw new CancelledError();

  const first = images.length;
  let reportedAt = performance.now();
  const onProgress: VariationRequest["onProgress"] = ({ done }) => {
    if (performance.now() - reportedAt < reportInterval) return;
    reportedAt = performance.now();
    const share = (first + done * (n - first)) / n;
    report(job, { images: [...images], done: share }).catch(() => {});
  };
  const rest = { ...described, image, n: n - first, seed: seedAt(seed, first), signal, onProgress };
  for await (const { bytes, ...facts } of runBackend(backend, rest)) {
    await storeResult(store, { job, index: images.length, deadline, bytes, facts });
    images.push(facts);
    await report(job, { images: [...images], done: images.length / n });
  }
}

interface Result {
  readonly job: VariationJob;
  readonly index: number;
  readonly deadline: number;
  readonly bytes: BackendImage["bytes"];
  readonly facts: JobImage;
}

async function storeResult(store: FileStore, { job, index, deadline, bytes, facts }: Result): Promise<void> {
  const id = await resultIdOf(idOf(job), index, seedAt(job.data.seed, index));
  await store.put(id, { bytes, mediaType: facts.mediaType, expiresAt: deadline });
}

/** The images that are stored, in their order: those that were reported, and one that was stored when the worker was killed. */
async function findImages(job: VariationJob, store: FileStore): Promise<JobImage[]> {
  const progress = job.progress as unknown as JobProgress | number;
  const images: JobImage[] = typeof progress === "object" ? [...progress.images] : [];
  if (job.attemptsStarted <= 1) return images;
  for (let index = images.length; index < job.data.n; index += 1) {
    const stored = await store.stat(await resultIdOf(idOf(job), index, seedAt(job.data.seed, index)));
    if (!stored) break;
    images.push({ mediaType: stored.mediaType as JobImage["mediaType"] });
  }
  return images;
}

function report(job: VariationJob, progress: JobProgress): Promise<void> {
  return job.updateProgress(progress);
}

function toFailure(error: unknown): JobFailure {
  const { message, status, code, type, param, headers } = toRequestError(error);
  const retryAfter = headers["retry-after"];
  return { message, status, code, type, param, ...(retryAfter !== undefined && { retryAfter: Number(retryAfter) }) };
}

function idOf({ id }: VariationJob): string {
  if (id === undefined) throw new TypeError("A job has no id.");
  return id;
}
