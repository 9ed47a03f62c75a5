import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BackendError } from "@image-variations/backends";
import { Redis } from "ioredis";
import { eventually } from "@image-variations/testing/eventually";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createHandler, createMemoryStore, type FileStore, type Handler, type HandlerOptions } from "../index.ts";
import { createDirectoryStore, serveFromEnvironment, workFromEnvironment } from "../node.ts";
import { createQueueBackend, createWorker, type QueueBackendOptions, type WorkerOptions } from "../queue.ts";
import { postForm } from "../testing/post-form.ts";
import { startRedis, withoutRedis, type RunningRedis } from "@image-variations/testing/start-redis";
import { plainImage, stubBackend, type StubBackend, type StubOptions } from "../testing/stub-backend.ts";
import { createTurns } from "./turns.ts";
import { contractFacts } from "../testing/contract-facts.ts";

if (withoutRedis !== undefined) console.warn(`The queue was not tested: ${withoutRedis}.`);

interface SetupOptions {
  readonly stub?: StubOptions;
  readonly queue?: Partial<QueueBackendOptions>;
  readonly worker?: Partial<WorkerOptions> | false;
  readonly handler?: Partial<HandlerOptions>;
}

interface Setup extends AsyncDisposable {
  readonly name: string;
  readonly backend: StubBackend;
  readonly handler: Handler;
  readonly files: CountingStore;
  startWorker(options?: Partial<WorkerOptions>): ReturnType<typeof createWorker>;
}

/** A promise that a test keeps. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

/** A store that counts what is in it, and what was put there. */
interface CountingStore extends FileStore {
  readonly size: number;
  readonly puts: number;
}

function countingStore(): CountingStore {
  const store = createMemoryStore();
  const ids = new Set<string>();
  let puts = 0;
  return {
    ...store,
    get puts() {
      return puts;
    },
    get size() {
      return ids.size;
    },
    async put(id, file) {
      ids.add(id);
      puts += 1;
      await store.put(id, file);
    },
    async delete(id) {
      ids.delete(id);
      await store.delete(id);
    },
  };
}

const post = (
  handler: Handler,
  fields: Parameters<typeof postForm>[1] = {},
  options: Parameters<typeof postForm>[2] = {},
) => postForm(handler, { size: contractFacts.smallestSize, response_format: "b64_json", ...fields }, options);

