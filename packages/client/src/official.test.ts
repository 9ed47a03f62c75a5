// The official SDK as the oracle: every documented option of a client and of a request, every form of header, query,
// upload and error body, in one table. What differs is on a list of differences that are meant, which the README shows.
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import Official, * as officialModule from "openai";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import OpenAI, * as ourModule from "./index.ts";
import { type DifferenceName, differenceTable, intendedDifferences } from "./testing/intended-differences.ts";
import { completePng } from "./testing/png-bytes.ts";

const png = completePng(2_000);
const folder = mkdtempSync(join(tmpdir(), "official-"));
const path = join(folder, "otter.png");
writeFileSync(path, png);
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

type Module = typeof ourModule;
interface Case {
  readonly what: string;
  readonly options?: object;
  readonly env?: Readonly<Record<string, string>>;
  readonly request?: object | null;
  /** What the call is given. Default: a PNG as a File. */
  readonly body?: (module: Module) => object | Promise<object>;
  /** What the server does, attempt by attempt. Default: a success. */
  readonly responses?: readonly ((url: string, init: RequestInit) => Response | Promise<Response>)[];
  /** What the program does with the client first. */
  readonly change?: (client: OpenAI) => OpenAI;
  /** Why the two differ, if they do. */
  readonly difference?: DifferenceName;
}

const file = (): File => new File([png], "otter.png", { type: "image/png" });
const success = { created: 1, data: [{ url: "https://images.example/1.png" }] };
const succeed = (): Response => Response.json(success, { headers: { "x-request-id": "req_1" } });
const fail =
  (body: unknown, status = 400, headers = {}): (() => Response) =>
  () =>
    Response.json(body, { status, headers: { "x-request-id": "req_1", ...headers } });
const errorBody = { error: { message: "no", code: "c", param: "p", type: "t" } };
const busy = fail(errorBody, 500, { "retry-after-ms": "1" });
const never = (_: string, { signal }: RequestInit): Promise<Response> =>
  new Promise((_resolve, reject) => signal!.addEventListener("abort", () => reject(signal!.reason as Error)));

/** What a program can see of a call with either client: what is sent, attempt by attempt, and what comes of it. */
async function outcomeOf(
  module: Module,
  { options, env = {}, request, body, responses = [succeed], change }: Case,
): Promise<unknown> {
  for (const [name, value] of Object.entries({ OPENAI_API_KEY: "env-key", ...env })) vi.stubEnv(name, value);
  const sent: unknown[] = [];
  const fetch = async (url: unknown, init: RequestInit = {}): Promise<Response> => {
    if (url === "data:,") return new Response();
    const { method, headers, url: place } = new Request(String(url), { method: init.method!, headers: init.headers! });
    const form = await new Response(init.body, { headers }).formData();
    const parts: unknown[] = [];
    for (const [name, value] of form) {
      if (typeof value === "string") parts.push([name, value]);
      else
        parts.push([
          name,
          value.name,
          value.type,
          Buffer.from(await value.arrayBuffer())
            .toString("hex")
            .slice(-40),
          value.size,
        ]);
    }
    const { origin, pathname, searchParams } = new URL(place);
    const query = [...searchParams].toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)));
    const own = [...headers].filter(([name]) => !/^(content-type|user-agent|x-stainless-.*)$/.test(name));
    sent.push({ method, url: origin + pathname, query, headers: own, parts, cache: init.cache });
    return responses[Math.min(sent.length, responses.length) - 1]!(place, init);
  };
  const outcome = async (): Promise<unknown> => {
    const client = new module.OpenAI({ fetch: fetch as never, maxRetries: 1, ...options });
    const params = (await body?.(module)) ?? { image: file() };
    const call = (change?.(client) ?? client).images.createVariation(params as never, request as never);
    const { data, request_id } = await call.withResponse();
    return { data, request_id, named: (data as { _request_id?: string })?._request_id };
  };
  try {
    return { result: await outcome(), sent };
  } catch (error) {
    const {
      constructor,
      message,
      status,
      code,
      param,
      type,
      requestID,
      error: said,
      cause,
    } = error as Record<string, unknown>;
    const known = { message, status, code, param, type, requestID, said, hasCause: cause !== undefined };
    return { error: (constructor as Function).name, ...known, sent };
  } finally {
    vi.unstubAllEnvs();
  }
}

