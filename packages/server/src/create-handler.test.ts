import { BackendError } from "@image-variations/backends";
import { createPng } from "@image-variations/png-corpus";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { eventually } from "@image-variations/testing/eventually";
import { describe, expect, test } from "vitest";
import { createHandler } from "./index.ts";
import { contractFacts, pythonList } from "./testing/contract-facts.ts";
import { formOf, postForm, samplePng } from "./testing/post-form.ts";
import { plainImage, stubBackend } from "./testing/stub-backend.ts";

interface Envelope {
  readonly error: { readonly code: string | null; readonly message: string; readonly param: string | null };
}

const { minimum, maximum, sizes, smallestSize, smallestPixels, defaultPixels, formats, exclusiveMaximumBytes } =
  contractFacts;
const created = 1_778_544_000;
const now = (): number => created * 1_000;

async function errorOf(response: Response): Promise<[status: number, message: string]> {
  const { error } = (await response.json()) as Envelope;
  return [response.status, error.message];
}

describe("a request for variations", () => {
  test.for([1, 2])("leaves no backend at work if the first of %i images cannot be sent", async (n) => {
    // What no type allows and JSON cannot hold, after the image was made.
    const revisedPrompt = 1n as unknown as string;
    const backend = stubBackend({ make: (index, request) => ({ ...plainImage(index, request), revisedPrompt }) });
    const handler = createHandler({ backend });
    const response = await postForm(handler, { n, size: smallestSize, response_format: "b64_json" });
    await response.text().catch(() => "");
    await eventually(() => expect(backend.state.active).toBe(0));
  });

  test("with the image alone gets one data URL in process, as everything else has a default", async () => {
    const backend = stubBackend();
    const response = await postForm(createHandler({ backend, now }));
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.json()).toEqual({
      created,
      data: [{ url: expect.stringMatching(/^data:image\/png;base64,iVBOR/) }],
    });
    const given = { caller: "anonymous", signal: expect.any(AbortSignal) };
    expect(backend.requests).toEqual([{ ...given, image: samplePng, n: 1, size: defaultPixels }]);
  });

  test("hands every parameter to the backend", async () => {
    const backend = stubBackend();
    const fields = {
      model: "dall-e-2",
      n: 3,
      size: smallestSize,
      user: "user-1",
      seed: 4_294_967_295,
      strength: 0.25,
      prompt: "an otter",
    };
    const response = await postForm(createHandler({ backend }), { ...fields, response_format: "b64_json" });
    expect(response.status).toBe(200);
    await response.text();
    const given = { caller: "anonymous", signal: expect.any(AbortSignal) };
    expect(backend.requests).toEqual([{ ...fields, ...given, size: smallestPixels, image: samplePng }]);
  });

  test.for([1, 2, maximum])("is laid in the order and with the spaces of the wire, with %i images", async (n) => {
    const response = await postForm(createHandler({ backend: stubBackend(), now }), {
      n,
      size: smallestSize,
      response_format: "b64_json",
    });
    const text = await response.text();
    const value = JSON.parse(text) as { data: object[] };
    expect(value.data).toHaveLength(n);
    expect(text).toBe(`${JSON.stringify(value, null, 2)}\n`);
    expect(Object.keys(value)).toEqual(["created", "data"]);
  });

  test("says the format and the prompt of images that are not plain PNGs", async () => {
    const backend = stubBackend({
      make: () => ({ bytes: Uint8Array.of(255, 216), mediaType: "image/jpeg", revisedPrompt: 'an "otter"' }),
    });
    for (const n of [1, 2]) {
      const response = await postForm(createHandler({ backend, now }), { n, response_format: "b64_json" });
      const text = await response.text();
      const data = Array.from({ length: n }, () => ({ b64_json: "/9g=", revised_prompt: 'an "otter"' }));
      expect(text).toBe(`${JSON.stringify({ created, data, output_format: "jpeg" }, null, 2)}\n`);
    }
  });

  test("says how many tokens were spent, all images together", async () => {
    const details = { image_tokens: 10, text_tokens: 1 };
    const usage = { input_tokens: 11, input_tokens_details: details, output_tokens: 5, total_tokens: 16 };
    const backend = stubBackend({
      make: (index, request) => ({ ...plainImage(index, request), ...(index !== 1 && { usage }) }),
    });
    for (const response_format of ["url", "b64_json"]) {
      const response = await postForm(createHandler({ backend }), { n: 3, response_format });
      expect(await response.json()).toMatchObject({
        usage: {
          input_tokens: 22,
          input_tokens_details: { image_tokens: 20, text_tokens: 2 },
          output_tokens: 10,
          total_tokens: 32,
        },
      });
    }
  });

  test("names itself in x-request-id, and tells its time and what is left of the limit", async () => {
    const { headers } = await postForm(createHandler({ backend: stubBackend(), concurrency: 2, maxQueued: 8 }));
    expect(headers.get("x-request-id")).toMatch(/^req_[\da-f]{32}$/);
    expect(headers.get("openai-processing-ms")).toMatch(/^\d+$/);
    expect(headers.get("x-ratelimit-limit-requests")).toBe("10");
    expect(headers.get("x-ratelimit-remaining-requests")).toBe("9");
    expect(headers.get("x-ratelimit-reset-requests")).toBe("0s");
  });

  test("is the same without the version prefix", async () => {
    const response = await postForm(
      createHandler({ backend: stubBackend() }),
      {},
      { url: "http://a/images/variations" },
    );
    expect(response.status).toBe(200);
  });

  test.for(["dall-e-2", "dall-e-3", "otter-xl", ""])("accepts any model, such as %j", async (model) => {
    expect((await postForm(createHandler({ backend: stubBackend() }), { model })).status).toBe(200);
  });

  test.for([undefined, "application/octet-stream", "image/png", "IMAGE/PNG"])(
    "accepts a PNG in a part of the type %s",
    async (type) => {
      const image = new File([samplePng], "otter", type ? { type } : {});
      expect((await postForm(createHandler({ backend: stubBackend() }), { image })).status).toBe(200);
    },
  );
});

