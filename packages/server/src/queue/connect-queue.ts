import type { Queue, QueueEvents } from "bullmq";
import type { Redis } from "ioredis";
import { queueUnavailable } from "../errors/wire-errors.ts";
import { connectRedis, waitForRedis } from "./connect-redis.ts";
import type { JobData, JobOutcome } from "./job.ts";
import { JobWatch } from "./job-watch.ts";
import { createTurns, type Turns } from "./turns.ts";

/** A server's end of a queue. */
export interface Connected {
  readonly redis: Redis;
  readonly queue: Queue<JobData, JobOutcome>;
  readonly events: QueueEvents;
  readonly watch: JobWatch;
  readonly turns: Turns;
}

/** Connects with the first request, and once for all of them. */
export interface QueueConnection {
  /** @throws RequestError (503) at once, if Redis cannot be reached. */
  get(): Promise<Connected>;
  close(): Promise<void>;
}

export function createQueueConnection(url: string, name: string): QueueConnection {
  let connecting: Promise<Connected> | undefined;
  return {
    async get() {
      const opened = await (connecting ??= connect(url, name)).catch((cause: unknown) => {
        connecting = undefined;
        throw queueUnavailable(cause);
      });
      if (opened.redis.status !== "ready") throw queueUnavailable();
      return opened;
    },
    async close() {
      const opened = await connecting?.catch(() => undefined);
      await Promise.allSettled([opened?.events.close(), opened?.queue.close()]);
      opened?.redis.disconnect();
    },
  };
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
export async function reach<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (cause) {
    throw queueUnavailable(cause);
  }
}
