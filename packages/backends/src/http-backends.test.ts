import { describe, expect, it } from "vitest";
import { BackendError } from "./index.ts";
import { collectImages, failureOf } from "./testing/collect-images.ts";
import { colorOf, drawImage, inspectImage } from "@image-variations/target-imitations/draw-image";
import { httpBackends } from "./testing/http-backends.ts";
import { drawAll, imitate, serveImitation, type ImitationOptions } from "@image-variations/target-imitations/imitation";

type Instead = NonNullable<ImitationOptions["instead"]>;

const html = (status: number, text: string): Response =>
  new Response(
    `<html><head><title>${text}</title><script>var x = "<b>";</script></head><body><h1>${text}</h1>nginx</body></html>`,
    {
      status,
      headers: { "content-type": "text/html" },
    },
  );

const stream = (pull: (controller: ReadableStreamDefaultController<Uint8Array>, count: number) => void): Response => {
  let count = 0;
  return new Response(new ReadableStream({ pull: (controller) => pull(controller, count++) }), {
    headers: { "content-type": "application/json" },
  });
};

/** What a target may do instead of its work, and the error that a caller gets. */
const faults: readonly { name: string; instead: Instead; status: number; message: RegExp }[] = [
  {
    name: "an HTML page with 502",
    instead: () => html(502, "502 Bad Gateway"),
    status: 502,
    message: /responded with status 502 to POST http.*: 502 Bad Gateway/,
  },
  {
    name: "an HTML page with 200",
    instead: () => html(200, "Sign in"),
    status: 502,
    message: /text\/html.*Sign in/s,
  },
  { name: "an empty body", instead: () => new Response(""), status: 502, message: /JSON/ },
  { name: "null", instead: () => Response.json(null), status: 502, message: /./ },
  { name: "a list", instead: () => Response.json([]), status: 502, message: /./ },
  {
    name: "an error with 200",
    instead: () => Response.json({ error: { message: "CUDA out of memory" } }),
    status: 502,
    message: /./,
  },
  {
    name: "a body that breaks off",
    instead: () =>
      stream((controller, count) =>
        count === 0
          ? controller.enqueue(new TextEncoder().encode('{"images": ["iVBO'))
          : controller.error(new Error("reset")),
      ),
    status: 502,
    message: /The connection to .* broke during POST http/,
  },
  {
    name: "a body without end",
    instead: () => stream((controller) => controller.enqueue(new Uint8Array(100_000).fill(0x20))),
    status: 502,
    message: /exceeds `maxResponseBytes` \(5000000 bytes\)/,
  },
  {
    name: "nothing at all",
    instead: () => new Promise<Response>(() => {}),
    status: 504,
    message: /did not respond to POST http.* within 0\.3 s\. Raise `timeout`/,
  },
  {
    name: "half a body and then nothing",
    instead: () =>
      stream((controller, count) =>
        count === 0 ? controller.enqueue(new TextEncoder().encode('{"data": [')) : new Promise(() => {}),
      ),
    status: 504,
    message: /within 0\.3 s/,
  },
  {
    name: "a redirect to another server",
    instead: () => new Response(null, { status: 307, headers: { location: "http://elsewhere.test/" } }),
    status: 502,
    message: /elsewhere\.test/,
  },
  {
    name: "401",
    instead: () => Response.json({ detail: "Not authenticated" }, { status: 401 }),
    status: 502,
    message: /Not authenticated\. These are the backend's own credentials, not the caller's/,
  },
  {
    name: "403",
    instead: () => Response.json({ error: "forbidden" }, { status: 403 }),
    status: 502,
    message: /forbidden\. These are the backend's own credentials/,
  },
  {
    name: "402",
    instead: () => Response.json({ error: "no credit" }, { status: 402 }),
    status: 503,
    message: /Add credit/,
  },
  {
    name: "404",
    instead: () => Response.json({ detail: "Not Found" }, { status: 404 }),
    status: 502,
    message: /Not Found\. Check `baseURL` and `model`/,
  },
  { name: "409", instead: () => Response.json({}, { status: 409 }), status: 503, message: /status 409/ },
  {
    name: "422",
    instead: () => Response.json({ detail: [{ loc: ["body", "size"], msg: "wrong" }] }, { status: 422 }),
    status: 502,
    message: /size: wrong\. Check `target`/,
  },
  { name: "503", instead: () => Response.json({ error: "loading" }, { status: 503 }), status: 503, message: /loading/ },
  { name: "504", instead: () => html(504, "Gateway Time-out"), status: 504, message: /Gateway Time-out/ },
  {
    name: "a model that is not there",
    instead: () =>
      Response.json({ error: { message: "The model 'x' does not exist.", code: "model_not_found" } }, { status: 400 }),
    status: 502,
    message: /does not exist\. Set `model`/,
  },
  {
    name: "a parameter that it does not know",
    instead: () =>
      Response.json(
        {
          error: {
            message: "Unknown parameter: 'response_format'.",
            code: "unknown_parameter",
            param: "response_format",
          },
        },
        { status: 400 },
      ),
    status: 502,
    message: /does not know a parameter/,
  },
  {
    name: "a billing limit",
    instead: () =>
      Response.json(
        { error: { message: "Billing hard limit has been reached", code: "billing_hard_limit_reached" } },
        { status: 400 },
      ),
    status: 503,
    message: /Billing hard limit/,
  },
  {
    name: "no credit",
    instead: () =>
      Response.json(
        { error: { message: "You exceeded your current quota", code: "insufficient_quota" } },
        { status: 429 },
      ),
    status: 503,
    message: /Add credit/,
  },
];

