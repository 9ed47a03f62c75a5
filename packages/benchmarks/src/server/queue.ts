// node packages/benchmarks/src/server/queue.ts: what the queue costs an image, and what two and three workers make of it.
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createHandler, type Handler } from "@image-variations/server";
import { createDirectoryStore } from "@image-variations/server/node";
import { createQueueBackend } from "@image-variations/server/queue";
import { Redis } from "ioredis";
import { startRedis } from "@image-variations/testing/start-redis";
import { requestBody } from "./request-body.ts";

const { contentType, bytes } = requestBody(50_000, { response_format: "b64_json" });

async function send(handler: Handler): Promise<number> {
  const started = performance.now();
  const headers = { "content-type": contentType };
  const response = await handler("http://bench/v1/images/variations", { method: "POST", headers, body: bytes });
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`A request got ${response.status}.`);
  return performance.now() - started;
}

/** Sends so many requests at the same time, and all of them together. */
async function sendAll(handler: Handler, { count, together }: { count: number; together: number }): Promise<number[]> {
  const durations: number[] = [];
  let left = count;
  const sender = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      durations.push(await send(handler));
    }
  };
  await Promise.all(Array.from({ length: together }, sender));
  return durations.toSorted((a, b) => a - b);
}

async function withWorkers<Result>(
  { workers, duration }: { readonly workers: number; readonly duration: number },
  use: (handler: Handler, redisUrl: string) => Promise<Result>,
): Promise<Result> {
  await using redis = await startRedis();
  const directory = mkdtempSync(join(tmpdir(), "bench-"));
  const path = fileURLToPath(new URL("queue-worker.ts", import.meta.url));
  const children: ChildProcess[] = [];
  for (let index = 0; index < workers; index += 1) {
    const child = fork(path, [redis.url, directory, String(duration)]);
    await once(child, "message");
    children.push(child);
  }
  const store = createDirectoryStore({ directory });
  const handler = createHandler({ backend: createQueueBackend({ redis: redis.url, store }) });
  try {
    await sendAll(handler, { count: 20, together: 1 });
    return await use(handler, redis.url);
  } finally {
    await handler.close();
    for (const child of children) {
      child.disconnect();
      await once(child, "exit");
    }
    rmSync(directory, { recursive: true, force: true });
  }
}

const overhead = await withWorkers({ workers: 1, duration: 0 }, (handler) =>
  sendAll(handler, { count: 300, together: 1 }),
);
const at = (share: number): string => (overhead[Math.floor(overhead.length * share)] ?? Number.NaN).toFixed(1);
console.log(
  `A request by the queue, with a backend that takes no time: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms (at most 15)`,
);

const counted = 50;
const commands = await withWorkers({ workers: 1, duration: 0 }, async (handler, url) => {
  const client = new Redis(url);
  const monitor = await client.monitor();
  const counts = new Map<string, number>();
  monitor.on("monitor", (_time: string, [name = ""]: string[], source: string) => {
    // What scripts do within Redis is not a round trip.
    if (source !== "lua") counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) ?? 0) + 1);
  });
  await sendAll(handler, { count: counted, together: 1 });
  // What is removed behind belongs to them.
  await sleep(500);
  for (const connection of [monitor, client]) connection.disconnect();
  return [...counts].map(([name, count]) => [name, count / counted] as const).toSorted(([, a], [, b]) => b - a);
});
const total = commands.reduce((sum, [, count]) => sum + count, 0);
console.log(
  `Commands of Redis for an image: ${total.toFixed(1)} (${commands.map(([name, count]) => `${name} ${count.toFixed(1)}`).join(", ")})`,
);

const duration = 200;
const rates: number[] = [];
for (const workers of [1, 2, 3]) {
  const count = 40 * workers;
  const rate = await withWorkers({ workers, duration }, async (handler) => {
    const started = performance.now();
    await sendAll(handler, { count, together: 4 * workers });
    return (count * 1_000) / (performance.now() - started);
  });
  rates.push(rate);
  const linear = rate / ((rates[0] ?? rate) * workers);
  console.log(
    `${workers} workers of ${duration} ms an image: ${rate.toFixed(2)} images/s, ${linear.toFixed(3)} of linear (at least 0.95)`,
  );
}
