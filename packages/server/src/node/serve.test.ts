import { ImageVariations } from "@image-variations/client";
import { costlyImages } from "@image-variations/png-corpus/images";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import OpenAI from "openai";
import { eventually } from "@image-variations/testing/eventually";
import { afterEach, describe, expect, test } from "vitest";
import { createHandler, type HandlerOptions, type Metrics } from "../index.ts";
import { serve, type RunningServer, type ServeOptions } from "../node.ts";
import { contractFacts } from "../testing/contract-facts.ts";
import { postForm, samplePng } from "../testing/post-form.ts";
import { openConnection, rawRequest, readUntil } from "../testing/raw-connection.ts";
import { plainImage, stubBackend } from "../testing/stub-backend.ts";

interface TestServer extends RunningServer {
  /** How full the queue is now. */
  readonly queue: () => { readonly running: number; readonly queued: number };
}

const servers: RunningServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function start(
  handlerOptions: Partial<HandlerOptions> = {},
  serveOptions: Partial<ServeOptions> = {},
): Promise<TestServer> {
  let queue = (): { running: number; queued: number } => ({ running: 0, queued: 0 });
  const metrics: Metrics = {
    requestEnded() {},
    imageMade() {},
    observeQueue: (read) => void (queue = read),
    render: () => Promise.reject(new Error("No one asks.")),
  };
  const handler = createHandler({ backend: stubBackend(), ...handlerOptions });
  const server = await serve({ handler, port: 0, logger: false, metrics, ...serveOptions });
  servers.push(server);
  return { ...server, queue: () => queue() };
}

const post = (server: RunningServer, ...[fields, options]: [Parameters<typeof postForm>[1]?, object?]) =>
  postForm(fetch, fields, { url: `${server.url}/v1/images/variations`, ...options });

const image = (): File => new File([samplePng], "otter.png", { type: "image/png" });

describe.for([
  ["our client", ImageVariations],
  ["the official client", OpenAI as unknown as typeof ImageVariations],
] as const)("%s", ([, Client]) => {
  test("works through a port, with URLs that can be fetched", async () => {
    const { url } = await start();
    const client = new Client({ baseURL: `${url}/v1`, apiKey: "any" });
    const { data } = await client.images.createVariation({
      image: image(),
      n: 2,
      size: contractFacts.smallestSize as never,
    });
    expect(data).toHaveLength(2);
    for (const { url: address } of data!) {
      const response = await fetch(address!);
      expect(response.headers.get("content-type")).toBe("image/png");
      expect(new Uint8Array(await response.arrayBuffer())).toEqual(
        plainImage(0, { size: contractFacts.smallestPixels }).bytes,
      );
    }
  });

  test("works in process, without a port", async () => {
    const client = new Client({ apiKey: "any", fetch: createHandler({ backend: stubBackend() }) });
    const { data } = await client.images.createVariation({ image: image(), n: 2, response_format: "b64_json" });
    const expected = Buffer.from(plainImage(0, { size: contractFacts.defaultPixels }).bytes).toString("base64");
    expect(data).toEqual([{ b64_json: expected }, { b64_json: expected }]);
  });

  test("throws its own errors", async () => {
    const client = new Client({
      apiKey: "any",
      fetch: createHandler({ backend: stubBackend(), apiKeys: ["k"] }) as never,
    });
    await expect(client.images.createVariation({ image: image() })).rejects.toMatchObject({
      status: 401,
      code: "invalid_api_key",
      message: expect.stringContaining("Incorrect API key provided: any."),
    });
  });

  test("gives up at once where its caller aborts", async () => {
    const backend = stubBackend({ before: () => new Promise(() => {}) });
    const client = new Client({ apiKey: "any", fetch: createHandler({ backend }) });
    const controller = new AbortController();
    const variation = client.images.createVariation({ image: image() }, { signal: controller.signal });
    variation.catch(() => {});
    await eventually(() => expect(backend.requests).toHaveLength(1));
    controller.abort();
    await expect(variation).rejects.toThrow("aborted");
  });
});