describe.skipIf(withoutRedis !== undefined)("a queue in Redis", () => {
  let redis: RunningRedis;
  let observer: Redis;
  beforeAll(async () => {
    redis = await startRedis();
    observer = new Redis(redis.url);
    observer.on("error", () => {});
  });
  afterAll(async () => {
    observer.disconnect();
    await redis[Symbol.asyncDispose]();
  });

  let queues = 0;
  async function setUp({ stub, queue, worker, handler: own }: SetupOptions = {}): Promise<Setup> {
    queues += 1;
    const name = `queue-${queues}`;
    const files = countingStore();
    const backend = stubBackend(stub);
    const handler = createHandler({
      backend: createQueueBackend({ redis: redis.url, name, store: files, ...queue }),
      store: files,
      ...own,
    });
    const workers: Awaited<ReturnType<typeof createWorker>>[] = [];
    const startWorker: Setup["startWorker"] = async (options = {}) => {
      const started = await createWorker({ redis: redis.url, name, store: files, backend, ...options });
      workers.push(started);
      return started;
    };
    if (worker !== false) await startWorker(worker);
    return {
      name,
      backend,
      handler,
      files,
      startWorker,
      async [Symbol.asyncDispose]() {
        await handler.close(1);
        await Promise.all(workers.map((started) => started.close()));
      },
    };
  }

  /** The keys of the jobs of a queue: what a queue keeps for itself is left out. */
  async function jobKeys(name: string): Promise<string[]> {
    const keys = await observer.keys(`bull:${name}:*`);
    return keys.filter((key) => /:[\w-]{43}(:|$)/.test(key));
  }

  test("brings back what a worker made: every image, in order, with what is known of it", async () => {
    await using setup = await setUp({
      stub: {
        make: (index, request) => ({
          ...plainImage(index, request),
          bytes: Uint8Array.of(index),
          revisedPrompt: `otter ${index}`,
        }),
      },
    });
    const fields = { n: 3, model: "dall-e-2", user: "user-1", seed: 7, strength: 0.5, prompt: "an otter" };
    const response = await post(setup.handler, fields);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      data: [0, 1, 2].map((index) => ({
        b64_json: Buffer.of(index).toString("base64"),
        revised_prompt: `otter ${index}`,
      })),
    });
    expect(setup.backend.requests).toMatchObject([
      { ...fields, size: contractFacts.smallestPixels, caller: "anonymous" },
    ]);
  });

  test("sends each image while the next one is being made", async () => {
    const second = gate();
    await using setup = await setUp({ stub: { before: (index) => (index === 1 ? second.opened : undefined) } });
    const response = await post(setup.handler, { n: 2 });
    const reader = response.body!.getReader();
    const { value } = await reader.read();
    expect(new TextDecoder().decode(value)).toContain("b64_json");
    second.open();
    while (!(await reader.read()).done);
  });

  test("has the keys of images, never their bytes, and keeps neither keys nor files when all is done", async () => {
    const { opened, open } = gate();
    await using setup = await setUp({ stub: { before: () => opened } });
    const response = post(setup.handler, { n: 2 });
    await eventually(() => expect(setup.backend.requests).toHaveLength(1));
    const keys = (await jobKeys(setup.name)).filter((key) => !key.endsWith(":lock"));
    expect(keys).toHaveLength(1);
    const job = JSON.stringify(await observer.hgetall(keys[0]!));
    expect(job).toContain('\\"n\\":2');
    expect(job.length).toBeLessThan(1_000);
    open();
    await (await response).text();
    await eventually(async () => expect([await jobKeys(setup.name), setup.files.size]).toEqual([[], 0]));
  });

  test("serves as a URL what its worker has stored, from every server, for as long as files live", async () => {
    let time = Date.now();
    const names = { publicUrl: "https://images.test", now: () => time };
    await using setup = await setUp({ handler: names });
    const other = createHandler({ backend: stubBackend(), store: setup.files, ...names });
    const response = await post(setup.handler, { n: 2, response_format: "url" });
    const { data } = (await response.json()) as { data: { url: string }[] };
    expect(data).toHaveLength(2);
    // The input, and each image once.
    expect(setup.files.puts).toBe(3);
    await eventually(async () => expect([await jobKeys(setup.name), setup.files.size]).toEqual([[], 2]));
    const { bytes } = plainImage(0, { size: contractFacts.smallestPixels });
    for (const { url } of data) {
      const part = await other(url, { headers: { range: "bytes=1-3" } });
      expect([part.status, await part.text()]).toEqual([206, Buffer.from(bytes.slice(1, 4)).toString("latin1")]);
      const whole = await setup.handler(url);
      expect(whole.headers.get("cache-control")).toMatch(/^private, max-age=3(600|599), immutable$/);
      expect(new Uint8Array(await whole.arrayBuffer())).toEqual(bytes);
    }
    time += 3_600_000 + 60_000;
    for (const { url } of data) expect((await other(url)).status).toBe(404);
  });

  test("names what its worker has stored by the store's own URLs, signed for as long as the file lives", async () => {
    const files = countingStore();
    const store: FileStore = {
      ...files,
      urlOf: async (id, expiresAt) => `https://bucket.test/${id}?until=${expiresAt}`,
    };
    await using setup = await setUp({ queue: { store }, worker: { store }, handler: { store } });
    const sentAt = Date.now();
    const response = await post(setup.handler, { n: 1, response_format: "url" });
    const { data } = (await response.json()) as { data: { url: string }[] };
    const [, id = "", until] = /^https:\/\/bucket\.test\/([\w-]{43})\?until=(\d+)$/.exec(data[0]!.url) ?? [];
    const expiresAt = (await files.stat(id))?.expiresAt;
    expect(Number(until)).toBe(expiresAt);
    expect(expiresAt).toBeGreaterThanOrEqual(sentAt + 3_600_000);
  });

  test("copies images into the store of a server that has another one than its workers", async () => {
    const store = countingStore();
    await using setup = await setUp({ handler: { publicUrl: "https://images.test", store } });
    const response = await post(setup.handler, { n: 2, response_format: "url" });
    const { data } = (await response.json()) as { data: { url: string }[] };
    for (const { url } of data) expect((await setup.handler(url)).status).toBe(200);
    await eventually(() => expect([setup.files.size, store.size]).toEqual([0, 2]));
  });

  test("keeps no image of a request for URLs that fails", async () => {
    const make: StubOptions["make"] = (index, request) => {
      if (index === 1) throw new Error("no");
      return plainImage(index, request);
    };
    await using setup = await setUp({ stub: { make }, handler: { publicUrl: "https://images.test" } });
    expect((await post(setup.handler, { n: 2, response_format: "url" })).status).toBe(500);
    await eventually(async () => expect([await jobKeys(setup.name), setup.files.size]).toEqual([[], 0]));
  });

  test.for<[string, Error, [number, string]]>([
    ["says", new BackendError("No otters today.", { status: 422, param: "image" }), [422, "No otters today."]],
    ["hides", new Error("password=1234"), [500, "The server had an error while processing your request."]],
  ])("tells the caller what a backend %s", async ([, error, expected]) => {
    await using setup = await setUp({
      stub: {
        before() {
          throw error;
        },
      },
    });
    const response = await post(setup.handler);
    const body = (await response.json()) as { error: { message: string } };
    expect([response.status, body.error.message]).toEqual(expected);
  });

  test("cancels the work of a client that leaves, on whatever machine it is", async () => {
    await using setup = await setUp({
      stub: { before: (_, { signal }) => new Promise((resolve) => signal?.addEventListener("abort", () => resolve())) },
    });
    const controller = new AbortController();
    const response = post(setup.handler, { n: 2 }, { signal: controller.signal });
    await eventually(() => expect(setup.backend.state.active).toBe(1));
    controller.abort();
    await expect(response).rejects.toThrow();
    await eventually(() => expect(setup.backend.state).toEqual({ active: 0, cancelled: 1 }));
    await eventually(async () => expect([await jobKeys(setup.name), setup.files.size]).toEqual([[], 0]));
  });

  test("never begins the job of a client that has left", async () => {
    await using setup = await setUp({ worker: false });
    const controller = new AbortController();
    const response = post(setup.handler, {}, { signal: controller.signal });
    await eventually(async () => expect(await jobKeys(setup.name)).toHaveLength(1));
    controller.abort();
    await expect(response).rejects.toThrow();
    await eventually(() => expect(setup.files.size).toBe(0));
    await setup.startWorker();
    expect((await post(setup.handler)).status).toBe(200);
    expect(setup.backend.requests).toHaveLength(1);
  });

  test("is bounded for all servers together, and says when to try again", async () => {
    const { opened, open } = gate();
    await using setup = await setUp({ stub: { before: () => opened }, queue: { maxWaiting: 1 } });
    const running = post(setup.handler);
    await eventually(() => expect(setup.backend.requests).toHaveLength(1));
    const waiting = post(setup.handler);
    await eventually(async () => expect(await observer.zcard(`bull:${setup.name}:prioritized`)).toBe(1));
    const rejected = await post(setup.handler);
    expect(rejected.status).toBe(429);
    expect(Number(rejected.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect(await rejected.json()).toMatchObject({ error: { code: "rate_limit_exceeded", type: "requests" } });
    open();
    expect([(await running).status, (await waiting).status]).toEqual([200, 200]);
  });

  test("is fair: a caller with one request does not wait for all of another's", async () => {
    const { opened, open } = gate();
    const backend = stubBackend({ before: (_, { user }) => (user === "first" ? opened : undefined) });
    await using setup = await setUp({ worker: { backend } });
    const { name, files } = setup;
    const handler = createHandler({
      backend: createQueueBackend({ redis: redis.url, name, store: files }),
      apiKeys: (key) => ({ id: key }),
    });
    const send = (key: string, user: string) =>
      post(handler, { user }, { headers: { authorization: `Bearer ${key}` } }).then((response) => response.text());
    const waitFor = (count: number) =>
      eventually(async () => expect(await observer.zcard(`bull:${name}:prioritized`)).toBe(count));
    const all = [send("many", "first")];
    await eventually(() => expect(backend.requests).toHaveLength(1));
    for (let index = 0; index < 4; index += 1) {
      all.push(send("many", `many ${index}`));
      await waitFor(index + 1);
    }
    all.push(send("one", "one"));
    await waitFor(5);
    open();
    await Promise.all(all);
    await handler.close();
    const order = backend.requests.map(({ user }) => user);
    expect(order.indexOf("one")).toBeLessThanOrEqual(2);
  });

  test("gives the job of a worker that closes to another one, without a lost request", async () => {
    const { opened, open } = gate();
    await using setup = await setUp({ worker: false });
    const leaving = stubBackend({
      before: (index, { signal }) =>
        index === 1 ? new Promise((resolve) => signal?.addEventListener("abort", () => resolve())) : undefined,
    });
    const first = await setup.startWorker({ backend: leaving, shutdownTimeout: 1, store: setup.files });
    const response = post(setup.handler, { n: 3, seed: 5 });
    await eventually(() => expect(setup.files.size).toBe(2));
    const closed = first.close();
    await setup.startWorker();
    open();
    await Promise.all([closed, opened]);
    const body = (await (await response).json()) as { data: unknown[] };
    expect(body.data).toHaveLength(3);
    // The first image was there, and is not made again.
    expect(setup.backend.requests).toMatchObject([{ n: 2, seed: 6 }]);
  });

  test("does the job of a killed worker again, and not the images that it had made", async () => {
    const directory = mkdtempSync(join(tmpdir(), "queue-"));
    const store = createDirectoryStore({ directory });
    await using setup = await setUp({ worker: false, queue: { store, name: "killed" } });
    const path = fileURLToPath(new URL("../testing/queue-worker.ts", import.meta.url));
    const child = fork(path, [redis.url, directory], { env: { ...process.env, QUEUE_NAME: "killed" } });
    // A test that fails before it kills the worker would never end.
    onTestFinished(() => void child.kill("SIGKILL"));
    const messages: { readonly begun?: number; readonly ready?: boolean }[] = [];
    child.on("message", (message) => messages.push(message as object));
    await eventually(() => expect(messages).toContainEqual({ ready: true }));
    const response = post(setup.handler, { n: 2, seed: 5 });
    await eventually(() => expect(messages).toContainEqual({ begun: 6 }));
    child.kill("SIGKILL");
    await once(child, "exit");
    const killedAt = performance.now();
    await setup.startWorker({ store, name: "killed" });
    const body = (await (await response).json()) as { data: unknown[] };
    expect(body.data).toHaveLength(2);
    expect(performance.now() - killedAt).toBeLessThan(15_000);
    expect(setup.backend.requests).toMatchObject([{ n: 1, seed: 6 }]);
    await eventually(() => expect(readdirSync(directory)).toEqual([]));
    rmSync(directory, { recursive: true, force: true });
  });

  test("is served by servers and workers as the environment says", async () => {
    const directory = mkdtempSync(join(tmpdir(), "queue-"));
    const environment = {
      IMAGE_VARIATIONS_REDIS: redis.url,
      IMAGE_VARIATIONS_QUEUE_NAME: "environment",
      IMAGE_VARIATIONS_STORE: "directory",
      IMAGE_VARIATIONS_STORE_DIRECTORY: directory,
      IMAGE_VARIATIONS_REQUESTS_PER_MINUTE: "1",
      IMAGE_VARIATIONS_PORT: "0",
      IMAGE_VARIATIONS_LOG_LEVEL: "silent",
    };
    const servers = [await serveFromEnvironment({ environment }), await serveFromEnvironment({ environment })] as const;
    const worker = await workFromEnvironment({ backend: stubBackend(), environment });
    const send = (server: { readonly url: string }) =>
      postForm(fetch, { size: contractFacts.smallestSize }, { url: `${server.url}/v1/images/variations` });
    const response = await send(servers[0]);
    const { data } = (await response.json()) as { data: { url: string }[] };
    const path = new URL(data[0]!.url).pathname;
    // The other server serves the file, and has counted the request.
    expect((await fetch(servers[1].url + path)).status).toBe(200);
    expect((await send(servers[1])).status).toBe(429);
    await Promise.all([worker.close(), ...servers.map((server) => server.close())]);
    rmSync(directory, { recursive: true, force: true });
  });

  test("is not ready without a worker, and is with one", async () => {
    await using setup = await setUp({ worker: false });
    const ask = async () => (await setup.handler("http://server.test/readyz")).json();
    expect(await ask()).toMatchObject({ status: "not ready", reason: `No worker serves the queue ${setup.name}.` });
    await setup.startWorker();
    expect(await ask()).toMatchObject({ status: "ready" });
  });

  test("that has lost a job is a 503 for its request, and the job is not begun a second time", async () => {
    await using setup = await setUp({ worker: false });
    const response = post(setup.handler);
    await eventually(async () => expect(await jobKeys(setup.name)).toHaveLength(1));
    await observer.flushall();
    const lost = await response;
    expect([lost.status, lost.headers.get("retry-after")]).toEqual([503, "5"]);
    await setup.startWorker();
    expect((await post(setup.handler)).status).toBe(200);
    expect(setup.backend.requests).toHaveLength(1);
  });

  test("tells who is rejected how long the jobs that wait will take", async () => {
    const key = (suffix: string): string => `turns:${suffix}`;
    const turns = createTurns(observer, key);
    await observer.zadd(
      key("prioritized"),
      ...Array.from({ length: 10 }, (_, index) => [index, `job-${index}`]).flat(),
    );
    await observer.rpush(key("active"), "job-a", "job-b");
    await turns.end(4_000);
    // Ten jobs of four seconds, by two at a time.
    expect(await turns.admit("caller", 10)).toEqual({ admitted: false, waiting: 10, retryAfter: 20 });
    await turns.end(12_000);
    expect(await turns.admit("caller", 10)).toEqual({ admitted: false, waiting: 10, retryAfter: 25 });
    expect(await turns.admit("caller", 11)).toEqual({ admitted: true, turn: 1 });
  });

  test("has no connection of a server and a worker that are closed", async () => {
    const countClients = async () => ((await observer.client("LIST")) as string).trim().split("\n").length;
    const before = await countClients();
    const setup = await setUp();
    expect((await post(setup.handler)).status).toBe(200);
    expect(await countClients()).toBeGreaterThan(before);
    await setup[Symbol.asyncDispose]();
    await eventually(async () => expect(await countClients()).toBe(before));
  });

  test.for<["is gone" | "hangs", "without a job" | "with one"]>([
    ["is gone", "without a job"],
    ["is gone", "with one"],
    ["hangs", "without a job"],
    ["hangs", "with one"],
  ])("that %s does not keep a worker %s from closing, nor a server", async ([what, jobs]) => {
    await using setup = await setUp({ worker: false, stub: { before: () => new Promise(() => {}) } });
    const worker = await setup.startWorker({ shutdownTimeout: 60_000 });
    expect((await setup.handler("http://server.test/readyz")).status).toBe(200);
    const waiting = jobs === "with one" ? post(setup.handler) : undefined;
    await eventually(() => expect(worker.running).toBe(waiting ? 1 : 0));
    if (what === "is gone") await redis.stop();
    else redis.freeze();
    const started = performance.now();
    await Promise.all([worker.close(), setup.handler.close(1)]);
    // Far below what jobs may take; removing the job that was given up takes the longest.
    expect(performance.now() - started).toBeLessThan(10_000);
    expect((await waiting)?.status).toBe(waiting && 503);
    if (what === "is gone") await redis.start();
    else redis.thaw();
  });

  test("that hangs is a 503 at once, and recovers when it goes on", async () => {
    await using setup = await setUp();
    expect((await post(setup.handler)).status).toBe(200);
    redis.freeze();
    // Its silence has to be noticed first.
    await eventually(async () => expect((await post(setup.handler)).status).toBe(503));
    const started = performance.now();
    const rejected = await post(setup.handler);
    expect([rejected.status, rejected.headers.get("retry-after")]).toEqual([503, "5"]);
    expect((await setup.handler("http://server.test/readyz")).status).toBe(503);
    expect(performance.now() - started).toBeLessThan(1_000);
    redis.thaw();
    await eventually(async () => expect((await post(setup.handler)).status).toBe(200));
  });

  test("that hangs while a server starts is a 503, and at once from the second request on", async () => {
    await using setup = await setUp();
    redis.freeze();
    expect((await post(setup.handler)).status).toBe(503);
    const started = performance.now();
    expect((await post(setup.handler)).status).toBe(503);
    expect(performance.now() - started).toBeLessThan(1_000);
    redis.thaw();
    await eventually(async () => expect((await post(setup.handler)).status).toBe(200));
  });

  test("that is gone is a 503 at once; it recovers without a restart, and requests that waited go on", async () => {
    const { opened, open } = gate();
    await using setup = await setUp({ stub: { before: (_, { user }) => (user === "waits" ? opened : undefined) } });
    const waiting = post(setup.handler, { user: "waits" });
    await eventually(() => expect(setup.backend.requests).toHaveLength(1));
    await redis.stop();
    const started = performance.now();
    const response = await eventually(async () => {
      const rejected = await post(setup.handler);
      expect(rejected.status).toBe(503);
      return rejected;
    });
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(response.headers.get("retry-after")).toBe("5");
    expect(await response.json()).toMatchObject({
      error: { message: "The queue of this server cannot be reached. Please try again later.", type: "server_error" },
    });
    await redis.start();
    open();
    expect((await waiting).status).toBe(200);
    await eventually(async () => expect((await post(setup.handler)).status).toBe(200));
    // The one that waited was made once.
    expect(setup.backend.requests.filter(({ user }) => user === "waits")).toHaveLength(1);
  });
});

