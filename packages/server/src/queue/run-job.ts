import { WaitingError } from "bullmq";
import type { Redis } from "ioredis";
import type { Backend } from "@image-variations/backends";
import type { Logger } from "../observability/logger.ts";
import { toRequestError } from "../response/error-reply.ts";
import type { FileStore } from "../stores/file-store.ts";
import { cancelledSuffix, inputIdOf, type JobFailure, type JobOutcome } from "./job.ts";
import { CancelledError, ClosingError, idOf, makeImages, type VariationJob } from "./make-images.ts";
import { readFile } from "./read-file.ts";
import type { ToKey, Turns } from "./turns.ts";

/** What all jobs of a worker share. */
export interface WorkerServices {
  readonly backend: Backend;
  readonly store: FileStore;
  readonly redis: Redis;
  readonly turns: Turns;
  readonly toKey: ToKey;
  readonly logger: Logger | undefined;
}

/**
 * Does a job. What fails is its outcome.
 *
 * @param token The lock that the worker has on it.
 * @throws WaitingError if the worker closes: the job is in the queue again.
 */
export async function runJob(
  job: VariationJob,
  { token, signal, services }: { token: string | undefined; signal: AbortSignal; services: WorkerServices },
): Promise<JobOutcome> {
  const { backend, store, redis, turns, toKey, logger } = services;
  const started = performance.now();
  try {
    // At once: each is a way to another machine.
    const [isCancelled, image] = await Promise.all([
      redis.exists(toKey(`${idOf(job)}:${cancelledSuffix}`)),
      readFile(store, await inputIdOf(idOf(job))),
      turns.start(job.data.turn),
    ]);
    if (isCancelled || !image || job.data.deadline < Date.now()) throw new CancelledError();
    await makeImages({ job, image, backend, store, signal });
    // The next job does not wait for a figure.
    turns.end(performance.now() - started).catch(() => {});
    return {};
  } catch (error) {
    if (signal.reason instanceof ClosingError) {
      await job.moveToWait(token);
      throw new WaitingError();
    }
    const reason: unknown = signal.aborted ? signal.reason : error;
    if (!(reason instanceof CancelledError)) logger?.error({ job: idOf(job), err: reason }, "A job failed.");
    return { failure: toFailure(reason) };
  }
}

function toFailure(error: unknown): JobFailure {
  const { message, status, code, type, param, headers } = toRequestError(error);
  const retryAfter = headers["retry-after"];
  return { message, status, code, type, param, ...(retryAfter !== undefined && { retryAfter: Number(retryAfter) }) };
}