describe("a client that leaves frees its place", () => {
  /** One place, so that a place that is not freed shows as a 429. */
  const onePlace = { concurrency: 1, maxQueued: 0 };

  async function expectFree(server: TestServer): Promise<void> {
    await eventually(() => expect(server.queue()).toEqual({ running: 0, queued: 0 }));
    expect((await post(server)).status).toBe(200);
  }

  test("while its headers arrive", async () => {
    const server = await start(onePlace);
    const socket = await openConnection(server.port);
    socket.write("POST /v1/images/variations HTTP/1.1\r\nHost: 127");
    socket.destroy();
    await expectFree(server);
  });

  test("while its body arrives", async () => {
    const server = await start(onePlace);
    const socket = await openConnection(server.port);
    const { head, body } = await rawRequest();
    socket.write(head);
    socket.write(body.subarray(0, body.length / 2));
    await eventually(() => expect(server.queue().queued).toBe(1));
    socket.destroy();
    await expectFree(server);
  });

  test("while it waits for its turn", async () => {
    const first = Promise.withResolvers<void>();
    const backend = stubBackend({ before: () => first.promise });
    const server = await start({ backend, concurrency: 1, maxQueued: 1 });
    const running = post(server);
    await eventually(() => expect(backend.state.active).toBe(1));
    const controller = new AbortController();
    const waiting = post(server, {}, { signal: controller.signal });
    waiting.catch(() => {});
    await eventually(() => expect(server.queue().queued).toBe(1));
    controller.abort();
    await expect(waiting).rejects.toThrow("aborted");
    await eventually(() => expect(server.queue().queued).toBe(0));
    first.resolve();
    expect((await running).status).toBe(200);
    await expectFree(server);
    // The first and the one that found the free place; the one that left never reached the backend.
    expect(backend.requests.length).toBe(2);
  });

  test.for(["url", "b64_json"])("while the backend makes the first image, for %s", async (response_format) => {
    let ended = false;
    const backend = stubBackend({
      before: (_, { signal }) =>
        backend.requests.length > 1
          ? undefined
          : new Promise((_resolve, reject) => {
              signal!.addEventListener("abort", () => {
                ended = true;
                reject(signal!.reason as Error);
              });
            }),
    });
    const server = await start({ backend, ...onePlace });
    const controller = new AbortController();
    const left = post(server, { response_format }, { signal: controller.signal });
    left.catch(() => {});
    await eventually(() => expect(backend.state.active).toBe(1));
    controller.abort();
    await eventually(() => expect(ended).toBe(true));
    await expectFree(server);
    expect(backend.state).toEqual({ active: 0, cancelled: 1 });
  });

  test("while images stream, and the process goes on", async () => {
    const backend = stubBackend({
      before: (index, { signal }) =>
        index === 0 || backend.requests.length > 1
          ? undefined
          : new Promise((_, reject) => signal!.addEventListener("abort", () => reject(signal!.reason as Error))),
    });
    const server = await start({ backend, ...onePlace });
    const controller = new AbortController();
    const response = await post(server, { n: 3, response_format: "b64_json" }, { signal: controller.signal });
    await response.body!.getReader().read();
    expect(backend.state.active).toBe(1);
    controller.abort();
    await expectFree(server);
    expect(backend.state).toEqual({ active: 0, cancelled: 1 });
  });

  test("while a backend works that does not listen", async () => {
    let calls = 0;
    const deaf = {
      name: "deaf",
      async *createVariations({ size }: { size: number }) {
        calls += 1;
        if (calls === 1) await new Promise(() => {});
        yield plainImage(0, { size });
      },
    };
    const server = await start({ backend: deaf, ...onePlace });
    const controller = new AbortController();
    const left = post(server, {}, { signal: controller.signal });
    left.catch(() => {});
    await eventually(() => expect(calls).toBe(1));
    controller.abort();
    await expectFree(server);
  });

  test("without reading what is sent, and the backend is free before that", async () => {
    const large = { bytes: new Uint8Array(8_000_000), mediaType: "image/png" } as const;
    const backend = stubBackend({ make: () => large });
    const server = await start({ backend, concurrency: 1, maxQueued: 1 });
    const socket = await openConnection(server.port);
    const { head, body } = await rawRequest({ n: 4, response_format: "b64_json" });
    socket.write(head);
    socket.write(body);
    socket.pause();
    await eventually(() => expect(server.queue()).toEqual({ running: 0, queued: 1 }));
    // It reads nothing, and still the next one has its turn.
    expect((await post(server)).status).toBe(200);
    socket.destroy();
    await expectFree(server);
  });

  test("without ever reading: then the limit of time ends it", async () => {
    const large = { bytes: new Uint8Array(8_000_000), mediaType: "image/png" } as const;
    const server = await start({ backend: stubBackend({ make: () => large }), ...onePlace, requestTimeout: 500 });
    const socket = await openConnection(server.port);
    const { head, body } = await rawRequest({ n: 4, response_format: "b64_json" });
    socket.write(head);
    socket.write(body);
    socket.pause();
    await eventually(() => expect(server.queue().queued).toBe(1));
    await eventually(() => expect(server.queue().queued).toBe(0));
    socket.destroy();
  });

  test("while its image is checked, which takes time and lets others have their turn", async () => {
    const { bytes } = await costlyImages(0.2)[0]!.make();
    const server = await start({ ...onePlace, maxPixels: 1_000_000_000 });
    const controller = new AbortController();
    const left = post(server, { image: bytes }, { signal: controller.signal });
    left.catch(() => {});
    await eventually(() => expect(server.queue().running).toBe(1));
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    controller.abort();
    await expectFree(server);
  });

  test("while it downloads a file", async () => {
    const large = { bytes: new Uint8Array(30_000_000), mediaType: "image/png" } as const;
    const server = await start({ backend: stubBackend({ make: () => large }) });
    const { data } = (await (await post(server)).json()) as { data: { url: string }[] };
    const controller = new AbortController();
    const response = await fetch(data[0]!.url, { signal: controller.signal });
    await response.body!.getReader().read();
    controller.abort();
    await expectFree(server);
  });
});

