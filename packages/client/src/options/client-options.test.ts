import { afterEach, describe, expect, it, vi } from "vitest";
import OpenAI, { type ClientOptions, type Logger, UnexpectedResponseError } from "../index.ts";
import { jsonResponse, observedFetch } from "../testing/observed-fetch.ts";
import { pngBytes } from "../testing/png-bytes.ts";

const image = new File([pngBytes()], "otter.png", { type: "image/png" });
afterEach(() => vi.unstubAllEnvs());

describe("options", () => {
  it("can be assigned to the client, and hold from the next request on", async () => {
    const { fetch, requests } = observedFetch(jsonResponse({ created: 1, data: [] }));
    const client = new OpenAI({ apiKey: "old", baseURL: "http://old.example", fetch });
    client.apiKey = "new";
    client.baseURL = "http://new.example/v1";
    await client.images.createVariation({ image });
    expect(requests[0]!.url).toBe("http://new.example/v1/images/variations");
    expect(requests[0]!.headers.get("authorization")).toBe("Bearer new");
  });

  it("are those of another client, but for what withOptions is given", async () => {
    const { fetch, requests } = observedFetch(jsonResponse({ created: 1, data: [] }));
    const client = new OpenAI({ apiKey: "key", baseURL: "http://one.example", organization: "org-1", fetch });
    const other = client.withOptions({ baseURL: "http://two.example", maxRetries: 5 });
    await other.images.createVariation({ image });
    expect([other.maxRetries, client.maxRetries, client.baseURL]).toEqual([5, 2, "http://one.example"]);
    expect(requests[0]!.url).toBe("http://two.example/images/variations");
    expect(requests[0]!.headers.get("openai-organization")).toBe("org-1");
  });

  it("let a caller replace or remove the authorization", async () => {
    const { fetch, requests } = observedFetch(jsonResponse({ created: 1, data: [] }));
    const client = new OpenAI({ apiKey: "key", fetch });
    await client.images.createVariation({ image }, { headers: { Authorization: "Basic abc" } });
    await client.images.createVariation({ image }, { headers: { Authorization: null, "api-key": "key" } });
    expect(requests.map(({ headers }) => headers.get("authorization"))).toEqual(["Basic abc", null]);
  });
});

describe("the defaults", () => {
  it("are those that the docs name, whatever is not given", () => {
    vi.stubEnv("OPENAI_LOG", "");
    const none = { timeout: undefined, maxRetries: undefined, maxResponseBytes: undefined, logLevel: undefined };
    for (const options of [{}, none]) {
      expect(new OpenAI({ apiKey: "key", baseURL: "", ...options })).toMatchObject({
        timeout: 600_000,
        maxRetries: 2,
        maxResponseBytes: 134_217_728,
        logLevel: "warn",
        baseURL: "https://api.openai.com/v1",
      });
    }
    expect(OpenAI.DEFAULT_TIMEOUT).toBe(600_000);
  });

  it("give way to every value that is given", () => {
    const given = { timeout: 1, maxRetries: 0, maxResponseBytes: 1, logLevel: "off" } as const;
    expect(new OpenAI({ apiKey: "key", ...given })).toMatchObject(given);
  });
});

describe("an apiKey function that fails", () => {
  it("is told with its reason, and not tried again", async () => {
    const cause = new Error("no network");
    const apiKey = vi.fn(() => Promise.reject(cause));
    const promise = new OpenAI({ apiKey, fetch: async () => Response.json({}) }).images.createVariation({ image });
    await expect(promise).rejects.toMatchObject({ constructor: OpenAI.OpenAIError, cause });
    await expect(promise).rejects.toThrow("The `apiKey` function failed: Error: no network");
    expect(apiKey).toHaveBeenCalledOnce();
  });

  it.each([
    { key: "", got: "an empty one" },
    { key: undefined, got: "undefined" },
    { key: null, got: "object" },
    { key: 5, got: "number" },
  ])("has no key if it returns $key, and is told so", async ({ key, got }) => {
    const apiKey = async (): Promise<string> => key as string;
    const promise = new OpenAI({ apiKey, fetch: () => expect.unreachable() }).images.createVariation({ image });
    await expect(promise).rejects.toMatchObject({
      constructor: OpenAI.OpenAIError,
      message: `The \`apiKey\` function must return a non-empty string, got ${got}.`,
    });
  });
});