const withQuery = (query: unknown, difference?: DifferenceName): Case[] => [
  {
    what: `a client's query ${JSON.stringify(query)}`,
    options: { defaultQuery: query },
    ...(difference && { difference }),
  },
  {
    what: `a request's query ${JSON.stringify(query)}`,
    options: { defaultQuery: { a: "0", z: "1" } },
    request: { query },
    ...(difference && { difference }),
  },
];
const withHeaders = (what: string, headers: unknown): Case[] => [
  { what: `a client's headers ${what}`, options: { defaultHeaders: headers } },
  {
    what: `a request's headers ${what}`,
    options: { defaultHeaders: { "X-A": "0", "x-z": "1" } },
    request: { headers },
  },
];
const upload = (what: string, image: (module: Module) => unknown, difference?: DifferenceName): Case => ({
  what: `an upload: ${what}`,
  body: async (module) => ({ image: await image(module) }),
  ...(difference && { difference }),
});
const responded = (what: string, response: () => Response | Promise<Response>, difference?: DifferenceName): Case => ({
  what: `a response: ${what}`,
  responses: [response],
  options: { maxRetries: 0 },
  ...(difference && { difference }),
});

const cases: readonly Case[] = [
  // Options of a client.
  { what: "no option" },
  { what: "apiKey", options: { apiKey: "key" } },
  { what: "apiKey, a function", options: { apiKey: async () => "key" } },
  { what: "apiKey, a function, at each attempt", options: { apiKey: counter() }, responses: [busy, succeed] },
  { what: "apiKey of null", options: { apiKey: null }, difference: "noKey" },
  { what: "apiKey with a line end", options: { apiKey: "key\n" } },
  { what: "apiKey with a line end within", options: { apiKey: "key\nkey" }, difference: "header" },
  { what: "apiKey in curly quotes", options: { apiKey: "“key”" }, difference: "header" },
  { what: "OPENAI_API_KEY with white space", env: { OPENAI_API_KEY: "  key \n" } },
  { what: "organization and project", options: { organization: "org", project: "proj" } },
  { what: "organization and project of the environment", env: { OPENAI_ORG_ID: "org", OPENAI_PROJECT_ID: "proj" } },
  {
    what: "organization of null before the environment",
    options: { organization: null },
    env: { OPENAI_ORG_ID: "org" },
  },
  { what: "organization that is not Latin", options: { organization: "公司" }, difference: "header" },
  ...["http://h.example", "http://h.example/", "http://h.example/v1", "http://h.example/v1/"].map((baseURL): Case => ({
    what: `baseURL ${baseURL}`,
    options: { baseURL },
  })),
  { what: "baseURL of the environment", env: { OPENAI_BASE_URL: "http://h.example/v1" } },
  { what: "baseURL of null, and the environment", options: { baseURL: null } },
  { what: "baseURL of nothing", options: { baseURL: "" } },
  {
    what: "baseURL with a query",
    options: { baseURL: "http://h.example/v1?a=1&b=2", defaultQuery: { b: "3" } },
    request: { query: { c: "4" } },
  },
  { what: "baseURL with a query that repeats", options: { baseURL: "http://h.example/v1?a=1&a=2" } },
  { what: "baseURL with two slashes", options: { baseURL: "http://h.example/v1//" }, difference: "baseURLSlashes" },
  { what: "baseURL with a fragment", options: { baseURL: "http://h.example/v1#x" }, difference: "baseURLSlashes" },
  { what: "baseURL without a scheme", options: { baseURL: "h.example/v1" }, difference: "baseURL" },
  { what: "baseURL in quotes", options: { baseURL: '"http://h.example/v1"' }, difference: "baseURL" },
  {
    what: "baseURL of the whole endpoint",
    options: { baseURL: "http://h.example/v1/images/variations" },
    difference: "baseURL",
  },
  { what: "maxRetries 0", options: { maxRetries: 0 }, responses: [busy] },
  { what: "maxRetries 3", options: { maxRetries: 3 }, responses: [busy] },
  { what: "maxRetries undefined", options: { maxRetries: undefined }, responses: [busy, busy, succeed] },
  ...[NaN, -1, 1.5, "3"].map((maxRetries): Case => ({
    what: `maxRetries ${maxRetries}`,
    options: { maxRetries },
    responses: [busy, succeed],
    difference: "number",
  })),
  { what: "timeout", options: { timeout: 20, maxRetries: 0 }, responses: [never], difference: "connectionMessage" },
  { what: "timeout undefined", options: { timeout: undefined } },
  ...[NaN, -1, "10s"].map((timeout): Case => ({
    what: `timeout ${timeout}`,
    options: { timeout, maxRetries: 0 },
    responses: [slowly],
    difference: "number",
  })),
  ...[2 ** 31, Infinity].map((timeout): Case => ({
    what: `timeout ${timeout}`,
    options: { timeout, maxRetries: 0 },
    responses: [slowly],
    difference: "longTimeout",
  })),
  ...withHeaders("as an object", { "x-a": "1", "X-B": "2" }),
  ...withHeaders("as Headers", new Headers({ "x-a": "1" })),
  ...withHeaders("as pairs", [
    ["x-a", "1"],
    ["X-B", "2"],
  ]),
  ...withHeaders("as pairs that repeat", [
    ["x-a", "1"],
    ["X-A", "2"],
    ["x-b", "3"],
  ]),
  ...withHeaders("as an object of lists", { "x-a": ["1", "2"] }),
  ...withHeaders("as an object whose names repeat", { "x-a": "1", "X-A": "2" }),
  ...withHeaders("as pairs of lists", [["x-a", ["1", "2"]]]),
  ...withHeaders("of null", { "x-a": null, accept: null }),
  ...withHeaders("as pairs of null", [["x-a", null]]),
  ...withHeaders("of a list that begins with null", { "x-a": [null, "2"] }),
  ...withHeaders("of undefined", { "x-a": undefined }),
  ...withHeaders("of nothing", { "x-a": "" }),
  ...withHeaders("with an umlaut", { "x-a": "ü" }),
  ...withHeaders("none", undefined),
  ...withHeaders("null", null),
  { what: "an authorization of one's own", options: { defaultHeaders: { Authorization: "Basic abc" } } },
  { what: "no authorization", options: { defaultHeaders: { authorization: null, "api-key": "key" } } },
  { what: "a header with a space in its name", options: { defaultHeaders: { "x a": "1" } }, difference: "header" },
  {
    what: "OPENAI_CUSTOM_HEADERS",
    env: { OPENAI_CUSTOM_HEADERS: "X-A: 1\nx-b : a:b\nnothing\n" },
    options: { defaultHeaders: { "x-a": "2" } },
  },
  ...[
    { a: "1" },
    { a: "ü &=?" },
    { a: 1, b: true },
    { a: ["1", "2"] },
    { a: [] },
    { a: { b: "1", c: { d: 2 } } },
    { a: undefined, b: "1" },
    { a: null },
    { a: "" },
    {},
  ].flatMap((query) => withQuery(query)),
  ...withQuery({ a: new Date(0) }),
  { what: "query of null", request: { query: null } },
  { what: "fetchOptions", options: { fetchOptions: { cache: "no-store" } } },
  {
    what: "a request's fetchOptions over the client's",
    options: { fetchOptions: { cache: "no-store" } },
    request: { fetchOptions: { cache: "reload" } },
  },
  {
    what: "fetchOptions with headers",
    options: { fetchOptions: { headers: { "x-a": "1" } } },
    difference: "fetchOptions",
  },
  { what: "dangerouslyAllowBrowser", options: { dangerouslyAllowBrowser: true } },
  { what: "logLevel off", options: { logLevel: "off" } },
  { what: "options of null", options: undefined as never, request: null },
  ...["adminAPIKey", "webhookSecret"].map((name): Case => ({
    what: name,
    options: { [name]: "x" },
    difference: "scope",
  })),
  { what: "dataResidency", options: { dataResidency: "eu" }, difference: "scope" },
  { what: "an option that is unknown", options: { otter: 1 } },
  { what: "withOptions", change: (client) => client.withOptions({ baseURL: "http://two.example", maxRetries: 0 }) },
  {
    what: "withOptions that keeps the rest",
    options: { organization: "org", defaultHeaders: { "x-a": "1" }, defaultQuery: { b: "2" } },
    change: (client) => client.withOptions({}),
  },
  {
    what: "an assignment",
    change: (client) => Object.assign(client, { baseURL: "http://three.example/v1", maxRetries: 0 }),
  },
  // Options of a request.
  { what: "a request's maxRetries", request: { maxRetries: 2 }, responses: [busy] },
  {
    what: "a request's timeout",
    request: { timeout: 20, maxRetries: 0 },
    responses: [never],
    difference: "connectionMessage",
  },
  ...[1.5, "x", -1].map((timeout): Case => ({
    what: `a request's timeout ${timeout}`,
    request: { timeout },
    difference: "number",
  })),
  { what: "a signal", request: { signal: AbortSignal.timeout(20) }, responses: [never] },
  { what: "a signal that has fired", request: { signal: AbortSignal.abort(new Error("enough")) } },
  { what: "a signal of null", request: { signal: null } },
  { what: "idempotencyKey", request: { idempotencyKey: "once" }, difference: "idempotencyKey" },
  ...["path", "method", "body", "stream", "defaultBaseURL"].map((name): Case => ({
    what: `a request's ${name}`,
    request: {
      [name]:
        name === "stream" ? true : name === "method" ? "put" : name === "body" ? { a: 1 } : "http://four.example/x",
    },
    difference: "requestScope",
  })),
  // Parameters.
  {
    what: "every parameter",
    body: () => ({ image: file(), model: "dall-e-2", n: 2, response_format: "url", size: "256x256", user: "ü" }),
  },
  { what: "a parameter that is unknown", body: () => ({ image: file(), otter: "x", flag: true, rate: 0.5 }) },
  { what: "undefined", body: () => ({ image: file(), n: undefined }) },
  { what: "null", body: () => ({ image: file(), n: null }), difference: "null" },
  // Uploads.
  upload("a File", file),
  upload("a File without a type", () => new File([png], "otter.png"), "mediaType"),
  upload("a Blob", () => new Blob([png], { type: "image/png" }), "fileName"),
  upload("fs.createReadStream", () => createReadStream(path), "mediaType"),
  upload("a Response", () => new Response(png, { headers: { "content-type": "image/png" } }), "fileName"),
  upload("a Response with a URL", () =>
    Object.defineProperty(new Response(png, { headers: { "content-type": "image/png" } }), "url", {
      value: "http://x/a%20b.png?c",
    }),
  ),
  upload("a stream with a name", () => Object.assign(Readable.from([png]), { name: "otter.png" }), "mediaType"),
  upload("a web stream", () => new Blob([png]).stream(), "mediaType"),
  upload(
    "an async iterable",
    async function* () {
      yield png;
    },
    "mediaType",
  ),
  upload("a Buffer", () => png, "bytes"),
  upload("a Uint8Array", () => new Uint8Array(png), "bytes"),
  upload("an ArrayBuffer", () => new Uint8Array(png).buffer, "bytes"),
  upload("a URL", () => pathToFileURL(path), "url"),
  upload("a path", () => path, "notAFile"),
  upload("an object that has the file in it", () => ({ originalname: "otter.png", buffer: png }), "notAFile"),
  upload("an empty file", () => new File([], "a.png", { type: "image/png" }), "empty"),
  upload(
    "a file that is too large",
    () => new File([new Uint8Array(4_194_304)], "a.png", { type: "image/png" }),
    "tooLarge",
  ),
  upload("a file that is not there", () => createReadStream(join(folder, "none.png")), "unreadable"),
  upload("toFile of bytes", ({ toFile }) => toFile(png, "otter.png", { type: "image/png" })),
  upload("toFile of bytes without a type", ({ toFile }) => toFile(png, "otter.png"), "mediaType"),
  upload("toFile of a stream", ({ toFile }) => toFile(createReadStream(path), undefined, { type: "image/png" })),
  upload("toFile of a File with another name", ({ toFile }) => toFile(file(), "b.png")),
  upload("toFile of { url, blob() }", ({ toFile }) =>
    toFile({ url: "http://x/b.png", blob: async () => new Blob([png], { type: "image/png" }) } as never),
  ),
  upload("toFile of a stream of Blobs", ({ toFile }) =>
    toFile(Readable.from([new Blob([png], { type: "image/png" })]) as never, "b.png"),
  ),
  upload("toStreamingFile", ({ toStreamingFile }) =>
    toStreamingFile(Readable.from([png]), "otter.png", { type: "image/png" }),
  ),
  upload("toStreamingFile with a path", ({ toStreamingFile }) =>
    toStreamingFile(Readable.from([png]), "a/b/otter.png", { type: "image/png" }),
  ),
  upload(
    "toStreamingFile without a name",
    ({ toStreamingFile }) => toStreamingFile(Readable.from([png]), ""),
    "notAFile",
  ),
  // Responses.
  responded("a success", succeed),
  responded("a list of nothing", () => Response.json({ created: 1, data: [] })),
  responded("fields that is unknown", () => Response.json({ ...success, otter: { a: [1] } })),
  responded(
    "another type of JSON",
    () => new Response(JSON.stringify(success), { headers: { "content-type": "application/vnd.api+json" } }),
  ),
  ...[400, 401, 403, 404, 409, 413, 415, 422, 429, 451, 500, 503, 504].map((status) =>
    responded(`status ${status}`, fail(errorBody, status)),
  ),
  responded("an error without a message", fail({ error: { code: "c" } })),
  responded("an error with an object as message", fail({ error: { message: { a: 1 } } })),
  responded("an error without an envelope", fail({ message: "no", code: "c", param: "p", type: "t" })),
  responded("an error of nothing", fail({})),
  responded("an error without a body", () => new Response(null, { status: 400 })),
  responded("an error that is not JSON", () => new Response("<h1>Bad Request</h1>", { status: 400 })),
  responded("an error of text", fail({ error: "no" }), "errorBody"),
  responded("an error of null", fail({ error: null, detail: "no" }), "errorBody"),
  responded("an error in detail", fail({ detail: "no" }), "errorBody"),
  responded("an error of FastAPI", fail({ detail: [{ loc: ["body", "n"], msg: "no", type: "t" }] }, 422), "errorBody"),
  responded("a page", () => new Response("<h1>Sign in</h1>", { headers: { "content-type": "text/html" } }), "notJson"),
  responded("nothing", () => new Response(null, { headers: { "content-type": "application/json" } }), "notJson"),
  responded("JSON that is not called JSON", () => new Response(JSON.stringify(success)), "notJson"),
  responded(
    "JSON that breaks off",
    () => new Response('{"created":', { headers: { "content-type": "application/json" } }),
    "notJson",
  ),
  responded("an error with status 200", () => Response.json(errorBody), "errorWith200"),
  responded("an empty object", () => Response.json({}), "errorWith200"),
  responded(
    "a body that breaks off",
    () => new Response(broken(), { headers: { "content-type": "application/json" } }),
    "brokenBody",
  ),
  responded("a connection that fails", () => Promise.reject(new TypeError("fetch failed")), "connectionMessage"),
  responded(
    "a connection that times out",
    () => Promise.reject(new TypeError("fetch failed", { cause: new Error("ETIMEDOUT") })),
    "connectionMessage",
  ),
  {
    what: "a success that says to try again",
    responses: [() => Response.json(success, { headers: { "x-should-retry": "true" } })],
  },
  {
    what: "an error that says to try again",
    responses: [fail(errorBody, 400, { "x-should-retry": "true", "retry-after-ms": "1" }), succeed],
  },
  { what: "an error that says not to", responses: [fail(errorBody, 500, { "x-should-retry": "false" }), succeed] },
];

