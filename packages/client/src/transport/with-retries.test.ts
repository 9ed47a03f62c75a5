import Official from "openai";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import OpenAI from "../index.ts";
import { pngBytes } from "../testing/png-bytes.ts";

type CannedResponse = { status?: number; headers?: Record<string, string> } | Error | "never";

const now = Date.UTC(2026, 0, 1);
const image = new File([pngBytes()], "otter.png", { type: "image/png" });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], now });
  vi.spyOn(Math, "random").mockReturnValue(0.5);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** When, in milliseconds from the start, a client asks a server that always responds the same, and how it ends. */
async function attempts(
  Client: typeof OpenAI | typeof Official,
  response: CannedResponse,
  options: { maxRetries?: number; timeout?: number } = {},
): Promise<{ times: number[]; outcome: string }> {
  const times: number[] = [];
  vi.setSystemTime(now);
  const client = new Client({
    apiKey: "key",
    ...options,
    fetch: async (url: unknown, init?: RequestInit) => {
      // The official SDK tries out what `fetch` can do.
      if (url === "data:,") return new Response();
      times.push(Date.now() - now);
      if (response instanceof Error) throw response;
      if (response === "never") {
        return new Promise<Response>((_resolve, reject) =>
          init!.signal!.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError"))),
        );
      }
      return Response.json(response.status === 200 ? { created: 1, data: [] } : { error: { message: "no" } }, response);
    },
  });
  let outcome: string | undefined;
  void client.images.createVariation({ image }).then(
    () => (outcome = "resolved"),
    (error: unknown) => (outcome = (error as Error).constructor.name),
  );
  // oxlint-disable-next-line no-unmodified-loop-condition -- the promise modifies it
  while (outcome === undefined) {
    // What is not a timer goes on in real time.
    for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
    await vi.advanceTimersToNextTimerAsync();
  }
  return { times, outcome };
}

describe("what is tried again, and when, is what the official SDK does:", () => {
  it.each<[string, CannedResponse, { maxRetries?: number; timeout?: number }?]>([
    ...[200, 400, 401, 403, 404, 408, 409, 413, 415, 422, 429, 500, 501, 502, 503, 504, 599].map(
      (status): [string, CannedResponse] => [`status ${status}`, { status }],
    ),
    ["no connection", new TypeError("fetch failed")],
    ["no response in time", "never"],
    ["no response in a time of the caller's", "never", { timeout: 1_000, maxRetries: 4 }],
    ["no retries", { status: 500 }, { maxRetries: 0 }],
    ["many retries", { status: 500 }, { maxRetries: 9 }],
    ["a server that says to try a 400 again", { status: 400, headers: { "x-should-retry": "true" } }],
    ["a server that says not to try a 500 again", { status: 500, headers: { "x-should-retry": "false" } }],
    ["a server that says neither", { status: 500, headers: { "x-should-retry": "perhaps" } }],
    ["Retry-After in seconds", { status: 429, headers: { "retry-after": "7" } }],
    ["Retry-After in parts of a second", { status: 429, headers: { "retry-after": "0.25" } }],
    ["Retry-After of nothing", { status: 429, headers: { "retry-after": "0" } }],
    ["Retry-After of a minute", { status: 429, headers: { "retry-after": "60" } }],
    ["Retry-After of more than a minute", { status: 429, headers: { "retry-after": "61" } }],
    ["Retry-After below nothing", { status: 429, headers: { "retry-after": "-1" } }],
    ["Retry-After that is a word", { status: 429, headers: { "retry-after": "soon" } }],
    ["Retry-After that is empty", { status: 429, headers: { "retry-after": "" } }],
    ["Retry-After as a date", { status: 503, headers: { "retry-after": new Date(now + 9_000).toUTCString() } }],
    ["Retry-After as a date long ago", { status: 503, headers: { "retry-after": new Date(0).toUTCString() } }],
    ["retry-after-ms", { status: 429, headers: { "retry-after-ms": "1234" } }],
    ["retry-after-ms before Retry-After", { status: 429, headers: { "retry-after-ms": "5", "retry-after": "7" } }],
    ["an invalid retry-after-ms", { status: 429, headers: { "retry-after-ms": "x", "retry-after": "7" } }],
    ["a retry-after-ms that is too long", { status: 429, headers: { "retry-after-ms": "60001", "retry-after": "7" } }],
  ])("%s", async (_, response, options) => {
    const ours = await attempts(OpenAI, response, options);
    expect(ours).toEqual(await attempts(Official, response, options));
  });

  it("twice by default, after half a second and a second, a little less by chance", async () => {
    expect((await attempts(OpenAI, { status: 500 })).times).toEqual([0, 437.5, 1312.5].map((time) => Math.floor(time)));
  });
});

describe("every attempt", () => {
  it("sends the same bytes, under the same idempotency key, with a key of its own", async () => {
    const sent: { body: Uint8Array; headers: Headers }[] = [];
    const keys = ["first", "second", "third"];
    const client = new OpenAI({
      apiKey: async () => keys.shift()!,
      fetch: async (_, init) => {
        sent.push({ body: init.body as Uint8Array, headers: new Headers(init.headers) });
        return Response.json({ created: 1, data: [] }, { status: sent.length < 3 ? 500 : 200 });
      },
    });
    async function* stream() {
      yield pngBytes();
    }
    const promise = client.images.createVariation({ image: stream() }, { idempotencyKey: "once" });
    await vi.advanceTimersByTimeAsync(10_000);
    await promise;
    expect(sent.map(({ headers }) => headers.get("authorization"))).toEqual([
      "Bearer first",
      "Bearer second",
      "Bearer third",
    ]);
    for (const { body, headers } of sent) {
      expect(body).toEqual(sent[0]!.body);
      expect(headers.get("idempotency-key")).toBe("once");
      expect(headers.get("content-type")).toBe(sent[0]!.headers.get("content-type"));
    }
  });

  it("gives up the body of the response that it does not take", async () => {
    let cancelled = 0;
    const client = new OpenAI({
      apiKey: "key",
      maxRetries: 1,
      fetch: async () => new Response(new ReadableStream({ cancel: () => void cancelled++ }), { status: 500 }),
    });
    const controller = new AbortController();
    const promise = client.images.createVariation({ image }, { signal: controller.signal });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(cancelled).toBe(1);
    controller.abort();
    await expect(promise).rejects.toThrow(OpenAI.APIUserAbortError);
  });
});
