import type { Middleware } from "openapi-fetch";
import { describe, expect, it, vi } from "vitest";
import OpenAI, { createClient } from "./index.ts";
import { jsonResponse, type ObservedRequest, observedFetch } from "./testing/observed-fetch.ts";
import { pngBytes } from "./testing/png-bytes.ts";

const success = { created: 1778544000, data: [] };
const options = { apiKey: "key", baseURL: "https://server.example/v1" };

describe("createClient", () => {
  it("takes its options from the environment, if there are none", async () => {
    vi.stubEnv("OPENAI_API_KEY", "from-environment");
    vi.stubEnv("OPENAI_BASE_URL", "https://server.example/v3");
    const { fetch, requests } = observedFetch(jsonResponse(success));
    for (const none of [null, undefined]) {
      const init = { body: { image: pngBytes() }, fetch: (request: Request) => fetch(request.url, request) };
      await createClient(none).POST("/images/variations", init);
    }
    vi.unstubAllEnvs();
    const sent = ["https://server.example/v3/images/variations", "Bearer from-environment"];
    expect(requests.map(({ url, headers }) => [url, headers.get("authorization")])).toEqual([sent, sent]);
  });

  it("takes uploads in a typed body, and resolves with data", async () => {
    const { fetch, requests } = observedFetch(jsonResponse(success));
    const { data, error, response } = await createClient({ ...options, fetch }).POST("/images/variations", {
      body: { image: pngBytes(), n: 2 },
    });
    expect([data, error, response.status]).toEqual([success, undefined, 200]);
    const form = await requests[0]!.form();
    expect((form.get("image") as File).type).toBe("image/png");
    expect(form.get("n")).toBe("2");
    expect(requests[0]!.url).toBe("https://server.example/v1/images/variations");
    expect(requests[0]!.headers.get("authorization")).toBe("Bearer key");
  });

  it("resolves with the error of a rejected request", async () => {
    const errorBody = { error: { code: null, message: "no", param: null, type: "invalid_request_error" } };
    const { fetch } = observedFetch(jsonResponse(errorBody, 400));
    const { data, error, response } = await createClient({ ...options, fetch }).POST("/images/variations", {
      body: { image: pngBytes() },
    });
    expect([data, error, response.status]).toEqual([undefined, errorBody, 400]);
  });

  it("runs openapi-fetch's middleware, with the path of the contract", async () => {
    const { fetch, requests } = observedFetch(jsonResponse(success));
    const client = createClient({ ...options, fetch, defaultQuery: { a: "1" } });
    const middleware: Middleware = {
      onRequest({ request, schemaPath }) {
        request.headers.set("x-path", schemaPath);
      },
    };
    client.use(middleware);
    await client.POST("/images/variations", { body: { image: pngBytes() }, headers: { "x-mine": "yes" } });
    expect(requests[0]!.headers.get("x-path")).toBe("/images/variations");
    expect(requests[0]!.headers.get("x-mine")).toBe("yes");
    expect(requests[0]!.url).toBe("https://server.example/v1/images/variations?a=1");
    client.eject(middleware);
    await client.POST("/images/variations", { body: { image: pngBytes() } });
    expect(requests[1]!.headers.get("x-path")).toBe(null);
  });

  it("throws if there is no response", async () => {
    const { fetch } = observedFetch(() => Promise.reject(new TypeError("fetch failed")));
    const call = createClient({ ...options, fetch }).POST("/images/variations", { body: { image: pngBytes() } });
    await expect(call).rejects.toThrow("Connection error.");
  });
});

