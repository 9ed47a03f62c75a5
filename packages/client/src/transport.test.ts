import { describe, expect, it, vi } from "vitest";
import { APIConnectionError, APIConnectionTimeoutError, APIUserAbortError, UnexpectedResponseError } from "./index.ts";
import { jsonResponse, observedFetch } from "./testing/observed-fetch.ts";
import { boundedChunks, createSend, createTransport, type TransportResponse } from "./transport.ts";

const options = { apiKey: "", timeout: 60_000, maxRetries: 1, logLevel: "off" } as const;
const request = { url: "http://server.example/any", method: "GET", headers: new Map<string, string>() };

describe("the transport, by its own door", () => {
  it("sends any request, and tries again what may pass", async () => {
    const busy = jsonResponse({}, 503, { "retry-after-ms": "1" });
    const { fetch, requests } = observedFetch(busy, jsonResponse({ ok: true }));
    const response = await createTransport({ ...options, fetch })(request);
    expect([response.status, requests.map(({ url }) => url)]).toEqual([200, [request.url, request.url]]);
    expect(requests[0]!.headers.get("authorization")).toBe(null);
  });

  it("reads a body up to a limit", async () => {
    const { fetch } = observedFetch(() => new Response(new Uint8Array(100)));
    const read = async (limit: number): Promise<number> => {
      let bytes = 0;
      for await (const chunk of boundedChunks(await createTransport({ ...options, fetch })(request), limit)) {
        bytes += chunk.length;
      }
      return bytes;
    };
    expect(await read(100)).toBe(100);
    await expect(read(99)).rejects.toThrow(UnexpectedResponseError);
  });

  it("sends the request again if the body breaks off while it is read", async () => {
    const broken = (): Response => {
      const body = new ReadableStream({ pull: (controller) => controller.error(new TypeError("terminated")) });
      return new Response(body);
    };
    const { fetch, requests } = observedFetch(broken, jsonResponse({ ok: true }));
    const exchange = await createSend({ ...options, fetch })(request);
    const bytes = await exchange.read(async (response) => {
      let length = 0;
      for await (const chunk of boundedChunks(response, 100)) length += chunk.length;
      return length;
    });
    expect([bytes, requests.length]).toEqual(['{"ok":true}'.length, 2]);
  });

  it("reads a body no further once a signal fires that is not the request's own", async () => {
    const body = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(3)) });
    const { fetch } = observedFetch(() => new Response(body));
    const controller = new AbortController();
    const chunks = boundedChunks(await createTransport({ ...options, fetch })(request), 100, controller.signal);
    expect((await chunks.next()).value).toHaveLength(3);
    const next = chunks.next();
    controller.abort("enough");
    await expect(next).rejects.toMatchObject({ constructor: APIUserAbortError, cause: "enough" });
  });

  it.each([
    { what: "without a body", body: undefined, more: {}, expected: { redirect: "follow" } },
    { what: "with a body", body: new Uint8Array(1), more: {}, expected: { redirect: "manual" } },
    { what: "with options", body: undefined, more: { redirect: "error" }, expected: { redirect: "error" } },
    {
      what: "that says so itself",
      body: undefined,
      more: { redirect: "error", credentials: "include" },
      own: { redirect: "manual", credentials: "omit" },
      expected: { redirect: "manual", credentials: "omit" },
    },
  ] as const)("asks `fetch` for what a request $what needs", async ({ body, more, expected, ...rest }) => {
    const { fetch, requests } = observedFetch(jsonResponse({}));
    const own = "own" in rest ? rest.own : {};
    const sent = { ...request, method: "POST", body, ...own };
    const fetchOptions = { keepalive: true, ...more };
    await createTransport({ ...options, fetch, fetchOptions })(sent);
    expect(requests[0]!.init).toMatchObject({ keepalive: true, method: "POST", body, ...expected });
    expect("credentials" in requests[0]!.init).toBe("credentials" in expected);
  });
});

