import type { Backend, BackendImage, VariationRequest } from "@image-variations/backends";
import { RequestError } from "../errors/request-error.ts";
import { queueFull } from "../errors/wire-errors.ts";
import { createFileId, type FileStore } from "../stores/file-store.ts";
import { createQueueConnection, reach, type Connected, type QueueConnection } from "./connect-queue.ts";
import { checkRedisUrl } from "./connect-redis.ts";
import {
  defaultQueueName,
  inputIdOf,
  resultIdOf,
  seedAt,
  type JobData,
  type JobFailure,
  type QueueOptions,
} from "./job.ts";
import type { JobState } from "./job-watch.ts";
import { readFile } from "./read-file.ts";
import { removeJob, type OldJob } from "./remove-job.ts";

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

/** How long the worker of a job that is done is waited for, in milliseconds, before the job is removed in any case. */
const releaseTimeout = 1_000;

/** What all requests share. */
interface Shared {
  readonly connection: QueueConnection;
  readonly store: FileStore;
  readonly maxWaiting: number;
  readonly jobTimeout: number;
  readonly now: () => number;
  /** Jobs that are being removed. */
  readonly removals: Set<Promise<void>>;
}

/**
 * A backend that hands requests to workers, on any number of machines. Images go by a store that all of them share; the
 * queue, in Redis or Valkey, has their keys. A client that leaves cancels its job; a worker that is killed loses it to another.
 *
 * @throws SettingError for an option that is not valid.
 */
export function createQueueBackend(options: QueueBackendOptions): Backend {
  const { store, name = defaultQueueName, maxWaiting = 256, jobTimeout = 600_000, now = Date.now } = options;
  const connection = createQueueConnection(checkRedisUrl(options.redis), name);
  const removals = new Set<Promise<void>>();
  const shared: Shared = { connection, store, maxWaiting, jobTimeout, now, removals };
  return {
    name: `queue ${name}`,
    store,
    concurrency: options.concurrency ?? 256,
    capabilities: { seed: true, strength: true, prompt: true },
    createVariations: (request) => createVariations(shared, request),
    async checkReady(signal) {
      const { queue } = await connection.get();
      await store.checkReady?.(signal);
      if ((await reach(() => queue.getWorkersCount())) === 0) throw new Error(`No worker serves the queue ${name}.`);
    },
    async countJobs() {
      const { queue } = await connection.get();
      const [{ prioritized = 0, waiting = 0, active = 0 }, workers] = await Promise.all([
        queue.getJobCounts("prioritized", "waiting", "active"),
        queue.getWorkersCount(),
      ]);
      return { waiting: prioritized + waiting, active, workers };
    },
    async close() {
      // What is left then expires by itself.
      const patience = new Promise((resolve) => setTimeout(resolve, 5_000).unref());
      await Promise.race([Promise.all(removals), patience]);
      await connection.close();
    },
  };
}

async function* createVariations(
  shared: Shared,
  request: VariationRequest,
): AsyncGenerator<BackendImage, void, undefined> {
  const { connection, store, jobTimeout, now } = shared;
  const opened = await connection.get();
  const jobId = createFileId();
  const { image, signal, onProgress, seed = randomSeed(), ...described } = request;
  const { n } = described;
  const isKept = described.fileLifetime !== undefined;
  const turn = await takeTurn(opened, shared, described.caller);
  let isDone = false;
  opened.watch.begin(jobId);
  try {
    const data: JobData = { ...described, seed, turn, deadline: now() + jobTimeout };
    await addJob(opened, { jobId, image, data, store });
    let state: JobState | undefined;
    for (let index = 0; index < n; index += 1) {
      while (state === undefined || state.progress.images.length <= index) {
        throwIfFailed(state);
        state = await opened.watch.next(jobId, state, signal);
        onProgress?.({ done: state.progress.done });
      }
      const facts = state.progress.images[index];
      const bytes = facts?.file
        ? new Uint8Array()
        : await readFile(store, await resultIdOf(jobId, index, seedAt(seed, index)));
      if (!facts || !bytes) throw new Error(`Image ${index} of job ${jobId} is not in the store.`);
      isDone = index === n - 1;
      yield { ...facts, bytes };
    }
  } finally {
    removeLater(opened, shared, { jobId, n, seed, isDone, isKept });
  }
}

/** Before the image is stored: a request that is rejected costs the store nothing. */
async function takeTurn({ turns }: Connected, { maxWaiting }: Shared, caller = "anonymous"): Promise<number> {
  const admission = await reach(() => turns.admit(caller, maxWaiting));
  if (!admission.admitted) throw queueFull(admission.waiting, admission.retryAfter);
  return admission.turn;
}

interface NewJob {
  readonly jobId: string;
  readonly image: Uint8Array<ArrayBuffer>;
  readonly data: JobData;
  readonly store: FileStore;
}

async function addJob({ queue }: Connected, { jobId, image, data, store }: NewJob): Promise<void> {
  const input = { bytes: image, mediaType: "image/png", expiresAt: data.deadline };
  await store.put(await inputIdOf(jobId), input);
  await reach(() => queue.add("variations", data, { jobId, priority: data.turn }));
}

/** The response does not wait for it. */
function removeLater(opened: Connected, { store, removals }: Shared, job: OldJob): void {
  const { watch } = opened;
  const remove = async (): Promise<void> => {
    // Its worker holds it until it says that it is done.
    if (job.isDone) await watch.untilOver(job.jobId, releaseTimeout);
    watch.end(job.jobId);
    await removeJob(opened, { ...job, store });
  };
  const removal = remove().catch(() => {});
  removals.add(removal);
  void removal.finally(() => removals.delete(removal));
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

function randomSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}