describe("a response that breaks off", () => {
  test("ends the connection, and leaves the process alone", async () => {
    const backend = stubBackend({
      before: (index) => {
        if (index === 1 && backend.requests.length === 1) throw new Error("no memory");
      },
    });
    const server = await start({ backend });
    const response = await post(server, { n: 3, response_format: "b64_json" });
    expect(response.status).toBe(200);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    // The first image arrives whole, whatever comes after it.
    while (!text.endsWith("}")) text += (await reader.read()).value;
    expect((JSON.parse(`${text}]}`) as { data: object[] }).data).toHaveLength(1);
    await expect(reader.read()).rejects.toThrow("terminated");
    expect((await post(server, { n: 3, response_format: "b64_json" })).status).toBe(200);
  });
});

describe("load", () => {
  test("beyond the queue is a 429 in the contract's envelope, with a time to come again", async () => {
    const gate = Promise.withResolvers<void>();
    const backend = stubBackend({ before: () => gate.promise });
    const server = await start({ backend, concurrency: 1, maxQueued: 0 });
    const first = post(server);
    await eventually(() => expect(backend.state.active).toBe(1));
    const response = await post(server);
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toMatch(/^[1-9]\d?$/);
    expect(response.headers.get("x-ratelimit-remaining-requests")).toBe("0");
    expect(await response.json()).toMatchObject({
      error: { code: "rate_limit_exceeded", type: "requests", param: null },
    });
    gate.resolve();
    expect((await first).status).toBe(200);
  });

  test("is limited by key and minute, if that is asked for", async () => {
    let time = 0;
    const server = await start({ requestsPerMinute: 2, apiKeys: ["a", "b"], now: () => time });
    const as = (key: string) => post(server, {}, { headers: { authorization: `Bearer ${key}` } });
    expect((await as("a")).headers.get("x-ratelimit-remaining-requests")).toBe("1");
    time = 20_000;
    expect((await as("a")).headers.get("x-ratelimit-reset-requests")).toBe("40s");
    const rejected = await as("a");
    expect([rejected.status, rejected.headers.get("retry-after")]).toEqual([429, "40"]);
    expect((await as("b")).status).toBe(200);
    time = 60_000;
    expect((await as("a")).status).toBe(200);
  });

  test("runs no more requests at once than asked for, and all of them in the end", async () => {
    let most = 0;
    const backend = stubBackend({
      before: async () => {
        most = Math.max(most, backend.state.active);
        await new Promise((resolve) => setTimeout(resolve, 5));
      },
    });
    const server = await start({ backend, concurrency: 3, maxQueued: 50 });
    const responses = await Promise.all(Array.from({ length: 30 }, () => post(server)));
    expect(responses.map(({ status }) => status)).toEqual(Array.from({ length: 30 }, () => 200));
    expect(most).toBe(3);
  });
});

