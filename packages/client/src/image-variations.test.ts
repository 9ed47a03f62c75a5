import { afterEach, describe, expect, it, vi } from "vitest";
import OpenAI, { APIPromise, ImageVariations, UnexpectedResponseError } from "./index.ts";
import { jsonResponse, observedFetch } from "./testing/observed-fetch.ts";
import { pngBytes } from "./testing/png-bytes.ts";

const success = { created: 1778544000, data: [{ url: "https://images.example.com/1.png" }] };
const image = new File([pngBytes()], "otter.png", { type: "image/png" });

afterEach(() => vi.unstubAllEnvs());

describe("new ImageVariations", () => {
  it("is the default export, under any name", () => {
    expect(OpenAI).toBe(ImageVariations);
  });

  it("says what to do if the API key is missing", () => {
    vi.stubEnv("OPENAI_API_KEY", "");
    expect(() => new OpenAI()).toThrow(OpenAI.OpenAIError);
    expect(() => new OpenAI()).toThrow(/pass `apiKey`, or set OPENAI_API_KEY/);
  });

  it("takes what is not given from the environment", async () => {
    vi.stubEnv("OPENAI_API_KEY", " from-environment ");
    vi.stubEnv("OPENAI_BASE_URL", "http://localhost:8000/api/v1");
    vi.stubEnv("OPENAI_ORG_ID", "org-1");
    vi.stubEnv("OPENAI_PROJECT_ID", "proj-1");
    const { fetch, requests } = observedFetch(jsonResponse(success));
    await new OpenAI({ fetch }).images.createVariation({ image });
    expect(requests[0]!.url).toBe("http://localhost:8000/api/v1/images/variations");
    expect(requests[0]!.headers.get("authorization")).toBe("Bearer from-environment");
    expect(requests[0]!.headers.get("openai-organization")).toBe("org-1");
    expect(requests[0]!.headers.get("openai-project")).toBe("proj-1");
  });

  it("prefers what is given to the environment, and null to both", async () => {
    vi.stubEnv("OPENAI_API_KEY", "from-environment");
    vi.stubEnv("OPENAI_BASE_URL", "http://localhost:8000");
    vi.stubEnv("OPENAI_ORG_ID", "org-1");
    const { fetch, requests } = observedFetch(jsonResponse(success));
    const client = new OpenAI({ apiKey: "given", baseURL: "https://given.example/v1/", organization: null, fetch });
    await client.images.createVariation({ image });
    expect(requests[0]!.url).toBe("https://given.example/v1/images/variations");
    expect(requests[0]!.headers.get("authorization")).toBe("Bearer given");
    expect(requests[0]!.headers.has("openai-organization")).toBe(false);
  });

  it("goes to the contract's server by default", () => {
    vi.stubEnv("OPENAI_BASE_URL", "");
    expect(new OpenAI({ apiKey: "key" }).baseURL).toBe("https://api.openai.com/v1");
  });

  it("does not hand the key to a browser's visitors unasked", () => {
    vi.stubGlobal("document", {});
    try {
      expect(() => new OpenAI({ apiKey: "key" })).toThrow(/dangerouslyAllowBrowser: true/);
      expect(new OpenAI({ apiKey: "key", dangerouslyAllowBrowser: true })).toBeInstanceOf(OpenAI);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it("asks a key function for every request, and rejects what is not a key", async () => {
    const keys = ["first", "second", ""];
    const { fetch, requests } = observedFetch(jsonResponse(success));
    const client = new OpenAI({ apiKey: async () => keys.shift()!, fetch });
    await client.images.createVariation({ image });
    await client.images.createVariation({ image });
    expect(requests.map(({ headers }) => headers.get("authorization"))).toEqual(["Bearer first", "Bearer second"]);
    await expect(client.images.createVariation({ image })).rejects.toThrow(
      /must return a non-empty string, got an empty one\./,
    );
  });
});

describe("client.images", () => {
  it("has its methods on the prototype of its class, where tests replace them for every client", async () => {
    const replaced = vi.spyOn(OpenAI.Images.prototype, "createVariation").mockResolvedValue(success as never);
    try {
      for (const client of [new OpenAI({ apiKey: "key" }), new OpenAI({ apiKey: "key" }).withOptions({})]) {
        expect(client.images).toBeInstanceOf(OpenAI.Images);
        expect(await client.images.createVariation({ image })).toBe(success);
      }
    } finally {
      replaced.mockRestore();
    }
    const { fetch } = observedFetch(jsonResponse(success));
    expect(await new OpenAI({ apiKey: "key", fetch }).images.createVariation({ image })).toEqual(success);
  });

  it("is not among the options of a client, and belongs to that client", async () => {
    const { fetch, requests } = observedFetch(jsonResponse(success));
    const client = new OpenAI({ apiKey: "one", fetch });
    expect(Object.keys(client)).not.toContain("images");
    const copy = new OpenAI({ ...client, apiKey: "two" });
    await client.images.createVariation({ image });
    await copy.images.createVariation({ image });
    expect(requests.map(({ headers }) => headers.get("authorization"))).toEqual(["Bearer one", "Bearer two"]);
  });

  it("takes what is assigned over one of its methods", async () => {
    const client = new OpenAI({ apiKey: "key" });
    client.images.createVariation = (async () => "own") as never;
    expect(await client.images.createVariation({ image })).toBe("own");
  });
});

describe("images.createVariation", () => {
  it("sends the image and the parameters as a form, and leaves out what is null or undefined", async () => {
    const { fetch, requests } = observedFetch(jsonResponse(success));
    const client = new OpenAI({ apiKey: "key", fetch });
    await client.images.createVariation({
      image,
      n: 2,
      size: "1024x1024",
      model: null,
      response_format: undefined as never,
    });
    const form = await requests[0]!.form();
    expect(requests[0]!.init.method).toBe("POST");
    expect([...form.keys()]).toEqual(["image", "n", "size"]);
    expect(form.get("n")).toBe("2");
    const sent = form.get("image") as File;
    expect([sent.name, sent.type]).toEqual(["otter.png", "image/png"]);
    expect(new Uint8Array(await sent.arrayBuffer())).toEqual(pngBytes());
  });

  it("resolves with the success, which knows the request's name without showing it", async () => {
    const { fetch } = observedFetch(jsonResponse(success));
    const result = await new OpenAI({ apiKey: "key", fetch }).images.createVariation({ image });
    expect(result).toEqual(success);
    expect(result._request_id).toBe("req_1");
    expect(Object.keys(result)).not.toContain("_request_id");
  });

  it("returns a promise that also gives the response itself", async () => {
    const { fetch, requests } = observedFetch(jsonResponse(success));
    const promise = new OpenAI({ apiKey: "key", fetch }).images.createVariation({ image });
    expect(promise).toBeInstanceOf(APIPromise);
    expect(promise).toBeInstanceOf(Promise);
    const { data, response, request_id } = await promise.withResponse();
    expect([data, response.status, request_id]).toEqual([success, 200, "req_1"]);
    expect(await promise.asResponse()).toBe(response);
    expect(await promise.finally(() => {})).toBe(data);
    expect(requests).toHaveLength(1);
  });

  it("leaves the body of asResponse unread", async () => {
    const { fetch } = observedFetch(jsonResponse(success));
    const response = await new OpenAI({ apiKey: "key", fetch }).images.createVariation({ image }).asResponse();
    expect(response.bodyUsed).toBe(false);
    expect(await response.json()).toEqual(success);
  });

  it("merges headers and query of client and request; null and undefined remove", async () => {
    const { fetch, requests } = observedFetch(jsonResponse(success));
    const client = new OpenAI({
      apiKey: "key",
      baseURL: "https://server.example/v1",
      defaultHeaders: { "x-one": "1", "x-two": "2", accept: null },
      defaultQuery: { a: "1", b: "2" },
      fetch,
    });
    await client.images.createVariation(
      { image },
      { headers: { "x-two": null, "x-three": "3" }, query: { b: undefined, c: "ü" } },
    );
    const { url, headers } = requests[0]!;
    expect(url).toBe("https://server.example/v1/images/variations?a=1&c=%C3%BC");
    expect(["x-one", "x-two", "x-three", "accept"].map((name) => headers.get(name))).toEqual(["1", null, "3", null]);
  });

  it("hands fetchOptions on, the request's over the client's", async () => {
    const { fetch, requests } = observedFetch(jsonResponse(success));
    const client = new OpenAI({ apiKey: "key", fetch, fetchOptions: { cache: "no-store", mode: "cors" } });
    await client.images.createVariation({ image }, { fetchOptions: { mode: "same-origin" } });
    expect(requests[0]!.init).toMatchObject({ cache: "no-store", mode: "same-origin", method: "POST" });
  });
});

describe("what can go wrong", () => {
  const errorBody = (status: number) =>
    jsonResponse({ error: { code: "c", message: "no", param: "p", type: "t" } }, status);

  it.each([
    [400, OpenAI.BadRequestError],
    [401, OpenAI.AuthenticationError],
    [403, OpenAI.PermissionDeniedError],
    [404, OpenAI.NotFoundError],
    [409, OpenAI.ConflictError],
    [413, OpenAI.APIError],
    [415, OpenAI.APIError],
    [422, OpenAI.UnprocessableEntityError],
    [429, OpenAI.RateLimitError],
    [500, OpenAI.InternalServerError],
    [503, OpenAI.InternalServerError],
  ])("status %d is an error of its class, with everything the server said", async (status, errorClass) => {
    const { fetch } = observedFetch(errorBody(status));
    const error: unknown = await new OpenAI({ apiKey: "key", maxRetries: 0, fetch }).images
      .createVariation({ image })
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(errorClass);
    expect((error as Error).constructor).toBe(errorClass);
    expect(error).toMatchObject({
      status,
      message: `${status} no`,
      code: "c",
      param: "p",
      type: "t",
      requestID: "req_1",
      error: { message: "no" },
    });
  });

  it("quotes an error that is not JSON, and says if there is nothing to quote", async () => {
    const { fetch } = observedFetch(
      () => new Response("<h1>Gateway Time-out</h1>", { status: 504 }),
      () => new Response(null, { status: 401 }),
    );
    const client = new OpenAI({ apiKey: "key", maxRetries: 0, fetch });
    await expect(client.images.createVariation({ image })).rejects.toThrow("504 <h1>Gateway Time-out</h1>");
    await expect(client.images.createVariation({ image })).rejects.toThrow("401 status code (no body)");
  });

  it.each([
    [
      "a page",
      new Response("<html>Sign in</html>", { headers: { "content-type": "text/html" } }),
      /text\/html: <html>/,
    ],
    ["nothing", new Response(null, { headers: { "content-type": "application/json" } }), /application\/json: nothing/],
    ["no JSON", new Response("{", { headers: { "content-type": "application/json" } }), /application\/json: \{/],
    ["no object", new Response("[]", { headers: { "content-type": "application/json" } }), /application\/json: \[\]/],
  ])("rejects %s that calls itself a success", async (_, response, message) => {
    const { fetch } = observedFetch(() => response);
    const error: unknown = await new OpenAI({ apiKey: "key", maxRetries: 0, fetch }).images
      .createVariation({ image })
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect((error as Error).message).toMatch(message);
  });

  it("keeps what the runtime said of a broken connection", async () => {
    const cause = new TypeError("fetch failed");
    const { fetch } = observedFetch(() => Promise.reject(cause));
    const promise = new OpenAI({ apiKey: "key", maxRetries: 0, fetch }).images.createVariation({ image });
    await expect(promise).rejects.toMatchObject({ constructor: OpenAI.APIConnectionError, cause, status: undefined });
  });

  it("gives up when the time is over", async () => {
    const { fetch } = observedFetch(untilAborted);
    const promise = new OpenAI({ apiKey: "key", maxRetries: 0, fetch }).images.createVariation(
      { image },
      { timeout: 1 },
    );
    await expect(promise).rejects.toThrow(OpenAI.APIConnectionTimeoutError);
  });

  it("stops when the caller says so", async () => {
    const { fetch } = observedFetch(untilAborted);
    const controller = new AbortController();
    const promise = new OpenAI({ apiKey: "key", maxRetries: 0, fetch }).images.createVariation(
      { image },
      { signal: controller.signal },
    );
    setTimeout(() => controller.abort());
    await expect(promise).rejects.toMatchObject({ constructor: OpenAI.APIUserAbortError });
  });
});

function untilAborted({ signal }: RequestInit): Promise<Response> {
  return new Promise((_, reject) => signal!.addEventListener("abort", () => reject(signal!.reason as Error)));
}