describe("the messages of the contract", () => {
  const handler = createHandler({ backend: stubBackend() });
  const notAccepted = `Uploaded image must be a PNG and less than ${exclusiveMaximumBytes / 2 ** 20} MB.`;
  test.for<[string, Parameters<typeof formOf>[0], string]>([
    ["text as the image", { image: new TextEncoder().encode("otter") }, notAccepted],
    ["an image of the limit's size", { image: new Uint8Array(exclusiveMaximumBytes) }, notAccepted],
    ["a body far beyond the limit", { image: new Uint8Array(exclusiveMaximumBytes * 1.5) }, notAccepted],
    ["another media type", { image: new Blob([samplePng], { type: "image/jpeg" }) }, notAccepted],
    ["another name", { image: null, "image[]": new Blob([samplePng]) }, notAccepted],
    ["pixels that are missing", { image: createPng({ raw: new Uint8Array(8) }) }, notAccepted],
    [
      "an image that is not square",
      { image: createPng({ width: 12, height: 8 }) },
      "Invalid input image - expected an image with equal width and height, got 12x8 instead.",
    ],
    ["a form without the image", { image: null }, "'image' is a required property"],
    ["a size", { size: "1024x1536" }, `'1024x1536' is not one of ${pythonList(sizes)} - 'size'`],
    ["too many", { n: maximum + 5 }, `${maximum + 5} is greater than the maximum of ${maximum} - 'n'`],
    ["too few", { n: minimum - 1 }, `${minimum - 1} is less than the minimum of ${minimum} - 'n'`],
    ["half an image", { n: 1.5 }, "1.5 is not of type 'integer' - 'n'"],
    ["an empty number", { n: "" }, "'' is not of type 'integer' - 'n'"],
    ["a number in another notation", { n: "1e0" }, "'1e0' is not of type 'integer' - 'n'"],
    ["a format", { response_format: "xml" }, `'xml' is not one of ${pythonList(formats)} - 'response_format'`],
    ["a seed", { seed: -1 }, "-1 is less than the minimum of 0 - 'seed'"],
    ["a strength", { strength: 1.5 }, "1.5 is greater than the maximum of 1 - 'strength'"],
    ["an unknown parameter", { quality: "hd" }, "Additional properties are not allowed ('quality' was unexpected)"],
    ["a name that objects have", { ["__proto__"]: "x" }, expect.stringContaining("unexpected") as never],
  ])("for %s", async ([, fields, message]) => {
    expect(await errorOf(await postForm(handler, fields))).toEqual([400, message]);
  });

  test("in the envelope, with its keys in order and a line end", async () => {
    const response = await postForm(handler, { image: null });
    expect(await response.text()).toBe(
      '{\n  "error": {\n    "code": null,\n    "message": "\'image\' is a required property",\n    "param": null,\n' +
        '    "type": "invalid_request_error"\n  }\n}\n',
    );
    expect(response.headers.get("content-type")).toBe("application/json");
  });

  test("for a body that is not a form", async () => {
    const url = "http://server.test/v1/images/variations";
    const headers = { "content-type": "application/json" };
    expect(await errorOf(await handler(url, { method: "POST", headers, body: "{}" }))).toEqual([
      400,
      "Unsupported content type: 'application/json'. This API method only accepts 'multipart/form-data' requests, " +
        "but you specified the header 'Content-Type: application/json'.",
    ]);
  });

  test("for a parameter that is given twice", async () => {
    const body = formOf({ n: 1 });
    body.append("n", "2");
    const response = await handler("http://server.test/v1/images/variations", { method: "POST", body });
    expect(await errorOf(response)).toEqual([400, "'n' was given more than once. Send it once."]);
  });

  test("for an image with more pixels than are allowed, before they are decoded", async () => {
    const handlerWithLimit = createHandler({ backend: stubBackend(), maxPixels: 10_000 });
    const image = createPng({ width: 101, height: 101 });
    expect(await errorOf(await postForm(handlerWithLimit, { image }))).toEqual([
      400,
      "Invalid input image - expected an image of at most 100x100 pixels, got 101x101 instead.",
    ]);
  });
});

