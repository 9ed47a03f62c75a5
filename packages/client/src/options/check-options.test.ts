// What is wrong with an option is said at once, by the option's name, wherever the option enters; nothing is sent.
import { afterEach, describe, expect, it, vi } from "vitest";
import OpenAI, {
  type ClientOptions,
  createClient,
  type RequestOptions,
  saveVariation,
  streamVariation,
} from "../testing/doors.ts";
import { createMethods } from "../runtime.ts";
import { jsonResponse, observedFetch } from "../testing/observed-fetch.ts";
import { pngBytes } from "../testing/png-bytes.ts";

const image = pngBytes();
afterEach(() => vi.unstubAllEnvs());

/** The error of an operation that must fail before anything is sent, by throwing or by rejecting. */
async function failure(act: (fetch: ClientOptions["fetch"]) => unknown): Promise<Error> {
  const { fetch, requests } = observedFetch(jsonResponse({ created: 1, data: [] }));
  try {
    await act(fetch);
  } catch (error) {
    expect(requests).toHaveLength(0);
    return error as Error;
  }
  throw new Error("expected an error, got none");
}

type Act = (option: object, fetch: ClientOptions["fetch"]) => unknown;
const make = (options: object): OpenAI => new OpenAI({ apiKey: "key", ...options });

/** Every way to pass an option to a client. */
const clientEntries: Readonly<Record<string, Act>> = {
  "the constructor": (option, fetch) => make({ fetch, ...option }).images.createVariation({ image }),
  "an assignment": (option, fetch) => Object.assign(make({ fetch }), option).images.createVariation({ image }),
  withOptions: (option, fetch) => make({ fetch }).withOptions(option).images.createVariation({ image }),
  createClient: (option, fetch) =>
    createClient({ apiKey: "key", fetch, ...option }).POST("/images/variations", { body: { image } }),
};

/** Every way to pass an option to one request. */
const requestEntries: Readonly<Record<string, Act>> = {
  createVariation: (option, fetch) => make({ fetch }).images.createVariation({ image }, option),
  streamVariation: (option, fetch) => streamVariation(make({ fetch }), { image }, option).finalResponse(),
  saveVariation: (option, fetch) => saveVariation(make({ fetch }), { image }, option),
};

const notNumbers: readonly unknown[] = [
  NaN,
  -1,
  -Infinity,
  0.5,
  1.5,
  2 ** 53,
  "3",
  "",
  "10s",
  true,
  {},
  [],
  () => 1,
  5n,
];
const invalid: Readonly<Record<string, readonly unknown[]>> = {
  timeout: [0, ...notNumbers],
  maxRetries: [Infinity, ...notNumbers],
  maxResponseBytes: [0, ...notNumbers],
  maxUploadBytes: [0, ...notNumbers],
};

describe.each(Object.entries(invalid))("%s", (name, values) => {
  const entries = { ...clientEntries, ...(name in { timeout: 1, maxRetries: 1 } && requestEntries) };
  it.each(Object.entries(entries))("that is invalid is named, by %s", async (_, act) => {
    for (const value of values) {
      const error = await failure((fetch) => act({ [name]: value }, fetch));
      expect(error.constructor).toBe(OpenAI.OpenAIError);
      expect(error.message).toMatch(new RegExp(`^\`${name}\` must be a whole number, at least \\d, got `));
    }
  });

  it("has its default when it is undefined or null", async () => {
    for (const value of [undefined, null]) {
      const { fetch } = observedFetch(jsonResponse({ created: 1, data: [] }));
      for (const act of Object.values(entries)) {
        if (act !== requestEntries["saveVariation"]) await act({ [name]: value }, fetch);
      }
    }
  });
});

describe("a time beyond what a timer can wait for", () => {
  it.each([2 ** 31 - 1, 2 ** 31, 2 ** 40, Infinity])("%d ms is waited for, and not 1", async (timeout) => {
    const { fetch, requests } = observedFetch(
      () => new Promise((resolve) => setTimeout(() => resolve(Response.json({ created: 1, data: [] })), 30)),
    );
    await make({ fetch, timeout }).images.createVariation({ image });
    await make({ fetch }).images.createVariation({ image }, { timeout });
    expect(requests).toHaveLength(2);
  });
});

const secret = "sk-secret-123";