/** What is logged of requests to a server that fails, and then responds. */
async function logOf(fail: () => Promise<Response>, more: object = {}): Promise<string[]> {
  const lines: string[] = [];
  const write =
    (level: string) =>
    (line: string): void =>
      void lines.push(`${level} ${line.replaceAll(/\d+ ms/g, "N ms")}`);
  const logger = { error: write("error"), warn: write("warn"), info: write("info"), debug: write("debug") };
  vi.spyOn(Math, "random").mockReturnValue(1);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const { fetch } = observedFetch(fail, jsonResponse({}));
    const sent = createTransport({ ...options, fetch, logger, logLevel: "debug" })({ ...request, ...more });
    await vi.advanceTimersByTimeAsync(10_000);
    await sent;
  } finally {
    vi.useRealTimers();
    vi.restoreAllMocks();
  }
  return lines;
}

describe("what is logged", () => {
  const line = "GET http://server.example/any";

  it("is why an attempt failed, how many bytes were sent, and when the next one follows", async () => {
    expect(await logOf(() => Promise.reject(new Error("no network")), { url: `${request.url}?a=secret#b` })).toEqual([
      `debug ${line}: 0 bytes`,
      `info ${line}: Error: Connection error. no network (${line}) after N ms`,
      `info Retry 1 of 1 in N ms: Connection error. no network (${line})`,
      `debug ${line}: 0 bytes`,
      `info ${line}: 200, request req_1, after N ms`,
    ]);
  });

  it("is the status of a response that is not taken", async () => {
    const busy = async (): Promise<Response> => new Response("", { status: 503 });
    expect(await logOf(busy, { body: new Uint8Array(7) })).toEqual([
      `debug ${line}: 7 bytes`,
      `info ${line}: 503, request null, after N ms`,
      `info Retry 1 of 1 in N ms: 503`,
      `debug ${line}: 7 bytes`,
      `info ${line}: 200, request req_1, after N ms`,
    ]);
  });

  it("goes to the console, unless there is a logger", async () => {
    const info = vi.spyOn(console, "info").mockImplementation(() => {});
    const { fetch } = observedFetch(jsonResponse({}));
    await createTransport({ ...options, fetch, logLevel: "info" })(request);
    expect(info.mock.calls).toEqual([
      [expect.stringMatching(/^GET http:\/\/server\.example\/any: 200, request req_1/)],
    ]);
    info.mockRestore();
  });
});

describe("an error of the connection", () => {
  const errorOf = async (cause: unknown): Promise<Error> =>
    createTransport({ ...options, maxRetries: 0, fetch: () => Promise.reject(cause) })(request).then(
      () => expect.unreachable(),
      (error: unknown) => error as Error,
    );
  const line = "(GET http://server.example/any)";

  it.each([
    { cause: new Error("reset"), says: `Connection error. reset ${line}` },
    { cause: { code: "ECONNRESET" }, says: `Connection error. ECONNRESET ${line}` },
    { cause: { message: "reset", code: "ECONNRESET" }, says: `Connection error. reset ${line}` },
    {
      cause: new Error("failed", { cause: { code: "ENOTFOUND" } }),
      says: `Connection error. failed: ENOTFOUND ${line}`,
    },
    { cause: new Error("failed", { cause: "no DNS" }), says: `Connection error. failed: no DNS ${line}` },
    { cause: "out of order", says: `Connection error. out of order ${line}` },
    { cause: undefined, says: `Connection error. closed ${line}` },
    { cause: null, says: `Connection error. closed ${line}` },
    { cause: new Error("Timeout"), says: `Request timed out. Timeout ${line}` },
    { cause: new Error("it timed out"), says: `Request timed out. it timed out ${line}` },
    { cause: { code: "ETIMEDOUT" }, says: `Request timed out. ETIMEDOUT ${line}` },
    { cause: new Error("time is up"), says: `Connection error. time is up ${line}` },
  ])("says $says", async ({ cause, says }) => {
    const error = await errorOf(cause);
    expect(error.message).toBe(says);
    expect(error.constructor).toBe(says.startsWith("Request") ? APIConnectionTimeoutError : APIConnectionError);
    expect(error.cause).toBe(cause || undefined);
  });

  it("is one of the connection also in a runtime without Request, which can't try the request", async () => {
    vi.stubGlobal("Request", undefined);
    const error = await errorOf(new TypeError("failed")).finally(() => vi.unstubAllGlobals());
    expect(error.message).toBe(`Connection error. failed ${line}`);
  });

  it("is the request's own if it could never be sent", async () => {
    const cause = new TypeError("failed");
    const sent = createTransport({ ...options, fetch: () => Promise.reject(cause) })({ ...request, method: "A B" });
    await expect(sent).rejects.toThrow(/^Invalid request: .*A B.* \(A B http:\/\/server\.example\/any\)$/);
  });
});