describe("a backend that fails", () => {
  test("with a BackendError is quoted: status, envelope and when to come again", async () => {
    const backend = stubBackend({
      before: () => {
        throw new BackendError("Billing hard limit has been reached", {
          status: 429,
          code: "billing",
          type: "requests",
          param: "n",
          retryAfter: 1.2,
        });
      },
    });
    for (const response_format of ["url", "b64_json"]) {
      const response = await postForm(createHandler({ backend }), { response_format });
      expect(response.status).toBe(429);
      expect(response.headers.get("retry-after")).toBe("2");
      expect(await response.json()).toEqual({
        error: { code: "billing", message: "Billing hard limit has been reached", param: "n", type: "requests" },
      });
    }
  });

  test("with anything else is a 500 that says nothing of it", async () => {
    const backend = stubBackend({
      before: () => {
        throw new Error("secret detail");
      },
    });
    const response = await postForm(createHandler({ backend }));
    expect(await errorOf(response)).toEqual([500, "The server had an error while processing your request."]);
  });

  test("after the first image breaks the body off, and does not complete it with fewer images", async () => {
    const failure = new Error("out of memory");
    const backend = stubBackend({
      before: (index) => {
        if (index === 2) throw failure;
      },
    });
    const response = await postForm(createHandler({ backend }), { n: 3, response_format: "b64_json" });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });

  test("after the first image is an error where URLs are asked for", async () => {
    const backend = stubBackend({
      before: (index) => {
        if (index === 1) throw new Error("out of memory");
      },
    });
    expect((await postForm(createHandler({ backend }), { n: 2 })).status).toBe(500);
  });

  test.for([
    ["too few images", []],
    ["what is not an image", [{ bytes: "otter", mediaType: "image/png" }]],
    ["an empty image", [{ bytes: new Uint8Array(), mediaType: "image/png" }]],
    ["an image of another type", [{ bytes: samplePng, mediaType: "text/html" }]],
  ])("by yielding %s is a 500", async ([, images]) => {
    const backend = {
      name: "odd",
      async *createVariations() {
        yield* images as never[];
      },
    };
    expect((await postForm(createHandler({ backend }))).status).toBe(500);
  });

  test("by throwing before it returns anything is a 500", async () => {
    const backend = {
      name: "odd",
      createVariations(): never {
        throw new Error("no");
      },
    };
    expect((await postForm(createHandler({ backend }))).status).toBe(500);
  });
});

describe("images are sent as they are done", () => {
  test("the first arrives while the second is being made", async () => {
    const second = Promise.withResolvers<void>();
    const backend = stubBackend({ before: (index) => (index === 1 ? second.promise : undefined) });
    const response = await postForm(createHandler({ backend }), {
      n: 2,
      response_format: "b64_json",
      size: smallestSize,
    });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    const { value } = await reader.read();
    expect(value).toMatch(/"b64_json": "iVBOR[^"]+"\n {4}\}$/);
    second.resolve();
    let rest = "";
    for (;;) {
      const chunk = await reader.read();
      if (chunk.done) break;
      rest += chunk.value;
    }
    expect((JSON.parse(value! + rest) as { data: object[] }).data).toHaveLength(2);
  });
});

