// What other implementations of `fetch`, and the doubles of tests, return and look at.
import { Readable } from "node:stream";
import nodeFetch from "node-fetch";
import nodeFetch2 from "node-fetch-2";
import { fetch as undiciFetch } from "undici";
import { describe, expect, it } from "vitest";
import OpenAI, { createClient, type Fetch, streamVariation } from "../index.ts";
import { listen } from "../testing/listen.ts";
import { pngBytes } from "../testing/png-bytes.ts";

const image = pngBytes();
const success = { created: 1, data: [{ b64_json: "AAAA" }] };
const text = JSON.stringify(success);
const errorBody = { error: { message: "no", code: "c" } };

describe.each([
  ["node-fetch 2", nodeFetch2],
  ["node-fetch 3", nodeFetch],
  ["undici", undiciFetch],
])("%s as `fetch`", (_, library) => {
  const fetch = library as unknown as Fetch;

  it("is read on every door: a success, an error, and images as they come", async () => {
    await listen(
      (request, response) => {
        request.resume();
        const [status, body] = request.url!.startsWith("/bad") ? [400, errorBody] : [200, success];
        response.writeHead(status as number, { "content-type": "application/json" }).end(JSON.stringify(body));
      },
      async (baseURL) => {
        const options = { apiKey: "key", baseURL, fetch, maxRetries: 0 };
        const client = new OpenAI(options);
        expect(await client.images.createVariation({ image })).toEqual(success);
        const images = [];
        for await (const made of streamVariation(client, { image })) images.push(await made.bytes());
        expect(images).toEqual([new Uint8Array(3)]);
        const { data } = await createClient(options).POST("/images/variations", { body: { image } });
        expect(data).toEqual(success);
        const bad = client.withOptions({ baseURL: `${baseURL}/bad` }).images.createVariation({ image });
        await expect(bad).rejects.toMatchObject({ constructor: OpenAI.BadRequestError, code: "c" });
      },
    );
  });
});

describe("a response without a body stream, as React Native's and the doubles of tests have none", () => {
  const headers = new Headers({ "content-type": "application/json" });
  it.each<[string, object]>([
    [
      "arrayBuffer()",
      { ok: true, status: 200, headers, arrayBuffer: async () => new TextEncoder().encode(text).buffer },
    ],
    ["text()", { ok: true, status: 200, headers, text: async () => text }],
    ["json()", { ok: true, status: 200, headers, json: async () => success }],
    ["json() and no more", { ok: true, json: async () => success }],
    [
      "headers as an object",
      { ok: true, status: 200, headers: { "Content-Type": "application/json" }, json: async () => success },
    ],
    [
      "headers as a Map",
      { status: 200, headers: new Map([["content-type", "application/json"]]), text: async () => text },
    ],
    ["a Node stream", { status: 200, headers, body: Readable.from([Buffer.from(text)]) }],
    [
      "an async iterable",
      {
        status: 200,
        headers,
        body: (async function* () {
          yield Buffer.from(text);
        })(),
      },
    ],
  ])("is read: %s", async (_, response) => {
    const options = { apiKey: "key", fetch: async () => response as Response };
    expect(await new OpenAI(options).images.createVariation({ image })).toEqual(success);
  });

  it("and an error of `ok: false` without a status is one", async () => {
    const response = { ok: false, json: async () => errorBody } as Response;
    const call = new OpenAI({ apiKey: "key", maxRetries: 0, fetch: async () => response }).images.createVariation({
      image,
    });
    await expect(call).rejects.toThrow("500 no");
  });
});

