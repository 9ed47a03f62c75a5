import { EventEmitter } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { JobWatch } from "./job-watch.ts";

type Parts = ConstructorParameters<typeof JobWatch>;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A watch whose Redis can be away. */
function setUp() {
  const events = new EventEmitter();
  const redis = { isThere: true };
  const queue = { getJob: async () => ({ progress: 0 }) };
  const watch = new JobWatch(queue as unknown as Parts[0], events as unknown as Parts[1], () => redis.isThere);
  /** What became of a job; undefined while it is waited for. */
  const follow = (jobId: string) => {
    const result: { status?: number } = {};
    watch.begin(jobId);
    const next = async (): Promise<void> => {
      let state = await watch.next(jobId, undefined);
      for (;;) state = await watch.next(jobId, state);
    };
    next().catch((error: { status: number }) => (result.status = error.status));
    return result;
  };
  return { events, redis, watch, follow };
}

test("a request without an image waits for a Redis that is away for ten seconds, one with an image for a minute", async () => {
  const { events, redis, watch, follow } = setUp();
  const [without, withImage] = [follow("without"), follow("with")];
  const data = { images: [{ mediaType: "image/png" }], done: 0.5 };
  events.emit("progress", { jobId: "with", data });
  redis.isThere = false;
  await vi.advanceTimersByTimeAsync(9_000);
  expect([without.status, withImage.status]).toEqual([undefined, undefined]);
  await vi.advanceTimersByTimeAsync(3_000);
  expect([without.status, withImage.status]).toEqual([503, undefined]);
  await vi.advanceTimersByTimeAsync(46_000);
  expect(withImage.status).toBeUndefined();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(withImage.status).toBe(503);
  for (const jobId of ["without", "with"]) watch.end(jobId);
});

test("the time that Redis is away counts from when it was there, however long nothing was asked of it", async () => {
  const { redis, watch, follow } = setUp();
  await vi.advanceTimersByTimeAsync(3_600_000);
  const request = follow("late");
  redis.isThere = false;
  await vi.advanceTimersByTimeAsync(9_000);
  expect(request.status).toBeUndefined();
  redis.isThere = true;
  await vi.advanceTimersByTimeAsync(2_000);
  redis.isThere = false;
  await vi.advanceTimersByTimeAsync(9_000);
  expect(request.status).toBeUndefined();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(request.status).toBe(503);
  watch.end("late");
});