describe("a response that is not taken", () => {
  it.each([
    ["cancelled", (end: () => void) => new ReadableStream({ cancel: end })],
    ["destroyed", (end: () => void) => ({ destroy: end })],
  ])("is %s, with what its body can do", async (_, bodyOf) => {
    const end = vi.fn();
    const busy = (): Response =>
      ({ status: 503, headers: new Headers({ "retry-after-ms": "1" }), body: bodyOf(end) }) as unknown as Response;
    const { fetch } = observedFetch(busy, jsonResponse({}));
    await createTransport({ ...options, fetch })(request);
    expect(end).toHaveBeenCalledOnce();
  });

  it("does not end the call if its body can't be given up", async () => {
    const locked = new ReadableStream();
    locked.getReader();
    for (const body of [locked, {}, null]) {
      const busy = (): Response =>
        ({ status: 503, headers: new Headers({ "retry-after-ms": "1" }), body }) as unknown as Response;
      const { fetch } = observedFetch(busy, jsonResponse({}));
      expect((await createTransport({ ...options, fetch })(request)).status).toBe(200);
    }
  });
});

describe("a transport of one's own", () => {
  /** Responds with chunks, whose iteration can only go on. */
  const respond = (chunks: readonly (Uint8Array | Error)[]) => async (): Promise<TransportResponse> => {
    const items = chunks.values();
    const next = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
      const { done, value } = items.next();
      if (value instanceof Error) throw value;
      return done ? { done, value: undefined } : { done: false, value };
    };
    return {
      status: 200,
      headers: new Map(),
      chunks: () => ({ [Symbol.asyncIterator]: () => ({ next }) }),
      toResponse: () => new Response(),
      discard() {},
    };
  };
  const send = async (chunks: readonly (Uint8Array | Error)[]): Promise<TransportResponse> =>
    createTransport({ ...options, transport: respond(chunks) })(request);

  it("may have chunks that can't be ended", async () => {
    const read: number[] = [];
    for await (const chunk of boundedChunks(await send([Uint8Array.of(1), Uint8Array.of(2)]), 10)) read.push(...chunk);
    for await (const chunk of boundedChunks(await send([Uint8Array.of(3), Uint8Array.of(4)]), 10)) {
      read.push(...chunk);
      break;
    }
    expect(read).toEqual([1, 2, 3]);
    const broken = boundedChunks(await send([new Error("reset")]), 10);
    await expect(broken.next()).rejects.toThrow("Connection error. reset");
  });

  it("can be ended before it is read", async () => {
    const chunks = (await send([Uint8Array.of(1)])).chunks()[Symbol.asyncIterator]();
    expect(await chunks.return?.()).toEqual({ value: undefined, done: true });
  });

  it.each([
    { what: "at its end", chunks: [Uint8Array.of(1)], count: Infinity },
    { what: "when it is left", chunks: [Uint8Array.of(1), Uint8Array.of(2)], count: 1 },
    { what: "when it breaks off", chunks: [Uint8Array.of(1), new Error("reset")], count: Infinity },
  ])("leaves no timer: $what", async ({ chunks, count }) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const response = await send(chunks);
      expect(vi.getTimerCount()).toBe(0);
      let left = count;
      const read = async (): Promise<void> => {
        for await (const _ of boundedChunks(response, 10)) if (--left <= 0) break;
      };
      await read().catch(() => {});
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});