describe("a caller's `fetch`", () => {
  it("gets headers that can be asked, and a body that a Response takes", async () => {
    let seen: unknown;
    const fetch: Fetch = async (url, init) => {
      const headers = init.headers as Headers;
      const form = await new Response(init.body, { headers }).formData();
      seen = [
        url,
        init.method,
        headers.get("Authorization"),
        headers.has("accept"),
        Object.fromEntries(headers),
        [...form.keys()],
      ];
      return Response.json(success);
    };
    await new OpenAI({ apiKey: "key", fetch }).images.createVariation({ image });
    expect(seen).toEqual([
      "https://api.openai.com/v1/images/variations",
      "POST",
      "Bearer key",
      true,
      { accept: "application/json", authorization: "Bearer key", "content-type": expect.stringContaining("boundary=") },
      ["image"],
    ]);
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      "throws",
      () => {
        throw new TypeError("init.headers.fetch is not a function");
      },
      /^Connection error\. init\.headers\.fetch is not a function \(POST https:\/\/api\.openai\.com\/v1\/images\/variations\)$/,
    ],
    ["rejects", () => Promise.reject(new Error("mock failed")), /^Connection error\. mock failed \(POST /],
    [
      "rejects with a cause",
      () => Promise.reject(new TypeError("fetch failed", { cause: new Error("ECONNREFUSED") })),
      /^Connection error\. fetch failed: ECONNREFUSED \(POST /,
    ],
    ["rejects with a text", () => Promise.reject("out of order"), /^Connection error\. out of order \(POST /],
    ["rejects with nothing", () => Promise.reject(undefined), /^Connection error\. .*\(POST /],
    ["returns nothing", async () => undefined, /^Connection error\. .*undefined.* \(POST /],
  ])("that %s: the reason is in the message", async (_, act, message) => {
    const fetch = act as Fetch;
    const call = new OpenAI({ apiKey: "key", maxRetries: 0, fetch }).images.createVariation({ image });
    await expect(call).rejects.toThrow(OpenAI.APIConnectionError);
    await expect(new OpenAI({ apiKey: "key", maxRetries: 0, fetch }).images.createVariation({ image })).rejects.toThrow(
      message,
    );
  });

  it.each([
    ["UND_ERR_HEADERS_TIMEOUT", "Headers Timeout Error"],
    ["UND_ERR_BODY_TIMEOUT", "Body Timeout Error"],
  ])("whose own limit ends the request (%s): the error says so, and what to do", async (code, reason) => {
    const cause = Object.assign(new Error(reason), { code });
    const fetch = (): Promise<never> => Promise.reject(new TypeError("fetch failed", { cause }));
    const error: unknown = await new OpenAI({ apiKey: "key", maxRetries: 0, fetch }).images
      .createVariation({ image })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OpenAI.APIConnectionTimeoutError);
    expect((error as Error).message).toMatch(
      /^Request timed out\. .*300 s, and not `timeout`: use `nodeTransport\(\)`.*fetchOptions\.dispatcher/,
    );
    expect((error as Error).cause).toBeInstanceOf(TypeError);
  });

  it.each(["ETIMEDOUT", "Connect Timeout Error", "client error (Connect): tcp connect error: Operation timed out"])(
    "that says %j has timed out",
    async (reason) => {
      const fetch = (): Promise<never> => Promise.reject(new TypeError("fetch failed", { cause: new Error(reason) }));
      const call = new OpenAI({ apiKey: "key", maxRetries: 0, fetch }).images.createVariation({ image });
      await expect(call).rejects.toBeInstanceOf(OpenAI.APIConnectionTimeoutError);
    },
  );
});

describe("a success is never asked for again", () => {
  it.each([200, 201, 202, 206, 299])("%d, whatever `x-should-retry` says", async (status) => {
    let calls = 0;
    const fetch = async (): Promise<Response> => {
      calls++;
      return Response.json(success, { status, headers: { "x-should-retry": "true" } });
    };
    await new OpenAI({ apiKey: "key", fetch }).images.createVariation({ image });
    await createClient({ apiKey: "key", fetch }).POST("/images/variations", { body: { image } });
    expect(calls).toBe(2);
  });
});

describe("a redirect to an origin that is allowed", () => {
  it("goes without credentials of any kind, and without the old host's name", async () => {
    const seen: [string, Record<string, string>, unknown][] = [];
    let givenUp = 0;
    const fetch: Fetch = async (url, { headers, credentials }) => {
      seen.push([url, Object.fromEntries(headers as Headers), credentials]);
      if (seen.length > 1) return Response.json(success);
      const body = new ReadableStream({ cancel: () => void givenUp++ });
      return new Response(body, { status: 307, headers: { location: "https://other.example/a" } });
    };
    const secrets = [
      "api-key",
      "x-api-key",
      "cookie",
      "proxy-authorization",
      "x-secret",
      "openai-organization",
      "x-accept",
      "accept-a",
    ];
    await new OpenAI({
      apiKey: "key",
      organization: "org",
      redirectOrigins: ["https://other.example"],
      defaultHeaders: { ...Object.fromEntries(secrets.map((name) => [name, "secret"])), host: "api.openai.com" },
      fetch,
    }).images.createVariation({ image }, { idempotencyKey: "once" });
    expect(Object.keys(seen[0]![1])).toEqual(expect.arrayContaining([...secrets, "authorization", "host"]));
    expect(seen[1]).toEqual([
      "https://other.example/a",
      { accept: "application/json", "content-type": expect.any(String), "idempotency-key": "once" },
      "omit",
    ]);
    expect(givenUp).toBe(1);
  });
});
