import type { Backend, BackendImage, VariationRequest } from "@image-variations/backends";
import type { Queue, QueueEvents } from "bullmq";
import type { Redis } from "ioredis";
import { queueFull, queueUnavailable } from "../errors/wire-errors.ts";
import { RequestError } from "../errors/request-error.ts";
import { createFileId, type FileStore } from "../stores/file-store.ts";
import { checkRedisUrl, connectRedis, waitForRedis } from "./connect-redis.ts";
import {
  cancelledSuffix,
  defaultQueueName,
  inputIdOf,
  resultIdOf,
  seedAt,
  type JobData,
  type JobFailure,
  type JobOutcome,
  type QueueOptions,
} from "./job.ts";
import { JobWatch, type JobState } from "./job-watch.ts";
import { readFile } from "./read-file.ts";
import { createTurns, type Turns } from "./turns.ts";

/** Which queue, and how much may wait in it. */
export interface QueueBackendOptions extends QueueOptions {
  /** Where images go to the workers and come back: a store that servers and workers share. */
  readonly store: FileStore;
  /** The most jobs of all servers that may wait. Beyond it: 429. @default 256 */
  readonly maxWaiting?: number;
  /** How long a job may take, waiting included, in milliseconds. @default 600000 */
  readonly jobTimeout?: number;
  /** How many requests a server hands to the queue at the same time. @default 256 */
  readonly concurrency?: number;
  /** The time in milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
}

/** What is open while the backend is in use. */
interface Connected {
  readonly redis: Redis;
  readonly queue: Queue<JobData, JobOutcome>;
  readonly events: QueueEvents;
  readonly watch: JobWatch;
  readonly turns: Turns;
}

/**
 * A backend that hands requests to workers, on any number of machines. Images go by a store that all of them share; the
 * queue, in Redis or Valkey, has their keys. A client that leaves cancels its job; a worker that is killed loses it to another.
 *
 * @throws SettingError for an option that is not valid.
 */
export function createQueueBackend(options: QueueBackendOptions): Backend {
  const { store, name = defaultQueueName, maxWaiting = 256, jobTimeout = 600_000, now = Date.now } = options;
  const url = checkRedisUrl(options.redis);
  const cleaning = new Set<Promise<void>>();
  let connecting: Promise<Connected> | undefined;

  const connected = async (): Promise<Connected> => {
    const opened = await (connecting ??= connect(url, name)).catch((cause: unknown) => {
      connecting = undefined;
      throw queueUnavailable(cause);
    });
    if (opened.redis.status !== "ready") throw queueUnavailable();
    return opened;
  };

  async function* createVariations(request: VariationRequest): AsyncGenerator<BackendImage, void, undefined> {
    const opened = await connected();
    const jobId = createFileId();
    const { image, signal, onProgress, seed = randomSeed(), ...described } = request;
    const { n } = described;
    const turn = await takeTurn(opened, described.caller);
    let isDone = false;
    opened.watch.begin(jobId);
    try {
      await addJob(opened, { jobId, image, data: { ...described, seed, turn, deadline: now() + jobTimeout } });
      let state: JobState | undefined;
      for (let index = 0; index < n; index += 1) {
        while (state === undefined || state.progress.images.length <= index) {
          throwIfFailed(state);
          state = await opened.watch.next(jobId, state, signal);
          onProgress?.({ done: state.progress.done });
        }
        const facts = state.progress.images[index];
        const id = await resultIdOf(jobId, index, seedAt(seed, index));
        const bytes = await readFile(store, id);
        if (!facts || !bytes) throw new Error(`Image ${index} of job ${jobId} is not in the store.`);
        isDone = index === n - 1;
        yield { ...facts, bytes };
      }
    } finally {
      opened.watch.end(jobId);
      const cleaned = cleanUp(opened, { jobId, n, seed, isDone }).catch(() => {});
      cleaning.add(cleaned);
      void cleaned.finally(() => cleaning.delete(cleaned));
    }
  }

  /** Before the image is stored: a request that is rejected costs the store nothing. */
  async function takeTurn({ turns }: Connected, caller = "anonymous"): Promise<number> {
    const admission = await reach(() => turns.admit(caller, maxWaiting));
    if (!admission.admitted) throw queueFull(admission.waiting, admission.retryAfter);
    return admission.turn;
  }

  async function addJob({ queue }: Connected, { jobId, image, data }: NewJob): Promise<void> {
    const input = { bytes: image, mediaType: "image/png", expiresAt: data.deadline };
    await store.put(await inputIdOf(jobId), input);
    await reach(() => queue.add("variations", data, { jobId, priority: data.turn }));
  }

  /** Removes all that is left of a job. If it is still worked on, its worker is told to stop. */
  async function cleanUp({ redis, queue }: Connected, { jobId, n, seed, isDone }: OldJob): Promise<void> {
    const cancelled = queue.toKey(`${jobId}:${cancelledSuffix}`);
    if (!isDone) {
      // For a worker that has only just begun, and for all others.
      await redis.set(cancelled, 1, "EX", 60).catch(() => {});
      await redis.publish(queue.toKey(cancelledSuffix), jobId).catch(() => {});
    }
    const isRemoved = await removeJob(queue, jobId);
    if (!isDone && isRemoved) await redis.del(cancelled).catch(() => {});
    const results = Array.from({ length: n }, (_, index) => resultIdOf(jobId, index, seedAt(seed, index)));
    const ids = await Promise.all([inputIdOf(jobId), ...results]);
    await Promise.allSettled(ids.map((id) => store.delete(id)));
  }

  return {
    name: `queue ${name}`,
    concurrency: options.concurrency ?? 256,
    capabilities: { seed: true, strength: true, prompt: true },
    createVariations,
    async checkReady(signal) {
      const { queue } = await connected();
      await store.checkReady?.(signal);
      if ((await reach(() => queue.getWorkersCount())) === 0) throw new Error(`No worker serves the queue ${name}.`);
    },
    async countJobs() {
      const { queue } = await connected();
      const [{ prioritized = 0, waiting = 0, active = 0 }, workers] = await Promise.all([
        queue.getJobCounts("prioritized", "waiting", "active"),
        queue.getWorkersCount(),
      ]);
      return { waiting: prioritized + waiting, active, workers };
    },
    async close() {
      // What is left then expires by itself.
      const patience = new Promise((resolve) => setTimeout(resolve, 5_000).unref());
      await Promise.race([Promise.all(cleaning), patience]);
      const opened = await connecting?.catch(() => undefined);
      await Promise.allSettled([opened?.events.close(), opened?.queue.close()]);
      opened?.redis.disconnect();
    },
  };
}

interface NewJob {
  readonly jobId: string;
  readonly image: Uint8Array<ArrayBuffer>;
  readonly data: JobData;
}

interface OldJob {
  readonly jobId: string;
  readonly n: number;
  readonly seed: number;
  /** Whether all its images were made. */
  readonly isDone: boolean;
}

async function connect(url: string, name: string): Promise<Connected> {
  const { Queue, QueueEvents } = await import("bullmq");
  // Failures show in what is asked of the connection.
  const ignore = (): void => {};
  const redis = await connectRedis(url, "request", ignore);
  try {
    await waitForRedis(redis);
  } catch (error) {
    redis.disconnect();
    throw error;
  }
  const queue: Queue<JobData, JobOutcome> = new Queue(name, {
    connection: redis,
    defaultJobOptions: { removeOnComplete: { age: 60 }, removeOnFail: { age: 60 } },
    streams: { events: { maxLen: 10_000 } },
  });
  const events = new QueueEvents(name, { connection: await connectRedis(url, "work", ignore) });
  queue.on("error", ignore);
  events.on("error", ignore);
  await Promise.all([queue.waitUntilReady(), events.waitUntilReady()]);
  const watch = new JobWatch(queue as unknown as Queue<unknown, JobOutcome>, events, () => redis.status === "ready");
  return { redis, queue, events, watch, turns: createTurns(redis, (suffix) => queue.toKey(suffix)) };
}

/** Commands fail because Redis is gone or does not reply in time: for the caller, both are the same. */
async function reach<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (cause) {
    throw queueUnavailable(cause);
  }
}

function throwIfFailed(state: JobState | undefined): void {
  if (!state?.outcome) return;
  throw toError(state.outcome.failure ?? { message: "The worker made too few images.", ...unknownFailure });
}

const unknownFailure = { status: 500, code: null, type: "server_error", param: null };

function toError({ message, retryAfter, ...fields }: JobFailure): Error {
  const headers = retryAfter === undefined ? {} : { "retry-after": String(Math.max(0, Math.ceil(retryAfter))) };
  return new RequestError(message, { ...fields, headers });
}

/**
 * Removes a job, or finds that it is not there. One that is worked on is locked; its worker lets go of it when the images are
 * done, or when it is told to stop.
 */
async function removeJob(queue: Queue<JobData, JobOutcome>, jobId: string): Promise<boolean> {
  for (let attempt = 0; attempt < 16; attempt += 1) {
    const isGone = async (): Promise<boolean> =>
      (await queue.remove(jobId)) === 1 || (await queue.getJob(jobId)) === undefined;
    if (await isGone().catch(() => false)) return true;
    await new Promise((resolve) => setTimeout(resolve, Math.min(25 * 2 ** attempt, 2_000)));
  }
  return false;
}

function randomSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}
