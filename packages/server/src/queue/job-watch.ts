import type { Queue, QueueEvents } from "bullmq";
import { queueUnavailable } from "../errors/wire-errors.ts";
import type { JobOutcome, JobProgress } from "./job.ts";

/** What is known of a job. */
export interface JobState {
  readonly progress: JobProgress;
  /** Undefined while it waits or is worked on. */
  readonly outcome?: JobOutcome;
}

interface Watched {
  state: JobState;
  error?: Error;
  /** When it was last heard of, by the clock of `performance`. */
  heardAt: number;
  wake: () => void;
}

/** How often jobs are asked for of which nothing is heard, in milliseconds: events may be lost with a connection. */
const pollInterval = 1_000;
/**
 * How long requests wait for Redis to come back, in milliseconds, before they are given up: longer if an image is made, as a
 * response that has begun cannot become a 503 and would break off.
 */
const patience = { before: 10_000, after: 60_000 } as const;

/** Follows jobs by one stream of events for all of them, and by asking for those that say nothing. */
export class JobWatch {
  readonly #queue: Queue<unknown, JobOutcome>;
  readonly #watched = new Map<string, Watched>();
  readonly #isConnected: () => boolean;
  #timer: ReturnType<typeof setInterval> | undefined;
  #connectedAt = performance.now();

  constructor(queue: Queue<unknown, JobOutcome>, events: QueueEvents, isConnected: () => boolean) {
    this.#queue = queue;
    this.#isConnected = isConnected;
    events.on("progress", ({ jobId, data }) => this.#hear(jobId, { progress: data as unknown as JobProgress }));
    events.on("completed", ({ jobId, returnvalue }) =>
      this.#hear(jobId, { outcome: returnvalue as unknown as JobOutcome }),
    );
    events.on("failed", ({ jobId, failedReason }) => this.#fail(jobId, new Error(failedReason)));
  }

  /** Before the job is added, so that nothing of it is missed. */
  begin(jobId: string): void {
    const state: JobState = { progress: { images: [], done: 0 } };
    if (this.#watched.size === 0) this.#connectedAt = performance.now();
    this.#watched.set(jobId, { state, heardAt: performance.now(), wake: () => {} });
    this.#timer ??= setInterval(() => void this.#poll(), pollInterval);
  }

  end(jobId: string): void {
    this.#watched.delete(jobId);
    if (this.#watched.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /**
   * Waits for news of a job.
   *
   * @throws The signal's reason; RequestError (503) if Redis stays away; Error if the job is lost.
   */
  async next(jobId: string, seen: JobState | undefined, signal?: AbortSignal): Promise<JobState> {
    const watched = this.#watched.get(jobId);
    if (!watched) throw new Error(`The job ${jobId} is not watched.`);
    while (watched.state === seen && !watched.error) {
      signal?.throwIfAborted();
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          signal?.removeEventListener("abort", wake);
          resolve();
        };
        watched.wake = wake;
        signal?.addEventListener("abort", wake, { once: true });
      });
    }
    signal?.throwIfAborted();
    if (watched.error) throw watched.error;
    return watched.state;
  }

  /** Waits until a worker has let go of a job, for at most `limit` milliseconds. */
  async untilOver(jobId: string, limit: number): Promise<void> {
    const signal = AbortSignal.timeout(limit);
    let state = this.#watched.get(jobId)?.state;
    while (state && !state.outcome) state = await this.next(jobId, state, signal).catch(() => undefined);
  }

  #hear(jobId: string, news: Partial<JobState>): void {
    const watched = this.#watched.get(jobId);
    if (!watched) return;
    const { state } = watched;
    // What is asked for and what is told may cross.
    const isOld = news.progress && news.progress.images.length < state.progress.images.length;
    watched.heardAt = performance.now();
    if (isOld && !news.outcome) return;
    watched.state = { ...state, ...news, progress: isOld ? state.progress : (news.progress ?? state.progress) };
    watched.wake();
  }

  #fail(jobId: string, error: Error): void {
    const watched = this.#watched.get(jobId);
    if (!watched) return;
    watched.error = error;
    watched.wake();
  }

  async #poll(): Promise<void> {
    const now = performance.now();
    if (!this.#isConnected()) {
      for (const [jobId, { state }] of this.#watched) {
        const limit = state.progress.images.length > 0 ? patience.after : patience.before;
        if (now - this.#connectedAt > limit) this.#fail(jobId, queueUnavailable());
      }
      return;
    }
    this.#connectedAt = now;
    const silent = [...this.#watched].filter(([, { heardAt }]) => now - heardAt > 2 * pollInterval);
    await Promise.all(silent.map(([jobId]) => this.#ask(jobId).catch(() => {})));
  }

  async #ask(jobId: string): Promise<void> {
    const job = await this.#queue.getJob(jobId);
    const watched = this.#watched.get(jobId);
    // Seen to its end between the question and the reply.
    if (!watched || watched.state.outcome) return;
    // Not added again: whether it was begun, and paid for, is unknown.
    if (!job) return this.#fail(jobId, queueUnavailable());
    if (job.failedReason) return this.#fail(jobId, new Error(job.failedReason));
    const progress = job.progress as unknown as JobProgress | number;
    const news = {
      ...(typeof progress === "object" && { progress }),
      ...(job.finishedOn !== undefined && job.returnvalue && { outcome: job.returnvalue }),
    };
    if (news.progress || news.outcome) this.#hear(jobId, news);
    else watched.heardAt = performance.now();
  }
}