describe("limits of time", () => {
  test("a body that does not arrive is a 408", async () => {
    const server = await start({ bodyTimeout: 100 });
    const socket = await openConnection(server.port);
    const { head, body } = await rawRequest();
    socket.write(head);
    socket.write(body.subarray(0, 10));
    expect(await readUntil(socket, (text) => text.includes("}\n}"))).toMatch(/^HTTP\/1\.1 408 /);
    socket.destroy();
  });

  test("headers that do not arrive end the connection", async () => {
    const server = await start({}, { headersTimeout: 100 });
    const socket = await openConnection(server.port);
    socket.write("GET /healthz HTTP/1.1\r\n");
    expect(await readUntil(socket)).toMatch(/^HTTP\/1\.1 408 /);
  });

  test("work that takes too long is a 504 before the first image, and breaks off after it", async () => {
    for (const [waitsAt, n] of [
      [0, 1],
      [1, 2],
    ] as const) {
      const backend = stubBackend({ before: (index) => (index === waitsAt ? new Promise<void>(() => {}) : undefined) });
      const server = await start({ backend, requestTimeout: 300 });
      const response = await post(server, { n, response_format: "b64_json" });
      if (waitsAt === 0) {
        expect(response.status).toBe(504);
        expect(await response.json()).toMatchObject({ error: { message: "The server did not answer in time." } });
      } else {
        await expect(response.text()).rejects.toThrow("terminated");
      }
    }
  });

  test("headers beyond the limit are a 431", async () => {
    const server = await start({}, { maxHeaderBytes: 2_048 });
    const response = await fetch(`${server.url}/healthz`, { headers: { "x-long": "x".repeat(4_000) } });
    expect(response.status).toBe(431);
  });
});

describe("limits of size", () => {
  test("a body beyond the limit is rejected before it has arrived, in whatever way it is framed", async () => {
    const server = await start();
    const { head, body } = await rawRequest({ image: new Uint8Array(contractFacts.exclusiveMaximumBytes + 500_000) });
    const framings = {
      declared: head,
      chunked: head.replace(/Content-Length: \d+/, "Transfer-Encoding: chunked"),
    };
    for (const [framing, text] of Object.entries(framings)) {
      const socket = await openConnection(server.port);
      socket.write(text);
      if (framing === "chunked") socket.write(`${(body.length + 9).toString(16)}\r\n`);
      socket.write(body);
      // The chunk never ends, and the response is there all the same.
      const response = await readUntil(socket, (read) => read.includes("}\n}"));
      expect(response).toMatch(/^HTTP\/1\.1 400 /);
      expect(response).toContain("Uploaded image must be a PNG");
      socket.destroy();
    }
    expect((await post(server)).status).toBe(200);
  });

  test("a body of a coding that would have to be inflated is a 415", async () => {
    const server = await start();
    const response = await post(server, {}, { headers: { "content-encoding": "gzip" } });
    expect(response.status).toBe(415);
  });
});