/** The shapes of an error body, and the words in them. */
const shapes: readonly [name: string, body: string, words: string | undefined][] = [
  ["{error: {message}}", '{"error":{"message":"CUDA out of memory","code":null}}', "CUDA out of memory"],
  ["{error: text}", '{"error":"CUDA out of memory"}', "CUDA out of memory"],
  ["{error: word, message}", '{"error":"server_error","message":"CUDA out of memory"}', "CUDA out of memory"],
  ["{detail: text}", '{"detail":"CUDA out of memory"}', "CUDA out of memory"],
  ["{detail: list}", '{"detail":[{"loc":["body","n"],"msg":"CUDA out of memory"}]}', "n: CUDA out of memory"],
  ["{detail: list of texts}", '{"detail":["CUDA out of memory"]}', "CUDA out of memory"],
  [
    "{error, detail, errors} of the web UI",
    '{"error":"OutOfMemoryError","detail":"","body":"","errors":"CUDA out of memory"}',
    "CUDA out of memory",
  ],
  ["{message}", '{"message":"CUDA out of memory"}', "CUDA out of memory"],
  ["HTML", "<html><body><h1>CUDA out of memory</h1></body></html>", "CUDA out of memory"],
  ["HTML without a title", "<p>CUDA out of memory", "CUDA out of memory"],
  ["text", "CUDA out of memory\u0007\n", "CUDA out of memory"],
  ["a shape of its own", '{"errors":[{"reason":{"text":"CUDA out of memory"}}]}', "CUDA out of memory"],
  ["a list", '[{"msg":"CUDA out of memory"}]', "CUDA out of memory"],
  ["{error: {}}", '{"error":{}}', undefined],
  ['{error: ""}', '{"error":""}', undefined],
  ['{detail: ""}', '{"detail":""}', undefined],
  ["{detail: []}", '{"detail":[]}', undefined],
  ["{}", "{}", undefined],
  ["nothing", "", undefined],
  ["white space", " \n ", undefined],
];

