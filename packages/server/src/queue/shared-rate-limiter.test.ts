import { eventually } from "@image-variations/testing/eventually";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createHandler, type Handler } from "../index.ts";
import { createSharedRateLimiter } from "../queue.ts";
import { postForm } from "../testing/post-form.ts";
import { startRedis, withoutRedis, type RunningRedis } from "@image-variations/testing/start-redis";
import { stubBackend } from "../testing/stub-backend.ts";
import { contractFacts } from "../testing/contract-facts.ts";

describe.skipIf(withoutRedis !== undefined)("a rate limit that servers share", () => {
  let redis: RunningRedis;
  const handlers: Handler[] = [];
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(async () => {
    await Promise.all(handlers.map((handler) => handler.close()));
    await redis[Symbol.asyncDispose]();
  });

  function createServer(prefix: string, requestsPerMinute = 3): Handler {
    const handler = createHandler({
      backend: stubBackend(),
      apiKeys: (key) => ({ id: key }),
      rateLimiter: createSharedRateLimiter({ redis: redis.url, requestsPerMinute, prefix }),
    });
    handlers.push(handler);
    return handler;
  }

  const send = (handler: Handler, key = "the-key"): Promise<Response> =>
    postForm(handler, { size: contractFacts.smallestSize }, { headers: { authorization: `Bearer ${key}` } });
  const limitsOf = ({ status, headers }: Response): (string | number | null)[] => [
    status,
    headers.get("x-ratelimit-limit-requests"),
    headers.get("x-ratelimit-remaining-requests"),
  ];

  test("counts a key's requests to all of them, in the contract's headers", async () => {
    const servers = [createServer("shared"), createServer("shared")];
    const responses: Response[] = [];
    for (let index = 0; index < 4; index += 1) responses.push(await send(servers[index % 2] as Handler));
    expect(responses.map(limitsOf)).toEqual([
      [200, "3", "2"],
      [200, "3", "1"],
      [200, "3", "0"],
      [429, "3", "0"],
    ]);
    const [, , , last] = responses as [Response, Response, Response, Response];
    expect(last.headers.get("x-ratelimit-reset-requests")).toMatch(/^(1m0s|\d{1,2}s)$/);
    const wait = Number(last.headers.get("retry-after"));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect(await last.json()).toMatchObject({ error: { code: "rate_limit_exceeded", type: "requests" } });
    expect((await send(servers[0] as Handler, "another-key")).status).toBe(200);
  });

  test("holds for each server by itself while Redis is gone, and for all of them once it is back", async () => {
    const servers = [createServer("gone", 2), createServer("gone", 2)] as const;
    for (const server of servers) expect((await send(server)).status).toBe(200);
    await redis.stop();
    await eventually(async () => expect(limitsOf(await send(servers[0], "local"))[0]).toBe(200));
    const statuses = [await send(servers[0], "local"), await send(servers[0], "local")].map(({ status }) => status);
    expect(statuses).toContain(429);
    await redis.start();
    // The two requests before are remembered: both servers reject the third.
    await eventually(async () => {
      for (const server of servers) expect((await send(server)).status).toBe(429);
    });
  });
});
