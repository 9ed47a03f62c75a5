import type { Queue, QueueEvents } from "bullmq";
import type { Redis } from "ioredis";
import { queueUnavailable } from "../errors/wire-errors.ts";
import { connectRedis, connectTimeout, waitForRedis, within } from "./connect-redis.ts";
import type { JobData, JobOutcome } from "./job.ts";
import { JobWatch } from "./job-watch.ts";
import { createTurns, type Turns } from "./turns.ts";

/** A server's end of a queue. */
export interface Connected {
  readonly redis: Redis;
  readonly queue: Queue<JobData, JobOutcome>;
  readonly watch: JobWatch;
  readonly turns: Turns;
  close(): void;
}

/** Connects with the first request, and once for all of them. */
export interface QueueConnection {
  /** @throws RequestError (503) at once, if Redis cannot be reached. */
  get(): Promise<Connected>;
  close(): Promise<void>;
}

/** How long a request waits for a Redis that could not be reached the last time, in milliseconds. */
const secondPatience = 250;

export function createQueueConnection(url: string, name: string): QueueConnection {
  let connecting: Promise<Connected> | undefined;
  let hasFailed = false;
  const open = (): Promise<Connected> => {
    connecting ??= connect(url, name).then(
      (opened) => {
        hasFailed = false;
        return opened;
      },
      (cause: unknown) => {
        connecting = undefined;
        hasFailed = true;
        throw cause;
      },
    );
    return hasFailed ? within(secondPatience, connecting) : connecting;
  };
  return {
    async get() {
      const opened = await open().catch((cause: unknown) => {
        throw queueUnavailable(cause);
      });
      if (opened.redis.status !== "ready") throw queueUnavailable();
      return opened;
    },
    async close() {
      const opened = await connecting?.catch(() => undefined);
      opened?.close();
    },
  };
}

async function connect(url: string, name: string): Promise<Connected> {
  const { Queue, QueueEvents } = await import("bullmq");
  // Failures show in what is asked of the connection.
  const redis = await connectRedis(url, { purpose: "request" });
  let closeQueue = (): void => {};
  const close = (): void => {
    closeQueue();
    redis.disconnect();
  };
  try {
    await waitForRedis(redis);
    const queue: Queue<JobData, JobOutcome> = new Queue(name, {
      connection: redis,
      defaultJobOptions: { removeOnComplete: { age: 60 }, removeOnFail: { age: 60 } },
      streams: { events: { maxLen: 10_000 } },
    });
    // Events come by a copy of this connection, which blocks.
    const pattern = await connectRedis(url, { purpose: "work", lazyConnect: true });
    const events = new QueueEvents(name, { connection: pattern });
    queue.on("error", () => {});
    events.on("error", () => {});
    closeQueue = () => closeAtOnce(queue, events);
    await within(connectTimeout, Promise.all([queue.waitUntilReady(), events.waitUntilReady()]));
    const watch = new JobWatch(queue as unknown as Queue<unknown, JobOutcome>, events, () => redis.status === "ready");
    return { redis, queue, watch, turns: createTurns(redis, (suffix) => queue.toKey(suffix)), close };
  } catch (error) {
    close();
    throw error;
  }
}

/** Says no farewell, which would wait for a Redis that is gone. */
function closeAtOnce(queue: Queue, events: QueueEvents): void {
  events
    .getBackend()
    .close(true)
    .catch(() => {});
  for (const part of [events, queue]) part.close().catch(() => {});
}

/** Commands fail because Redis is gone or does not reply in time: for the caller, both are the same. */
export async function reach<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (cause) {
    throw queueUnavailable(cause);
  }
}