function counter(): () => Promise<string> {
  let count = 0;
  return async () => `key-${count++ % 2}`;
}

async function slowly(url: string, init: RequestInit): Promise<Response> {
  return Promise.race([new Promise<Response>((resolve) => setTimeout(() => resolve(succeed()), 40)), never(url, init)]);
}

function broken(): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({ pull: (controller) => controller.error(new TypeError("terminated")) });
}

describe("both clients do the same with", () => {
  it.each(cases)("$what", async (row) => {
    const ours = await outcomeOf(ourModule, row);
    const official = await outcomeOf(officialModule as unknown as Module, row);
    if (row.difference) expect(ours).not.toEqual(official);
    else expect(ours).toEqual(official);
  });
});

describe("the differences that are meant", () => {
  it("are those that the README shows", () => {
    expect(readFileSync(new URL("../README.md", import.meta.url), "utf8")).toContain(differenceTable());
  });

  it("are each shown by a case here, or by one that needs a server", () => {
    const needServer: readonly DifferenceName[] = ["redirect", "redirectElsewhere", "endless", "userAgent"];
    const shown = new Set([...cases.flatMap(({ difference }) => difference ?? []), ...needServer]);
    expect(Object.keys(intendedDifferences).filter((name) => !shown.has(name as DifferenceName))).toEqual([]);
  });
});

describe("the names of the official SDK", () => {
  const outOfScope =
    /^(AzureOpenAI|BedrockOpenAI|PagePromise|InvalidWebhookSignatureError|LengthFinishReasonError|ContentFilterFinishReasonError|OAuthError|SubjectTokenProviderError|ComputerToolset|.*WebSocket.*|bedrock|azure|.*provider.*)$/i;
  it("are exported, as far as they have to do with this call", () => {
    const names = Object.keys(officialModule).filter(
      (name) => !(name in ourModule) && !outOfScope.test(name) && name !== "module.exports",
    );
    expect(names).toEqual([]);
  });

  it("are on the class", () => {
    const resources = /^[A-Z][a-z]+[A-Za-z]*$/;
    const statics = Object.getOwnPropertyNames(Official).filter(
      (name) =>
        !["length", "name", "prototype", "OpenAI", "InvalidWebhookSignatureError"].includes(name) &&
        (!resources.test(name) || name.endsWith("Error") || name === "Images"),
    );
    expect(statics.filter((name) => !(name in OpenAI))).toEqual([]);
    expect(OpenAI.DEFAULT_TIMEOUT).toBe((Official as unknown as { DEFAULT_TIMEOUT: number }).DEFAULT_TIMEOUT);
  });
});