describe("what middleware returns is what is sent", () => {
  const send = async (middleware: Middleware, init: object = {}, more: object = {}): Promise<ObservedRequest> => {
    const { fetch, requests } = observedFetch(jsonResponse(success));
    const client = createClient({ ...options, fetch, ...more });
    client.use(middleware);
    await client.POST("/images/variations", { body: { image: pngBytes() }, ...init });
    return requests[0]!;
  };
  const returning = (change: (request: Request) => Request): Middleware => ({
    onRequest: ({ request }) => change(request),
  });

  it("another body", async () => {
    const form = new FormData();
    form.set("user", "somebody else");
    const { init, headers } = await send(
      returning((request) => {
        const headersWithout = new Headers(request.headers);
        headersWithout.delete("content-type");
        return new Request(request.url, { method: "POST", headers: headersWithout, body: form });
      }),
    );
    const sent = await new Response(init.body, { headers }).formData();
    expect([...sent.keys()]).toEqual(["user"]);
    expect(headers.get("authorization")).toBe("Bearer key");
  });

  it("another method, URL and header", async () => {
    const { url, init, headers } = await send(
      returning(
        (request) =>
          new Request("https://other.example/x?y=1", {
            method: "PUT",
            headers: { ...Object.fromEntries(request.headers), "x-a": "1" },
            body: "text",
          }),
      ),
    );
    expect([url, init.method, headers.get("x-a"), Buffer.from(init.body as Uint8Array).toString()]).toEqual([
      "https://other.example/x?y=1",
      "PUT",
      "1",
      "text",
    ]);
  });

  it("a signal, beside the caller's own", async () => {
    const controller = new AbortController();
    const never = (): Promise<never> => new Promise(() => {});
    const client = createClient({ ...options, fetch: never });
    client.use(returning((request) => new Request(request, { signal: controller.signal })));
    const own = new AbortController();
    for (const [abort, signal] of [
      [controller, new AbortController().signal],
      [own, own.signal],
    ] as const) {
      const call = client.POST("/images/variations", { body: { image: pngBytes() }, signal });
      setTimeout(() => abort.abort(), 10);
      await expect(call).rejects.toMatchObject({ constructor: OpenAI.APIUserAbortError });
    }
  });

  it("a response of its own, for which nothing is sent", async () => {
    const { fetch, requests } = observedFetch(jsonResponse(success));
    const client = createClient({ ...options, fetch });
    client.use({ onRequest: () => Response.json({ created: 2, data: [] }) });
    const { data } = await client.POST("/images/variations", { body: { image: pngBytes() } });
    expect([data, requests.length]).toEqual([{ created: 2, data: [] }, 0]);
  });

  it("a response in place of the server's, and of an error", async () => {
    const client = createClient({ ...options, maxRetries: 0, fetch: () => Promise.reject(new Error("no network")) });
    client.use({ onError: () => Response.json({ created: 3, data: [] }) });
    expect((await client.POST("/images/variations", { body: { image: pngBytes() } })).data).toEqual({
      created: 3,
      data: [],
    });
  });
});

describe("what a call says of itself", () => {
  const body = { image: pngBytes() };

  it("is its own `fetch`, which gets a Request", async () => {
    const seen: Request[] = [];
    const { data } = await createClient(options).POST("/images/variations", {
      body,
      fetch: async (request: Request) => {
        seen.push(request);
        return Response.json(success);
      },
    });
    expect(data).toEqual(success);
    expect([seen[0]!.url, seen[0]!.method, (await seen[0]!.formData()).has("image")]).toEqual([
      "https://server.example/v1/images/variations",
      "POST",
      true,
    ]);
  });

  it("is its own serializer", async () => {
    const { fetch, requests } = observedFetch(jsonResponse(success));
    const form = new FormData();
    form.set("image", new File([pngBytes()], "own.png"));
    await createClient({ ...options, fetch }).POST("/images/variations", { body, bodySerializer: () => form });
    expect(((await requests[0]!.form()).get("image") as File).name).toBe("own.png");
  });

  it("is its own query, base URL and parser", async () => {
    const { fetch, requests } = observedFetch(() => new Response("text"));
    const { data } = await createClient({ ...options, baseURL: "https://server.example/v1?api-version=1", fetch }).POST(
      "/images/variations",
      { body, params: { query: { a: 1, b: [1, 2] } as never }, baseUrl: "https://other.example/v2/", parseAs: "text" },
    );
    expect(data).toBe("text");
    expect(requests[0]!.url).toBe("https://other.example/v2/images/variations?a=1&b=1&b=2");
  });

  it("is its own serializer of the query, which gets the client's too", async () => {
    const { fetch, requests } = observedFetch(jsonResponse(success));
    const client = createClient({
      ...options,
      baseURL: "https://server.example/v1?version=1",
      defaultQuery: { a: [1, 2] },
      fetch,
    });
    const querySerializer = (query: object): string => new URLSearchParams({ q: JSON.stringify(query) }).toString();
    await client.POST("/images/variations", { body, params: { query: { b: 3 } as never }, querySerializer });
    expect(new URL(requests[0]!.url).searchParams.get("q")).toBe('{"version":"1","a":[1,2],"b":3}');
  });

  it("has the client's query written as the class writes it, but for its own", async () => {
    const { fetch, requests } = observedFetch(jsonResponse(success));
    const client = createClient({ ...options, defaultQuery: { a: [1, 2], b: 1 }, fetch });
    await client.POST("/images/variations", { body, params: { query: { b: 2 } as never } });
    expect(decodeURIComponent(new URL(requests[0]!.url).search)).toBe("?a[]=1&a[]=2&b=2");
  });

  it("is that it reads the body itself, as it comes, up to the limit", async () => {
    const { fetch } = observedFetch(() => new Response(new Uint8Array(3_000)));
    const client = createClient({ ...options, fetch, maxResponseBytes: 2_000 });
    const { data } = await client.POST("/images/variations", { body, parseAs: "stream" });
    await expect(new Response(data as ReadableStream).arrayBuffer()).rejects.toThrow("exceeds maxResponseBytes");
  });
});

