import type { Queue } from "bullmq";
import type { FileStore } from "../stores/file-store.ts";
import type { Connected } from "./connect-queue.ts";
import { cancelledSuffix, inputIdOf, resultIdOf, seedAt, type JobData, type JobOutcome } from "./job.ts";

/** A job that no request waits for any more. */
export interface OldJob {
  readonly jobId: string;
  readonly n: number;
  readonly seed: number;
  /** Whether all its images were made. */
  readonly isDone: boolean;
  /** Whether they are files that clients fetch, so that they stay if all were made. */
  readonly isKept: boolean;
}

/** Removes all that is left of a job. If it is still worked on, its worker is told to stop. */
export async function removeJob(
  { redis, queue }: Connected,
  { store, jobId, n, seed, isDone, isKept }: OldJob & { readonly store: FileStore },
): Promise<void> {
  const cancelled = queue.toKey(`${jobId}:${cancelledSuffix}`);
  if (!isDone) {
    // For a worker that has only just begun, and for all others.
    await redis.set(cancelled, 1, "EX", 60).catch(() => {});
    await redis.publish(queue.toKey(cancelledSuffix), jobId).catch(() => {});
  }
  const isRemoved = await removeFromQueue(queue, jobId);
  if (!isDone && isRemoved) await redis.del(cancelled).catch(() => {});
  const results = Array.from({ length: isDone && isKept ? 0 : n }, (_, index) =>
    resultIdOf(jobId, index, seedAt(seed, index)),
  );
  const ids = await Promise.all([inputIdOf(jobId), ...results]);
  await Promise.allSettled(ids.map((id) => store.delete(id)));
}

/**
 * Removes a job, or finds that it is not there. One that is worked on is locked; its worker lets go of it when the images are
 * done, or when it is told to stop.
 */
async function removeFromQueue(queue: Queue<JobData, JobOutcome>, jobId: string): Promise<boolean> {
  for (let attempt = 0; attempt < 16; attempt += 1) {
    const isGone = async (): Promise<boolean> =>
      (await queue.remove(jobId)) === 1 || (await queue.getJob(jobId)) === undefined;
    if (await isGone().catch(() => false)) return true;
    await new Promise((resolve) => setTimeout(resolve, Math.min(25 * 2 ** attempt, 2_000)));
  }
  return false;
}