describe("in process, a caller who aborts", () => {
  /** Collects garbage, as it would be after a while. */
  const collect = async (): Promise<void> => {
    setFlagsFromString("--expose-gc");
    const gc = runInNewContext("gc") as () => void;
    for (let count = 0; count < 5; count += 1) {
      gc();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };

  test("ends the work and the body, long after the response has begun", async () => {
    const backend = stubBackend({
      before: (index, { signal }) =>
        index === 0
          ? undefined
          : new Promise((_, reject) => signal!.addEventListener("abort", () => reject(signal!.reason as Error))),
    });
    const controller = new AbortController();
    const { signal } = controller;
    const fields = { n: 2, size: sizes[0], response_format: "b64_json" };
    const response = await postForm(createHandler({ backend }), fields, { signal });
    const reader = response.body!.getReader();
    await reader.read();
    await collect();
    const rest = reader.read();
    controller.abort(new Error("changed my mind"));
    await expect(rest).rejects.toThrow("changed my mind");
    await eventually(() => expect(backend.state).toEqual({ active: 0, cancelled: 1 }));
  });

  test("before the response gets its own reason, as from fetch", async () => {
    const handler = createHandler({ backend: stubBackend({ before: () => new Promise(() => {}) }) });
    const signal = AbortSignal.timeout(50);
    await expect(postForm(handler, {}, { signal })).rejects.toMatchObject({ name: "TimeoutError" });
    await expect(postForm(handler, {}, { signal })).rejects.toMatchObject({ name: "TimeoutError" });
  });

  test("or who never reads the body leaves no place behind, and does not keep the program from ending", async () => {
    // Those of the test's own runner.
    const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
    const before = timers();
    const handler = createHandler({ backend: stubBackend(), concurrency: 1, maxQueued: 0 });
    for (let count = 0; count < 5; count += 1) {
      const { status } = await postForm(handler, { n: 2, size: sizes[0], response_format: "b64_json" });
      expect(status).toBe(200);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(timers()).toBeLessThanOrEqual(before);
  });

  test("by leaving the loop frees the backend", async () => {
    const backend = stubBackend({
      before: (index, { signal }) =>
        index === 0
          ? undefined
          : new Promise((_, reject) => signal!.addEventListener("abort", () => reject(signal!.reason as Error))),
    });
    const response = await postForm(createHandler({ backend }), { n: 2, response_format: "b64_json" });
    const reader = response.body!.getReader();
    await reader.read();
    await reader.cancel();
    await eventually(() => expect(backend.state).toEqual({ active: 0, cancelled: 1 }));
  });
});

describe("other paths", () => {
  const handler = createHandler({ backend: stubBackend() });
  const get = (path: string, init?: RequestInit): Promise<Response> => handler(`http://server.test${path}`, init);

  test.for(["", "/v1"])("the models are a list of one, below %j", async (prefix) => {
    const response = await get(`${prefix}/models`);
    expect(await response.json()).toEqual({
      object: "list",
      data: [{ id: "dall-e-2", object: "model", created: 1_698_798_177, owned_by: "system" }],
    });
    expect(await (await get(`${prefix}/models/dall-e-2`)).json()).toMatchObject({ id: "dall-e-2" });
    const { error } = (await (await get(`${prefix}/models/otter`)).json()) as Envelope;
    expect(error.code).toBe("model_not_found");
  });

  test("the document is the contract with the server's own controls", async () => {
    const { components } = (await (await get("/openapi.json")).json()) as {
      components: { schemas: Record<string, { properties?: object }> };
    };
    // The one with an image is the request, whatever the spec calls it.
    const request = Object.values(components.schemas).find(({ properties }) => properties && "image" in properties);
    expect(Object.keys(request?.properties ?? {})).toEqual(
      expect.arrayContaining(["image", "n", "size", "seed", "strength", "prompt"]),
    );
  });

  test("an unknown path is a 404, and a wrong method a 405 with the right ones", async () => {
    expect(await errorOf(await get("/v1/images/otters"))).toEqual([404, "Invalid URL (GET /v1/images/otters)"]);
    const response = await get("/v1/images/variations");
    expect(response.headers.get("allow")).toBe("POST");
    expect(await errorOf(response)).toEqual([405, "Only POST requests are accepted."]);
    expect((await get("/v1/files/constructor", { method: "constructor" })).status).toBe(405);
  });

  test("health says that the process runs, and readiness asks the backend", async () => {
    expect(await (await get("/healthz")).json()).toEqual({ status: "ok" });
    expect((await get("/readyz")).status).toBe(200);
    const checkReady = async (): Promise<void> => {
      throw new Error("No model is loaded.");
    };
    const notReady = createHandler({ backend: { ...stubBackend(), checkReady } });
    const response = await notReady("http://server.test/readyz");
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ status: "not ready", reason: "No model is loaded." });
  });

  test("there are no metrics in process", async () => {
    expect((await get("/metrics")).status).toBe(404);
  });

  test("HEAD has the headers and no body", async () => {
    const response = await get("/healthz", { method: "HEAD" });
    expect([response.status, await response.text()]).toEqual([200, ""]);
  });
});