test("a queue that cannot be reached at all is a 503 at once", async () => {
  const backend = createQueueBackend({ redis: "redis://127.0.0.1:1", store: createMemoryStore() });
  const handler = createHandler({ backend });
  const started = performance.now();
  expect((await post(handler)).status).toBe(503);
  expect((await handler("http://server.test/readyz")).status).toBe(503);
  expect(performance.now() - started).toBeLessThan(2_000);
  await handler.close();
});

test.for<[object, string]>([
  [{}, "The queue needs redis, such as redis://127.0.0.1:6379."],
  [
    { IMAGE_VARIATIONS_REDIS: "redis://127.0.0.1:6379" },
    "The queue needs a store that servers and workers share, got memory. Use s3, or directory on one machine.",
  ],
])("an environment of %j says what is missing", async ([environment, message]) => {
  const own = environment as Record<string, string>;
  await expect(serveFromEnvironment({ environment: own })).rejects.toThrow(message);
  await expect(workFromEnvironment({ backend: stubBackend(), environment: own })).rejects.toThrow(message);
});

test("what is not the URL of a Redis is rejected without showing it, as it may have a password", () => {
  expect(() => createQueueBackend({ redis: "http://:secret@localhost", store: createMemoryStore() })).toThrow(
    /^redis must be a redis: or rediss: URL, such as redis:\/\/127\.0\.0\.1:6379\.$/,
  );
});