describe("a body that the caller reads", () => {
  it("is given up with its stream, and not read ahead", async () => {
    const cancel = vi.fn();
    const pull = vi.fn((controller: ReadableStreamDefaultController) => controller.enqueue(new Uint8Array(9)));
    const body = new ReadableStream({ pull, cancel }, { highWaterMark: 0 });
    const { fetch } = observedFetch(() => new Response(body));
    const init = { body: { image: pngBytes() }, parseAs: "stream" } as const;
    const { data } = await createClient({ ...options, fetch }).POST("/images/variations", init);
    await new Promise(setImmediate);
    expect(pull).not.toHaveBeenCalled();
    const reader = (data as ReadableStream).getReader();
    expect((await reader.read()).value).toHaveLength(9);
    await reader.cancel();
    expect(pull).toHaveBeenCalledOnce();
    expect(cancel).toHaveBeenCalledOnce();
  });
});

describe("the checks of the options hold here too", () => {
  const schema = (result: object) =>
    ({ "~standard": { version: 1, vendor: "test", validate: () => result as never } }) as const;

  it("`validate`, before anything is sent", async () => {
    const { fetch, requests } = observedFetch(jsonResponse(success));
    const client = createClient({
      ...options,
      fetch,
      validate: schema({ issues: [{ message: "n is too large", path: ["n"] }] }),
    });
    const call = client.POST("/images/variations", { body: { image: pngBytes() } });
    await expect(call).rejects.toMatchObject({ constructor: OpenAI.BadRequestError, param: "n" });
    expect(requests).toHaveLength(0);
  });

  it("`validate`, whose result the call's own serializer gets", async () => {
    const { fetch, requests } = observedFetch(jsonResponse(success));
    const client = createClient({ ...options, fetch, validate: schema({ value: { image: pngBytes(), n: 3 } }) });
    const bodySerializer = (body: object): string => Object.keys(body).join();
    await client.POST("/images/variations", { body: { image: pngBytes() }, bodySerializer });
    expect(requests[0]!.init.body).toEqual(new TextEncoder().encode("image,n"));
  });

  it("but not of a path that the contract does not have", async () => {
    const { fetch, requests } = observedFetch(jsonResponse([]));
    const rejecting = schema({ issues: [{ message: "no" }] });
    const client = createClient({ ...options, fetch, validate: rejecting, checkResponse: rejecting });
    const call = client.POST as unknown as (path: string, init: object) => Promise<{ data: unknown }>;
    expect((await call("/files", { body: { a: 1 } })).data).toEqual([]);
    expect(requests[0]!.url).toBe("https://server.example/v1/files");
  });

  it("`checkResponse`", async () => {
    const { fetch } = observedFetch(jsonResponse(success));
    const client = createClient({ ...options, fetch, checkResponse: schema({ issues: [{ message: "no" }] }) });
    const call = client.POST("/images/variations", { body: { image: pngBytes() } });
    await expect(call).rejects.toBeInstanceOf(OpenAI.UnexpectedResponseError);
  });
});