describe("closing", () => {
  test("lets a running request end, and accepts no other connection", async () => {
    const gate = Promise.withResolvers<void>();
    let isClosed = false;
    const stub = stubBackend({ before: () => gate.promise });
    const backend = { ...stub, close: async () => void (isClosed = true) };
    const handler = createHandler({ backend });
    const server = await serve({ handler, port: 0, logger: false, metrics: false });
    const running = post(server);
    await eventually(() => expect(stub.state.active).toBe(1));
    const closing = server.close();
    expect((await handler(`${server.url}/readyz`)).status).toBe(503);
    await eventually(() => expect(openConnection(server.port)).rejects.toThrow("ECONNREFUSED"));
    expect(isClosed).toBe(false);
    gate.resolve();
    const response = await running;
    expect([response.status, response.headers.get("connection")]).toEqual([200, "close"]);
    await closing;
    expect(isClosed).toBe(true);
  });

  test("serves the connections that the kernel has accepted, whatever Node knows of them", async () => {
    const server = await start({ maxQueued: 1_000 }, { shutdownTimeout: 60_000 });
    const { head, body } = await rawRequest({ response_format: "b64_json" });
    const request = Buffer.concat([Buffer.from(head), body]);
    // In one turn of the loop: Node learns of none of them before it is told to close.
    const sockets = Array.from({ length: 200 }, () => connect({ port: server.port, host: "127.0.0.1" }));
    for (const socket of sockets) socket.on("error", () => {}).write(request);
    const closed = server.close();
    const responses = await Promise.all(sockets.map((socket) => readUntil(socket)));
    for (const response of responses) expect(response).toMatch(/^HTTP\/1\.1 200 [^]*Connection: close[^]*}\n$/i);
    await closed;
  });

  test("accepts no more connections than can have waited, also if requests that keep it busy never stop coming", async () => {
    const gate = Promise.withResolvers<void>();
    let made = 0;
    const backend = stubBackend({
      before() {
        if (made++ === 0) return gate.promise;
        const until = performance.now() + 5;
        while (performance.now() < until);
      },
    });
    const server = await start({ backend, concurrency: 1_000, maxQueued: 1_000 }, { shutdownTimeout: 60_000 });
    const running = post(server, { response_format: "b64_json" });
    await eventually(() => expect(backend.state.active).toBe(1));
    const { head, body } = await rawRequest({ response_format: "b64_json" });
    const request = Buffer.concat([Buffer.from(head), body]);
    // One for each turn of the loop, which takes longer than this.
    const others = setInterval(() => {
      const socket = connect({ port: server.port, host: "127.0.0.1" });
      socket.on("error", ({ code }: NodeJS.ErrnoException) => {
        if (code === "ECONNREFUSED") gate.resolve();
      });
      socket.resume().write(request);
    }, 1);
    await eventually(() => expect(made).toBeGreaterThan(10));
    const madeBefore = made;
    const closed = server.close();
    await gate.promise;
    clearInterval(others);
    expect((await running).status).toBe(200);
    await closed;
    // The kernel keeps 511 for Node.
    expect(made - madeBefore).toBeLessThan(520);
  });

  test.for<[string, number]>([
    ["in one piece", 1],
    ["image by image", 2],
  ])("sends a response %s to its end, however slowly its client reads", async ([, n]) => {
    const bytes = new Uint8Array(9_000_000).fill(7);
    const backend = stubBackend({ make: () => ({ bytes, mediaType: "image/png" }) });
    const server = await start({ backend }, { shutdownTimeout: 60_000 });
    const socket = await openConnection(server.port);
    const { head, body } = await rawRequest({ n, response_format: "b64_json" });
    socket.pause();
    socket.write(head);
    socket.write(body);
    // All is made, and most of it still has to be sent.
    await eventually(() => expect(socket.readableLength).toBeGreaterThan(0));
    await eventually(() => expect(server.queue().running).toBe(0));
    const closed = server.close();
    await eventually(() => expect(openConnection(server.port)).rejects.toThrow("ECONNREFUSED"));
    const response = await readUntil(socket);
    expect(response.slice(-20)).toMatch(/\]\n\}\n(\r\n0\r\n\r\n)?$/);
    expect(response.length).toBeGreaterThan(n * 12_000_000);
    await closed;
  });

  test("sends a file to its end", async () => {
    const bytes = new Uint8Array(30_000_000).fill(7);
    const server = await start({ backend: stubBackend({ make: () => ({ bytes, mediaType: "image/png" }) }) });
    const { data } = (await (await post(server)).json()) as { data: { url: string }[] };
    const download = await fetch(data[0]!.url);
    const closed = server.close();
    await eventually(() => expect(openConnection(server.port)).rejects.toThrow("ECONNREFUSED"));
    expect((await download.arrayBuffer()).byteLength).toBe(bytes.length);
    await closed;
  });

  test("does not wait for a connection that sends nothing, nor for one that is kept for later", async () => {
    const server = await start({}, { shutdownTimeout: 60_000 });
    const [silent, kept] = [await openConnection(server.port), await openConnection(server.port)];
    kept.write("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    await readUntil(kept, (text) => text.includes("}\n"));
    await server.close();
    expect(await Promise.all([readUntil(silent), readUntil(kept)])).toEqual(["", ""]);
  });

  test("breaks off what does not end in time", async () => {
    const backend = stubBackend({ before: () => new Promise<void>(() => {}) });
    const server = await start({ backend }, { shutdownTimeout: 50 });
    const running = post(server);
    await eventually(() => expect(backend.state.active).toBe(1));
    await server.close();
    expect((await running).status).toBe(503);
  });
});