describe.for(httpBackends)("$name", (backend) => {
  const { imitate: imitation, create, createWithKey, key, forwardsCallerInput, isBase64 } = backend;
  const connect = (options: ImitationOptions = {}, limits: object = {}) => {
    const { fetch, requests } = imitate(imitation(options));
    return { backend: create({ fetch, maxRetries: 0, maxResponseBytes: 5_000_000, ...limits }), requests };
  };

  it.for([
    [1, 256],
    [4, 512],
    [2, 1024],
    [3, 300],
  ] as const)("makes %i PNG images of %i pixels", async ([n, size]) => {
    const images = await collectImages(connect().backend, { n, size });
    const inspected = await Promise.all(images.map(({ bytes }) => inspectImage(bytes)));
    expect(inspected).toEqual(
      Array.from({ length: n }, () => expect.objectContaining({ format: "png", width: size, height: size })),
    );
    expect(images.map(({ mediaType }) => mediaType)).toEqual(Array.from({ length: n }, () => "image/png"));
  });

  it("is ready when its target responds", async () => {
    await expect(connect().backend.checkReady?.()).resolves.toBe(undefined);
  });

  it("says where and how to start its target if nothing listens there", async () => {
    await using server = await serveImitation(() => new Response());
    const { url } = server;
    await server[Symbol.asyncDispose]();
    const down = create({ baseURL: url, maxRetries: 0 });
    for (const error of [await failureOf(down), await down.checkReady?.().catch((reason: unknown) => reason)]) {
      expect(error).toBeInstanceOf(BackendError);
      expect(error).toMatchObject({ status: 503, message: expect.stringContaining(url) });
      expect((error as Error).message).toMatch(
        /cannot be reached \(ECONNREFUSED\) for .* (Start it|Check the network).*`baseURL`/,
      );
    }
  });

  it("works over a port, and closes its connections", async () => {
    await using server = await serveImitation(imitation());
    const remote = create({ baseURL: server.url });
    expect(await collectImages(remote, { n: 2 })).toHaveLength(2);
    await remote.close?.();
  });

  it.for(["png", "jpeg", "webp"] as const)("decodes %s, and crops what is not square", async (format) => {
    const draw = async () => [await drawImage({ width: 300, height: 200, seed: 5, format })];
    const [image] = await collectImages(connect({ draw }).backend);
    const { color, ...facts } = await inspectImage(image!.bytes);
    expect(facts).toEqual({ format: "png", width: 256, height: 256 });
    const { r, g, b } = colorOf(5);
    for (const [index, channel] of [r, g, b].entries()) expect(Math.abs(color[index]! - channel)).toBeLessThan(6);
  });

  it("asks again for images that are missing, with another seed", async () => {
    const seeds: number[] = [];
    const draw: ImitationOptions["draw"] = async (request) => {
      seeds.push(request.seed);
      return drawAll({ ...request, count: Math.min(2, request.count) });
    };
    const { backend: slow } = connect({ draw });
    const { seed: hasSeed = false } = slow.capabilities ?? {};
    const images = await collectImages(slow, { n: 5, ...(hasSeed && { seed: 10 }) });
    expect(images).toHaveLength(5);
    if (hasSeed) {
      expect(seeds).toEqual([10, 12, 14]);
      expect(new Set(images.map(({ bytes }) => Buffer.from(bytes).toString("base64"))).size).toBe(5);
    }
  });

  it("drops images beyond the number that was asked for", async () => {
    const draw: ImitationOptions["draw"] = async (request) => drawAll({ ...request, count: request.count + 3 });
    expect(await collectImages(connect({ draw }).backend, { n: 2 })).toHaveLength(2);
  });

  it("gives up when no images come", async () => {
    const { backend: idle, requests } = connect({ draw: async () => [] });
    const error = await failureOf(idle, { n: 2 });
    expect(error).toMatchObject({
      status: 502,
      message: expect.stringMatching(/returned 0 of 2 images, and then none 2 times in a row/),
    });
    expect(requests.length).toBeLessThan(30);
  });

  it("gives up when images stop coming, after those that came", async () => {
    const draw: ImitationOptions["draw"] = async (request) =>
      request.attempt === 1 ? drawAll({ ...request, count: 1 }) : [];
    expect(await failureOf(connect({ draw }).backend, { n: 3 })).toMatchObject({
      status: 502,
      message: expect.stringContaining("returned 1 of 3"),
    });
  });

  it.for([
    ["text", async () => [new TextEncoder().encode("not an image")], /not a PNG, JPEG or WebP/],
    [
      "an SVG",
      async () => [new TextEncoder().encode("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")],
      /not a PNG, JPEG or WebP/,
    ],
    ["half a PNG", async () => [(await drawImage({ width: 256 })).subarray(0, 60)], /cannot be decoded/],
  ] as const)("rejects %s in place of an image", async ([, draw, message]) => {
    expect(await failureOf(connect({ draw }).backend)).toMatchObject({
      status: 502,
      message: expect.stringMatching(message),
    });
  });

  it.for(faults)("reports $name", async ({ instead, status, message }) => {
    const error = await failureOf(connect({ instead }, { timeout: status === 504 ? 300 : 60_000 }).backend);
    expect(error).toBeInstanceOf(BackendError);
    expect(error).toMatchObject({ status, type: "server_error", message: expect.stringMatching(message) });
  });

  it.for(shapes)("keeps the target's own words: %s", async ([, body, words]) => {
    const error = (await failureOf(
      connect({ instead: () => new Response(body, { status: 500 }) }).backend,
    )) as BackendError;
    expect(error.status).toBe(502);
    expect(error.message).toMatch(words ? `status 500 to POST` : /status 500 to POST \S+\.$/);
    if (words) expect(error.message.endsWith(`: ${words}`) || error.message.endsWith(`: ${words}.`)).toBe(true);
  });

  it("passes a rate limit on, with the time to wait", async () => {
    const instead = () =>
      Response.json(
        { error: { message: "Slow down", code: "rate_limit_exceeded", type: "requests" } },
        { status: 429, headers: { "retry-after": "7" } },
      );
    expect(await failureOf(connect({ instead }).backend)).toMatchObject({
      status: 429,
      message: "Slow down",
      code: "rate_limit_exceeded",
      type: "requests",
      retryAfter: 7,
    });
  });

  it("passes a 400 on only if it can be about what the caller sent", async () => {
    const words = "Your request was rejected by the safety system.";
    const instead = () =>
      Response.json(
        { error: { message: words, code: "moderation_blocked", type: "image_generation_user_error" } },
        { status: 400 },
      );
    const error = await failureOf(connect({ instead }).backend);
    expect(error).toMatchObject(
      forwardsCallerInput
        ? { status: 400, message: words, code: "moderation_blocked", type: "image_generation_user_error" }
        : { status: 502, message: expect.stringContaining(words) },
    );
  });

  it("tries again what may pass", async () => {
    // ComfyUI's jobs are never queued twice; what comes before and after them is tried again.
    const flaky = imitation();
    let failures = 2;
    const { fetch } = imitate((request) => {
      const { pathname } = new URL(request.url);
      if (pathname !== "/prompt" && failures-- > 0)
        return new Response("busy", { status: 503, headers: { "retry-after-ms": "1" } });
      return flaky(request);
    });
    expect(await collectImages(create({ fetch, maxRetries: 2 }))).toHaveLength(1);
    expect(failures).toBeLessThan(1);
  });

  it("ends with the signal's reason while it waits", async () => {
    const controller = new AbortController();
    const reason = new Error("The client has left.");
    const instead = () => {
      controller.abort(reason);
      return new Promise<Response>(() => {});
    };
    expect(await failureOf(connect({ instead }).backend, { signal: controller.signal })).toBe(reason);
  });

  it("sends nothing if the signal has fired", async () => {
    const { backend: unused, requests } = connect();
    const reason = new Error("The client has left.");
    expect(await failureOf(unused, { signal: AbortSignal.abort(reason) })).toBe(reason);
    expect(requests).toEqual([]);
  });

  it("sends its credentials, and shows them nowhere", async () => {
    const right = imitate(imitation({ key }));
    expect(await collectImages(createWithKey({ fetch: right.fetch, maxRetries: 0 }))).toHaveLength(1);

    const wrong = imitate(imitation({ key: "another-key" }));
    const secret = key.split(":").at(-1)!;
    const echo = (request: Request): Response =>
      new Response(`${request.headers.get("authorization")} ${secret}`, { status: 500 });
    for (const fetch of [wrong.fetch, imitate(echo).fetch]) {
      const error = (await failureOf(createWithKey({ fetch, maxRetries: 0 }))) as BackendError;
      expect(error.status).toBe(502);
      const shown = JSON.stringify([error.message, error, String(error.cause), error.stack]);
      expect(shown).not.toContain(secret);
      expect(shown).not.toContain(Buffer.from(key).toString("base64"));
    }
  });

  it("reports progress that rises to 1", async () => {
    const seen: number[] = [];
    await collectImages(connect().backend, { n: 3, onProgress: ({ done }) => seen.push(done) });
    expect(seen.at(-1)).toBe(1);
    expect(seen).toEqual(seen.toSorted((one, other) => one - other));
  });

  if (!isBase64) return;

  it("rejects what is not base64", async () => {
    const bad = { b64_json: "%%%" };
    const instead = () => Response.json({ data: [bad], images: ["%%%"] });
    expect(await failureOf(connect({ instead }).backend)).toMatchObject({
      status: 502,
      message: expect.stringMatching(/is not base64/),
    });
  });
});