describe("logging", () => {
  function recorder(): { lines: string[]; logger: Logger } {
    const lines: string[] = [];
    const write =
      (level: string) =>
      (message: string): void =>
        void lines.push(`${level} ${message}`);
    return {
      lines,
      logger: { error: write("error"), warn: write("warn"), info: write("info"), debug: write("debug") },
    };
  }
  const busy = (): Response => new Response("{}", { status: 503, headers: { "retry-after-ms": "1" } });
  const call = async (options: ClientOptions): Promise<string> => {
    const { lines, logger } = recorder();
    const { fetch } = observedFetch(busy, jsonResponse({ created: 1, data: [] }));
    const client = new OpenAI({ apiKey: "sk-secret", defaultQuery: { key: "sk-secret" }, fetch, logger, ...options });
    await client.images.createVariation({ image }, { headers: { "x-token": "sk-secret" } });
    return lines.join("\n");
  };

  it("is silent by default", async () => {
    expect(await call({})).toBe("");
    expect(await call({ logLevel: "off" })).toBe("");
  });

  it("tells at info how each attempt ended, and of each retry", async () => {
    expect(await call({ logLevel: "info" })).toMatch(
      /^info POST https:\/\/api\.openai\.com\/v1\/images\/variations: 503, request null, after \d+ ms\ninfo Retry 1 of 2 in 1 ms: 503\ninfo POST .*: 200, request req_1, after \d+ ms$/,
    );
  });

  it("takes its level from OPENAI_LOG", async () => {
    vi.stubEnv("OPENAI_LOG", "debug");
    expect(await call({})).toMatch(/^debug POST .*: \d+ bytes\ninfo POST /);
  });

  it("never shows a credential", async () => {
    const lines = await call({ logLevel: "debug", baseURL: "https://one.example/v1?key=sk-secret" });
    expect(lines).toContain("POST https://one.example/v1/images/variations: ");
    expect(lines).not.toContain("secret");
  });

  it("says so if the level is invalid", async () => {
    expect(await call({ logLevel: "loud" as never })).toMatch(
      /^warn logLevel must be one of off, error, warn, info, debug, got loud: using warn\./,
    );
  });
});

describe("validate", () => {
  const schema = (result: object): ClientOptions["validate"] => ({
    "~standard": { version: 1, vendor: "test", validate: () => result as never },
  });

  it("rejects with the error that the server's 400 would be, before anything is sent", async () => {
    const issues = [
      { message: "n is too large", path: ["n"] },
      { message: "size is invalid", path: [{ key: "size" }] },
    ];
    const { fetch, requests } = observedFetch(jsonResponse({ created: 1, data: [] }));
    const promise = new OpenAI({ apiKey: "key", fetch, validate: schema({ issues }) }).images.createVariation({
      image,
    });
    await expect(promise).rejects.toMatchObject({
      constructor: OpenAI.BadRequestError,
      status: 400,
      message: "400 n is too large\nsize is invalid",
      param: "n",
      type: "invalid_request_error",
      cause: issues,
    });
    expect(requests).toHaveLength(0);
  });

  it.each([
    { path: undefined, param: null },
    { path: [], param: null },
    { path: ["n", 0], param: "n" },
    { path: [{ key: "size" }], param: "size" },
    { path: [0], param: 0 },
  ])("names the parameter that the first issue is about: $path", async ({ path, param }) => {
    const issues = [
      { message: "no", ...(path && { path }) },
      { message: "more", path: ["other"] },
    ];
    const client = new OpenAI({ apiKey: "key", validate: schema({ issues }) });
    const error = {
      code: null,
      message: expect.stringMatching(/no\nother: more$/),
      param,
      type: "invalid_request_error",
    };
    await expect(client.images.createVariation({ image })).rejects.toMatchObject({ error, param });
  });

  it("sees bytes, Blobs and streams as they are, and sends what it returns under the names that they had", async () => {
    const seen: unknown[] = [];
    const validate: ClientOptions["validate"] = {
      "~standard": {
        version: 1,
        vendor: "test",
        validate: (value) => {
          const { image: file, ...rest } = value as { image: object };
          seen.push(file);
          return { value: { ...rest, image: Symbol.asyncIterator in file ? file : image } } as never;
        },
      },
    };
    const sent = async (source: OpenAI.Uploadable): Promise<string> => {
      const { fetch, requests } = observedFetch(jsonResponse({ created: 1, data: [] }));
      await new OpenAI({ apiKey: "key", fetch, validate }).images.createVariation({ image: source, user: "u" });
      const form = await requests[0]!.form();
      expect([...form.keys()].toSorted()).toEqual(["image", "user"]);
      return (form.get("image") as File).name;
    };
    const bytes = pngBytes();
    const own = new File([bytes], "own.png");
    // What replaces a source without a name keeps its own.
    expect(await sent(bytes)).toBe("otter.png");
    expect(await sent(own)).toBe("own.png");
    expect(seen).toEqual([bytes, own]);
    const response = Object.defineProperty(new Response(bytes), "url", { value: "https://a.example/b.png" });
    expect(await sent(response)).toBe("b.png");
    expect(seen[2]).not.toBe(response);
    expect(seen[2]).toMatchObject({ name: "b.png", [Symbol.asyncIterator]: expect.any(Function) });
  });

  it("sends what the schema makes of the parameters", async () => {
    const { fetch, requests } = observedFetch(jsonResponse({ created: 1, data: [] }));
    const validate = schema({ value: { image, n: 3 } });
    await new OpenAI({ apiKey: "key", fetch, validate }).images.createVariation({ image });
    expect((await requests[0]!.form()).get("n")).toBe("3");
  });
});

describe("checkResponse", () => {
  it("rejects a response that deviates from what was expected", async () => {
    const issues = [{ message: "url is a path on the server" }];
    const { fetch } = observedFetch(jsonResponse({ created: 1, data: [{ url: "images/1.png" }] }));
    const client = new OpenAI({
      apiKey: "key",
      fetch,
      checkResponse: { "~standard": { version: 1, vendor: "test", validate: async () => ({ issues }) } },
    });
    const error: unknown = await client.images.createVariation({ image }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error).toMatchObject({
      status: 200,
      message: "200 url is a path on the server (POST https://api.openai.com/v1/images/variations)",
      cause: issues,
    });
  });
});