describe("who may use it", () => {
  const keys = ["key-in-plain-text", `sha256:${createHash("sha256").update("hashed-key").digest("hex")}`];
  const as = (server: RunningServer, authorization: string | undefined) =>
    post(server, {}, authorization === undefined ? {} : { headers: { authorization } });

  test("is who has one of the keys, plain or hashed", async () => {
    const server = await start({ apiKeys: keys });
    for (const key of ["key-in-plain-text", "hashed-key"]) expect((await as(server, `Bearer ${key}`)).status).toBe(200);
    expect((await as(server, "bearer   hashed-key")).status).toBe(200);
  });

  test.for([undefined, "", "Bearer", "Bearer ", "Basic dTpw", "key-in-plain-text"])(
    "is not who sends %j",
    async (authorization) => {
      const response = await as(await start({ apiKeys: keys }), authorization);
      expect(response.status).toBe(401);
      expect(response.headers.get("www-authenticate")).toBe("Bearer");
      expect(await response.json()).toMatchObject({
        error: { code: null, message: expect.stringMatching(/^You didn't provide an API key\. /), param: null },
      });
    },
  );

  test("is not who sends another key, nor its hash; and a long key is not repeated", async () => {
    const server = await start({ apiKeys: keys });
    for (const key of ["another", keys[1]!, "key-in-plain-tex"]) {
      const response = await as(server, `Bearer ${key}`);
      expect(response.status).toBe(401);
      const { error } = (await response.json()) as { error: { code: string; message: string } };
      expect(error.code).toBe("invalid_api_key");
      if (key.length > 8) expect(error.message).not.toContain(key);
      else expect(error.message).toContain(`: ${key}. You can find`);
    }
  });

  test("can be said by a function", async () => {
    const server = await start({ apiKeys: async (key) => key === "good" && { id: "team-a" } });
    expect((await as(server, "Bearer good")).status).toBe(200);
    expect((await as(server, "Bearer bad")).status).toBe(401);
  });

  test("must be said for a host beyond this machine, unless everyone may", async () => {
    const handler = createHandler({ backend: stubBackend() });
    for (const host of ["0.0.0.0", "::", "192.0.2.1", "localhost.example.com", "127.0.0.1.example.com"]) {
      await expect(serve({ handler, host, port: 0, logger: false })).rejects.toThrow(
        `The host ${host} can be reached from other machines`,
      );
    }
    const open = await start({}, { host: "0.0.0.0", allowUnauthenticated: true });
    expect((await fetch(`http://127.0.0.1:${open.port}/healthz`)).status).toBe(200);
    const locked = await start({ apiKeys: ["k"] }, { host: "0.0.0.0" });
    expect((await fetch(`http://127.0.0.1:${locked.port}/healthz`)).status).toBe(200);
  });
});

describe("pages in a browser", () => {
  /** fetch sets Host and Origin itself. */
  function get(server: RunningServer, headers: Record<string, string>, method = "GET", path = "/v1/models") {
    return new Promise<{ status: number; headers: Record<string, unknown> }>((resolve, reject) => {
      httpRequest({ port: server.port, host: "127.0.0.1", path, method, headers }, (response) => {
        response.resume().on("end", () => resolve({ status: response.statusCode!, headers: response.headers }));
      })
        .on("error", reject)
        .end();
    });
  }

  test.for(["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "[::2]"])(
    "cannot rebind the name %s to this machine",
    async (host) => {
      expect((await get(await start(), { host })).status).toBe(403);
    },
  );

  test.for(["localhost", "LOCALHOST:1234", "127.0.0.1:9", "[::1]:80", "images.internal"])(
    "and programs may ask for the host %s",
    async (host) => {
      expect((await get(await start({}, { allowedHosts: ["images.internal"] }), { host })).status).toBe(200);
    },
  );

  test("of other origins may not use a server without keys", async () => {
    const server = await start();
    expect((await get(server, { host: "localhost", origin: "https://evil.example" })).status).toBe(403);
    expect((await get(server, { host: "localhost", origin: "null" })).status).toBe(403);
    expect((await get(server, { host: "localhost:1", origin: "http://localhost:5173" })).status).toBe(200);
  });

  test("get no CORS headers unless asked for", async () => {
    const origin = "https://app.example";
    const closed = await start({ apiKeys: ["k"] });
    expect((await get(closed, { host: "localhost", origin })).headers).not.toHaveProperty(
      "access-control-allow-origin",
    );
    const open = await start({ corsOrigins: [origin] });
    expect((await get(open, { host: "localhost", origin })).headers).toMatchObject({
      "access-control-allow-origin": origin,
      vary: "origin",
    });
    const preflight = { host: "localhost", origin, "access-control-request-method": "POST" };
    expect((await get(open, preflight, "OPTIONS", "/v1/images/variations")).status).toBe(204);
    const foreign = { ...preflight, origin: "https://evil.example" };
    expect((await get(open, foreign, "OPTIONS", "/v1/images/variations")).status).toBe(403);
  });
});

describe("what is written down", () => {
  test("has neither keys nor images, and names caller, status and request", async () => {
    const lines: string[] = [];
    const { createPinoLogger } = await import("../node.ts");
    const logger = await createPinoLogger({ level: "debug", destination: { write: (line) => void lines.push(line) } });
    const failing = stubBackend({
      before: (index) => {
        if (index === 1)
          throw Object.assign(new Error("no"), { apiKey: "key-of-backend", request: { image: "aW1hZ2U=" } });
      },
    });
    const server = await start({ backend: failing, apiKeys: ["secret-key"] }, { logger });
    const headers = { authorization: "Bearer secret-key" };
    await post(server, { n: 1 }, { headers });
    await post(server, { n: 2 }, { headers });
    await post(server, { n: 2 }, { headers: { authorization: "Bearer wrong-secret-key" } });
    await server.close();
    const text = lines.join("");
    for (const secret of ["secret-key", "key-of-backend", "aW1hZ2U=", "iVBOR"]) expect(text).not.toContain(secret);
    const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(entries.filter(({ msg }) => msg === "Request ended.")).toMatchObject([
      { status: 200, path: "/v1/images/variations", n: 1, caller: expect.stringMatching(/^key-[\da-f]{12}$/) },
      { status: 500, n: 2 },
      { status: 401 },
    ]);
    expect(entries.filter(({ level }) => level === 50)).toMatchObject([{ msg: "Request failed." }]);
  });

  test("says at the start that no key is needed", async () => {
    const said: string[] = [];
    const say = (_: object, message: string): void => void said.push(message);
    await start({}, { logger: { debug: say, info: say, warn: say, error: say } });
    expect(said[1]).toBe(
      "No API key is needed: every program on this machine may use this server. Pass apiKeys to change that.",
    );
  });
});

describe("metrics", () => {
  test("count requests and images, for those who have a key", async () => {
    const handler = createHandler({ backend: stubBackend(), apiKeys: ["k"] });
    const server = await serve({ handler, port: 0, logger: false });
    servers.push(server);
    const headers = { authorization: "Bearer k" };
    await (await post(server, { n: 3, response_format: "b64_json" }, { headers })).text();
    expect((await fetch(`${server.url}/metrics`)).status).toBe(401);
    const text = await (await fetch(`${server.url}/metrics`, { headers })).text();
    expect(text).toContain('image_variations_images_total{backend="stub"} 3');
    expect(text).toMatch(
      /image_variations_request_duration_seconds_count\{route="\/images\/variations",status="200"\} 1/,
    );
    expect(text).toContain('image_variations_requests{state="running"} 0');
  });

  test("have all that the dashboard of docs/scaling.md shows", async () => {
    const path = new URL("../../../../docs/scaling/grafana-dashboard.json", import.meta.url);
    const { panels } = JSON.parse(readFileSync(path, "utf8")) as { panels: { targets: { expr: string }[] }[] };
    const expressions = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
    const shown = expressions.flatMap((expr) => expr.match(/\b(image_variations|process|nodejs)_\w+/g) ?? []);
    const backend = { ...stubBackend(), countJobs: async () => ({ waiting: 3, active: 2, workers: 1 }) };
    const server = await serve({ handler: createHandler({ backend }), port: 0, logger: false });
    servers.push(server);
    await (await post(server, { response_format: "b64_json" })).text();
    const text = await (await fetch(`${server.url}/metrics`)).text();
    expect(shown.length).toBeGreaterThan(panels.length - 1);
    for (const name of shown) expect(text).toMatch(new RegExp(`^${name}\\b`, "m"));
    expect(text).toContain('image_variations_jobs{state="waiting"} 3');
    expect(text).toContain('image_variations_jobs{state="active"} 2');
    expect(text).toContain("image_variations_workers 1");
  });
});

describe("options that are not valid", () => {
  test.for<[object, string]>([
    [{ concurrency: 0 }, "concurrency must be an integer from 1 to 1000, got 0."],
    [{ maxQueued: Number.NaN }, "maxQueued must be an integer from 0 to 100000, got NaN."],
    [{ bodyTimeout: "30s" }, 'bodyTimeout must be an integer from 1 to 86400000, got "30s".'],
    [
      { publicUrl: "images.example" },
      'publicUrl must be an http or https URL without query and fragment, got "images.example".',
    ],
    [{ backend: {} }, "backend must be an object with createVariations, got object."],
    [{ apiKeys: ["sha256:12"] }, "apiKeys[0] must be a key, or sha256: and 64 hexadecimal digits; got 9 characters."],
  ])("%j", ([options, message]) => {
    expect(() => createHandler({ backend: stubBackend(), ...options })).toThrow(message);
  });

  test("a port in use is the error of the system", async () => {
    const { port } = await start();
    const handler = createHandler({ backend: stubBackend() });
    await expect(serve({ handler, port, logger: false, metrics: false })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  test("a port that is not one names the option", async () => {
    const handler = createHandler({ backend: stubBackend() });
    await expect(serve({ handler, port: 99_999, logger: false })).rejects.toThrow(
      "port must be an integer from 0 to 65535, got 99999.",
    );
  });
});

describe("a server that drains", () => {
  test("is not ready, and still serves, until its time is up", async () => {
    const server = await start({}, { drainDelay: 3_000 });
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    const closed = server.close();
    const readiness = await fetch(`${server.url}/readyz`);
    expect([readiness.status, await readiness.json()]).toEqual([
      503,
      { status: "not ready", reason: "The server is shutting down." },
    ]);
    expect((await post(server)).status).toBe(200);
    await closed;
    await expect(fetch(`${server.url}/readyz`)).rejects.toThrow();
  });

  test("serves the next request of a kept connection, and closes it with the response", async () => {
    const server = await start({}, { drainDelay: 1_000 });
    const socket = await openConnection(server.port);
    const ask = "GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    socket.write(ask);
    expect(await readUntil(socket, (text) => text.includes("}\n"))).toMatch(/\r\nConnection: keep-alive\r\n/i);
    const closed = server.close();
    socket.write(ask);
    expect(await readUntil(socket)).toMatch(/^HTTP\/1\.1 200 [^]*\r\nConnection: close\r\n/i);
    await closed;
  });

  test("stays for requests that still come, and not for those that ask whether it is ready", async () => {
    const server = await start({}, { drainDelay: 4_000 });
    let isClosed = false;
    const closed = server.close().then(() => (isClosed = true));
    const served = async (path: string) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return fetch(server.url + path);
    };
    const until = performance.now() + 5_000;
    while (performance.now() < until) expect((await served("/v1/models")).status).toBe(200);
    expect(isClosed).toBe(false);
    await expect(async () => {
      for (;;) await served("/readyz");
    }).rejects.toThrow();
    await closed;
  });
});