describe("a request that can't be made is an error at once, which does not show a secret:", () => {
  it.each<[string, object, RegExp]>([
    [
      "a key with a line end within",
      { apiKey: `${secret}\nabc` },
      /^`apiKey` contains a character.*: U\+000A at position 13\.$/,
    ],
    ["a key in curly quotes", { apiKey: `“${secret}”` }, /^`apiKey` contains .* U\+201C at position 0/],
    ["a key that is a file of JSON", { apiKey: `{\n"key": "${secret}"\n}` }, /^`apiKey` contains /],
    ["a key with a NUL", { apiKey: `${secret}\0` }, /^`apiKey` contains .* U\+0000/],
    ["an organization in Chinese", { organization: "公司" }, /^`organization` contains .* U\+516C at position 0/],
    ["a project with an emoji", { project: "p🦦" }, /^`project` contains /],
    [
      "a header's value with a line end",
      { defaultHeaders: { "x-a": `${secret}\r\nb: c` } },
      /^The header x-a contains /,
    ],
    ["a header's value that is not Latin", { defaultHeaders: { "x-a": `${secret}—` } }, /^The header x-a contains /],
    ["a header's name with a space", { defaultHeaders: { "x a": "b" } }, /^Invalid header name: "x a"/],
    ["a header without a name", { defaultHeaders: { "": "b" } }, /^Invalid header name: ""/],
    ["a mode that fetch does not know", { fetchOptions: { mode: "otter" } }, /^Invalid request: .*\(POST /],
    ["a `fetch` with a body of its own", { fetchOptions: { body: "x" } }, /^Option `body` is not supported/],
    ["a `fetch` with headers of its own", { fetchOptions: { headers: {} } }, /^Option `headers` is not supported/],
  ])("%s", async (_, options, message) => {
    const acts = Object.entries(clientEntries).filter(
      ([entry]) => !("fetchOptions" in options) || entry !== "createClient",
    );
    for (const [, act] of acts) {
      const started = performance.now();
      // Node's own, which is what finds fault with its options.
      const error = await failure(() =>
        act(options, "mode" in Object(Object(options).fetchOptions) ? fetch : undefined),
      );
      expect(error.constructor).toBe(OpenAI.OpenAIError);
      expect(error.message).toMatch(message);
      expect(`${error.message} ${String(error.cause)}`).not.toContain(secret);
      expect(performance.now() - started, "tried again").toBeLessThan(400);
    }
  });

  it("a key that a function returns", async () => {
    const apiKey = async (): Promise<string> => `${secret}\n\n${secret}`;
    for (const act of Object.values(clientEntries)) {
      const error = await failure((fetch) => act({ apiKey }, fetch));
      expect(error.message).toMatch(/^`apiKey` contains a character that is invalid in an HTTP header/);
    }
  });

  it("but white space around a key, as files end with, does not matter", async () => {
    const { fetch, requests } = observedFetch(jsonResponse({ created: 1, data: [] }));
    await make({ fetch, apiKey: `\uFEFF ${secret}\r\n` }).images.createVariation({ image });
    await make({ fetch, apiKey: async () => `${secret}\n` }).images.createVariation({ image });
    expect(requests.map(({ headers }) => headers.get("authorization"))).toEqual([
      `Bearer ${secret}`,
      `Bearer ${secret}`,
    ]);
  });
});

describe("an option of the official SDK that this client does not have is rejected, and not ignored:", () => {
  const client = [
    "adminAPIKey",
    "credential",
    "dataResidency",
    "provider",
    "webhookSecret",
    "workloadIdentity",
    "x509Transport",
  ];
  it.each(client)("%s of a client", async (name) => {
    for (const act of [
      clientEntries["the constructor"]!,
      clientEntries["withOptions"]!,
      clientEntries["createClient"]!,
    ]) {
      const error = await failure((fetch) => act({ [name]: "x" }, fetch));
      expect(error.message).toBe(`Option \`${name}\` is not supported by this client.`);
    }
    expect(make({ [name]: null })).toBeInstanceOf(OpenAI);
  });

  it.each(["body", "defaultBaseURL", "method", "path", "stream"])("%s of a request", async (name) => {
    const error = await failure((fetch) => requestEntries["createVariation"]!({ [name]: "x" }, fetch));
    expect(error.message).toBe(`Option \`${name}\` is not supported by this client.`);
  });
});

describe("a base URL", () => {
  const forms: readonly [form: string, called: string | RegExp][] = [
    ["http://h.example", "http://h.example/images/variations"],
    ["http://h.example/", "http://h.example/images/variations"],
    ["http://h.example/v1", "http://h.example/v1/images/variations"],
    ["http://h.example/v1/", "http://h.example/v1/images/variations"],
    ["http://h.example/v1//", "http://h.example/v1/images/variations"],
    [" http://h.example/v1\n", "http://h.example/v1/images/variations"],
    ["HTTP://H.EXAMPLE:80/v1", "http://h.example/v1/images/variations"],
    ["http://[::1]:8080/v1", "http://[::1]:8080/v1/images/variations"],
    ["http://bücher.example/v1", "http://xn--bcher-kva.example/v1/images/variations"],
    ["http://h.example/a%20b", "http://h.example/a%20b/images/variations"],
    ["http://h.example/v1#part", "http://h.example/v1/images/variations"],
    ["http://h.example/v1?", "http://h.example/v1/images/variations"],
    ["http://h.example/v1/?#", "http://h.example/v1/images/variations"],
    ["http://h.example?a=?b", "http://h.example/images/variations?a=?b"],
    ["http://h.example#a?b", "http://h.example/images/variations"],
    ["http:\\\\h.example\\v1\\", "http://h.example/v1/images/variations"],
    ["http://h.example/d?api-version=2025", "http://h.example/d/images/variations?api-version=2025"],
    ["http://h.example/d/?api-version=2025#x", "http://h.example/d/images/variations?api-version=2025"],
    ["http://h.example/d?a=/x/y&b=%2F", "http://h.example/d/images/variations?a=%2Fx%2Fy&b=%2F"],
    ["h.example/v1", /begins with http/],
    ["localhost:8000/v1", /begins with http/],
    ["//h.example/v1", /begins with http/],
    ["/v1", /begins with http/],
    ["v1", /begins with http/],
    ["ftp://h.example/v1", /begins with http/],
    ["file:///v1", /begins with http/],
    ["http://", /begins with http/],
    ["http:///", /begins with http/],
    ["http://?h.example", /begins with http/],
    ["http://#h.example", /begins with http/],
    ["http://h.example:99999", /begins with http/],
    ["undefined", /begins with http/],
    ["null", /begins with http/],
    ['"http://h.example/v1"', /begins with http/],
    ["“http://h.example/v1”", /begins with http/],
    ["http://h.example/v1'", /must not contain spaces or quotes/],
    ['http://h.example/v1"', /must not contain spaces or quotes/],
    ["http://h.example/my path", /must not contain spaces or quotes/],
    ["http://h example/v1", /begins with http/],
    [
      "http://me:secret@h.example/v1",
      /must not contain credentials: use `apiKey` or `defaultHeaders`, got "…h\.example\/v1"\.$/,
    ],
    ["http://secret@h.example/v1", /must not contain credentials/],
    ["http://:secret@h.example/v1", /must not contain credentials/],
    ["xhttp://h.example/v1", /begins with http/],
    ["ftp://h.example/v1?a=secret&b#secret", /begins with http:\/\/ or https:\/\/, got "ftp:\/\/h\.example\/v1…"\.$/],
    ["ftp://a@secret@h.example/v1", /got "…h\.example\/v1"\.$/],
    ["http://h.example/v1/images/variations", /must not end with \/images\/variations/],
    ["http://h.example/v1/images/variations/?a=1", /must not end with \/images\/variations/],
  ];
  const entries: Readonly<Record<string, Act>> = {
    ...clientEntries,
    OPENAI_BASE_URL: ({ baseURL }: { baseURL?: string }, fetch) => {
      vi.stubEnv("OPENAI_BASE_URL", baseURL);
      return make({ fetch }).images.createVariation({ image });
    },
  };

  it.each(forms)("%j, assigned to a client: %s", async (baseURL, called) => {
    const { fetch, requests } = observedFetch(jsonResponse({ created: 1, data: [] }));
    const client = Object.assign(make({ fetch, baseURL: "http://old.example" }), { baseURL });
    const outcome = await client.images.createVariation({ image }).then(
      () => decodeURIComponent(requests[0]?.url ?? "nowhere"),
      (error: unknown) => String(error),
    );
    if (called instanceof RegExp) expect(outcome).toMatch(called);
    else expect(outcome).toBe(decodeURIComponent(called));
  });

  it.each(forms)("%j: %s", async (baseURL, called) => {
    for (const act of Object.values(entries)) {
      if (called instanceof RegExp) {
        const error = await failure((fetch) => act({ baseURL }, fetch));
        expect(error.constructor).toBe(OpenAI.OpenAIError);
        expect(error.message).toMatch(/^`baseURL` must /);
        expect(error.message).toMatch(called);
        expect(error.message).not.toContain("secret");
      } else {
        const { fetch, requests } = observedFetch(jsonResponse({ created: 1, data: [] }));
        await act({ baseURL }, fetch);
        expect(decodeURIComponent(requests[0]!.url)).toBe(decodeURIComponent(called));
      }
    }
  });

  it("keeps its query beside the client's and the request's, which win", async () => {
    const { fetch, requests } = observedFetch(jsonResponse({ created: 1, data: [] }));
    const client = make({ fetch, baseURL: "http://h.example/v1?a=1&a=2&b=1&c=1", defaultQuery: { b: 2 } });
    await client.images.createVariation({ image }, { query: { c: undefined, d: 4 } });
    expect(requests[0]!.url).toBe("http://h.example/v1/images/variations?a=1&a=2&b=2&d=4");
  });
});

describe("a client's constructor", () => {
  it.each<[object, RegExp]>([
    [{ organization: "公司" }, /^`organization` contains /],
    [{ project: "公司" }, /^`project` contains /],
    [{ apiKey: "a\nb" }, /^`apiKey` contains /],
    [{ timeout: 0 }, /^`timeout` must be a whole number, at least 1, got 0\.$/],
    [{ maxRetries: "3" }, /^`maxRetries` must be a whole number, at least 0, got string\.$/],
    [{ maxResponseBytes: 1.5 }, /^`maxResponseBytes` must be a whole number, at least 1, got 1\.5\.$/],
    [{ baseURL: "v1" }, /^`baseURL` must be a URL /],
    [{ credential: {} }, /^Option `credential` is not supported/],
    [{ fetchOptions: { method: "GET" } }, /^Option `method` is not supported/],
  ])("says what is wrong before anything is called: %j", (options, message) => {
    expect(() => make(options)).toThrow(message);
    expect(() => createClient({ apiKey: "key", ...options })).toThrow(message);
  });

  it("needs no environment", () => {
    for (const process of [undefined, {}]) {
      vi.stubGlobal("process", process);
      try {
        expect(make({}).baseURL).toBe("https://api.openai.com/v1");
        expect(() => new OpenAI()).toThrow("Missing API key");
      } finally {
        vi.unstubAllGlobals();
      }
    }
  });

  it("needs no key of a browser's visitors, if there is none", () => {
    vi.stubGlobal("document", {});
    try {
      const contract = { baseURL: "https://a.example", operations: {}, methods: {} };
      expect(createMethods(contract)).toEqual({});
      expect(() => createMethods(contract, { apiKey: "key" })).toThrow(/dangerouslyAllowBrowser/);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

describe("where a browser runs", () => {
  it.each(["document", "importScripts"])("a key is not handed to visitors unasked: %s", (name) => {
    vi.stubGlobal(name, () => {});
    try {
      expect(() => make({})).toThrow(/dangerouslyAllowBrowser: true/);
      expect(make({ dangerouslyAllowBrowser: true })).toBeInstanceOf(OpenAI);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

describe("other options", () => {
  it("of null are ignored, of a client and of a request", async () => {
    vi.stubEnv("OPENAI_API_KEY", "key");
    expect(new OpenAI(null)).toBeInstanceOf(OpenAI);
    const { fetch, requests } = observedFetch(jsonResponse({ created: 1, data: [] }));
    await make({ fetch }).images.createVariation({ image }, null as RequestOptions | null);
    expect(requests).toHaveLength(1);
  });

  it("withOptions makes a client of the same class", () => {
    class Mine extends OpenAI {
      readonly mine = true;
    }
    const other = new Mine({ apiKey: "key" }).withOptions({ maxRetries: 0 });
    expect([other.constructor, other.mine, other.maxRetries]).toEqual([Mine, true, 0]);
  });

  it("take their headers from OPENAI_CUSTOM_HEADERS, below those of the client", async () => {
    vi.stubEnv("OPENAI_CUSTOM_HEADERS", "X-One: 1\n x-two : a:b \nno header\nX-Three: 3");
    const { fetch, requests } = observedFetch(jsonResponse({ created: 1, data: [] }));
    await make({ fetch, defaultHeaders: { "x-three": "three" } }).images.createVariation({ image });
    expect(["x-one", "x-two", "x-three"].map((name) => requests[0]!.headers.get(name))).toEqual(["1", "a:b", "three"]);
  });

  it("warn once of an invalid level in OPENAI_LOG, and log as by default", async () => {
    vi.stubEnv("OPENAI_LOG", "verbose");
    const lines: string[] = [];
    const write = (line: string): void => void lines.push(line);
    const logger = { error: write, warn: write, info: write, debug: write };
    const { fetch } = observedFetch(jsonResponse({ created: 1, data: [] }));
    const client = make({ fetch, logger });
    await client.images.createVariation({ image });
    await client.images.createVariation({ image });
    expect(lines).toEqual(["logLevel must be one of off, error, warn, info, debug, got verbose: using warn."]);
  });

  it("a signal among the options of fetch ends the request", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const client = make({ fetch: () => new Promise(() => {}), fetchOptions: { signal: controller.signal } });
    const call = client.images.createVariation({ image });
    controller.abort(reason);
    await expect(call).rejects.toMatchObject({ constructor: OpenAI.APIUserAbortError, cause: reason });
  });
});
