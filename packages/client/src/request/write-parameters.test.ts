import { describe, expect, it } from "vitest";
import {
  type Contract,
  type ContractOperation,
  createMethods,
  encodeForm,
  OpenAIError,
  type RequestOptions,
  type RuntimeOptions,
  writeParameters,
} from "../runtime.ts";

interface Call {
  /** Default: `GET /pets`. */
  readonly name?: string;
  readonly operation?: Partial<ContractOperation>;
  readonly input?: object | null | undefined;
  readonly options?: RequestOptions;
  readonly client?: RuntimeOptions;
}

/** The request that a call of a method sends. */
async function requestOf({ name = "GET /pets", operation, input, options, client }: Call): Promise<Request> {
  const contract: Contract = {
    baseURL: "https://pets.example.com/v1",
    operations: { [name]: { security: [], ...operation } },
    methods: { call: name },
    encoders: { "application/x-www-form-urlencoded": encodeForm },
    writeParameters,
  };
  const sent: Request[] = [];
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    sent.push(new Request(url, init));
    return Response.json({});
  };
  const { call } = createMethods<{ call: (input?: object | null, options?: RequestOptions) => Promise<unknown> }>(
    contract,
    { fetch, ...client },
  );
  await call(input, options);
  return sent[0]!;
}

const queryOf = async (call: Call): Promise<string> => new URL((await requestOf(call)).url).search;
const headersOf = async (call: Call): Promise<object> => Object.fromEntries((await requestOf(call)).headers);
const accept = "application/json, */*;q=0.5";
const time = new Date("2026-05-12T09:30:00Z");

describe("a query parameter", () => {
  it.each([
    { what: "text", query: { a: "x y" }, written: "?a=x+y" },
    { what: "a number and a boolean", query: { a: 0, b: false }, written: "?a=0&b=false" },
    { what: "null, as text", query: { a: null }, written: "?a=null" },
    { what: "nothing, if it is undefined", query: { a: undefined, b: 1 }, written: "?b=1" },
    { what: "a date in ISO 8601", query: { a: time }, written: "?a=2026-05-12T09%3A30%3A00.000Z" },
    { what: "a list, its name repeated", query: { a: [1, "b", null] }, written: "?a=1&a=b&a=null" },
    { what: "a list of objects as JSON", query: { a: [{ b: 1 }] }, written: "?a=%7B%22b%22%3A1%7D" },
    { what: "a list of dates", query: { a: [time] }, written: "?a=2026-05-12T09%3A30%3A00.000Z" },
    { what: "a list without what is undefined", query: { a: [1, undefined, 2] }, written: "?a=1&a=2" },
    { what: "an object by its keys", query: { a: { b: 1, c: undefined, d: "e" } }, written: "?b=1&d=e" },
  ])("is written as $what", async ({ query, written }) => {
    expect(await queryOf({ input: { params: { query } } })).toBe(written);
  });

  it.each([
    { style: "comma", value: [1, 2], written: "?a=1%2C2" },
    { style: "space", value: [1, 2], written: "?a=1+2" },
    { style: "pipe", value: [1, 2], written: "?a=1%7C2" },
    { style: "comma", value: { b: 1, c: { d: 2 } }, written: "?a=b%2C1%2Cc%2C%7B%22d%22%3A2%7D" },
    { style: "comma", value: "x", written: "?a=x" },
    { style: "comma", value: null, written: "?a=null" },
    { style: "comma", value: time, written: "?a=2026-05-12T09%3A30%3A00.000Z" },
    { style: "deepObject", value: { b: 1, c: undefined, d: [2] }, written: "?a%5Bb%5D=1&a%5Bd%5D=%5B2%5D" },
    { style: "deepObject", value: "x", written: "?a=x" },
  ] as const)("has the style $style: $value", async ({ style, value, written }) => {
    const operation = { queryStyles: { a: style } };
    expect(await queryOf({ operation, input: { params: { query: { a: value } } } })).toBe(written);
  });

  it("has the style of its own name alone, whatever it is called", async () => {
    const query = { constructor: [1, 2], b: [3, 4] };
    expect(await queryOf({ operation: { queryStyles: { b: "comma" } }, input: { params: { query } } })).toBe(
      "?constructor=1&constructor=2&b=3%2C4",
    );
  });

  it("wins over the client's of that name, and the request's over both", async () => {
    const call = { client: { defaultQuery: { a: 1, b: 1, c: 1 } }, input: { params: { query: { b: 2, c: 2 } } } };
    expect(await queryOf({ ...call, options: { query: { c: 3 } } })).toBe("?a=1&b=2&c=3");
  });
});

describe("a path parameter", () => {
  const pathOf = async (id: unknown): Promise<string> => {
    const { url } = await requestOf({ name: "GET /pets/{id}/toys", input: { params: { path: { id } } } });
    return url.slice("https://pets.example.com/v1/pets/".length, -"/toys".length);
  };

  it.each([
    { value: "a b/c?d", written: "a%20b%2Fc%3Fd" },
    { value: 0, written: "0" },
    { value: false, written: "false" },
    { value: time, written: "2026-05-12T09%3A30%3A00.000Z" },
    { value: ["a", "b/c"], written: "a,b%2Fc" },
    { value: { b: 1 }, written: "%7B%22b%22%3A1%7D" },
    { value: "...", written: "..." },
    { value: ".a", written: ".a" },
    { value: "..a", written: "..a" },
    { value: "a.", written: "a." },
    { value: "a..", written: "a.." },
  ])("is written in the path: $value", async ({ value, written }) => {
    expect(await pathOf(value)).toBe(written);
  });

  it.each([undefined, null, ""])("that is %o is missing", async (value) => {
    const missing = pathOf(value);
    await expect(missing).rejects.toBeInstanceOf(OpenAIError);
    await expect(missing).rejects.toThrow(/^GET \/pets\/\{id\}\/toys: the path parameter "id" is missing\.$/);
  });

  it("is missing if no parameters are given at all", async () => {
    for (const input of [undefined, {}, { params: {} }]) {
      await expect(requestOf({ name: "GET /pets/{id}", input })).rejects.toThrow('"id" is missing');
    }
  });

  it.each([".", ".."])("that is %o leads to another path, in the middle and at the end", async (id) => {
    for (const name of ["GET /pets/{id}/toys", "GET /pets/{id}"]) {
      const call = requestOf({ name, input: { params: { path: { id } } } });
      await expect(call).rejects.toBeInstanceOf(OpenAIError);
      await expect(call).rejects.toThrow(
        `${name}: a path parameter must not be "." or "..", which lead to another path.`,
      );
    }
  });

  it("is one of several in a path", async () => {
    const input = { params: { path: { a: 1, "b-c": 2 } } };
    const { url } = await requestOf({ name: "GET /x/{a},{b-c}", input });
    expect(url).toBe("https://pets.example.com/v1/x/1,2");
  });
});

describe("a header and a cookie", () => {
  it.each([
    {
      what: "a header: text, numbers, dates, a list with commas, and JSON",
      params: { header: { "X-A": "a", "x-b": 0, "x-c": time, "x-d": [1, "b"], "x-e": { f: 1 }, "x-g": undefined } },
      headers: { "x-a": "a", "x-b": "0", "x-c": "2026-05-12T09:30:00.000Z", "x-d": "1,b", "x-e": '{"f":1}' },
    },
    {
      what: "cookies, in one header",
      params: { cookie: { a: "x y;z", b: 2, c: undefined, d: { e: 1 } } },
      headers: { cookie: "a=x%20y%3Bz; b=2; d=%7B%22e%22%3A1%7D" },
    },
    { what: "no cookie, if none is given", params: { cookie: { a: undefined } }, headers: {} },
    { what: "no parameters at all", params: undefined, headers: {} },
  ])("are sent as headers: $what", async ({ params, headers }) => {
    expect(await headersOf({ input: { params } })).toEqual({ accept, ...headers });
  });

  it("win over the client's headers, and the request's over both", async () => {
    const client = { defaultHeaders: { "x-a": "client", "x-b": "client", "x-c": "client" } };
    const input = { params: { header: { "x-b": "call", "x-c": "call" } } };
    expect(await headersOf({ client, input, options: { headers: { "X-C": "request" } } })).toEqual({
      accept,
      "x-a": "client",
      "x-b": "call",
      "x-c": "request",
    });
  });

  it("are left out if the method is given null or nothing", async () => {
    for (const input of [null, undefined]) expect(await headersOf({ input })).toEqual({ accept });
  });
});

describe("a key that is not a bearer token", () => {
  const seen = async (call: Call): Promise<object> => {
    const { url, headers } = await requestOf(call);
    return { query: new URL(url).search, ...Object.fromEntries(headers) };
  };
  const bare = { query: "", accept };

  it.each([
    { place: { in: "header", name: "X-Key" }, sent: { ...bare, "x-key": "a b" } },
    { place: { in: "header", name: "authorization", prefix: "Bot " }, sent: { ...bare, authorization: "Bot a b" } },
    { place: { in: "header", name: "x-key", prefix: "Basic " }, sent: { ...bare, "x-key": `Basic ${btoa("a b")}` } },
    { place: { in: "query", name: "key" }, sent: { ...bare, query: "?key=a+b" } },
    { place: { in: "cookie", name: "key" }, sent: { ...bare, cookie: "key=a%20b" } },
  ] as const)("goes where the contract has it, and nowhere else: $place", async ({ place, sent }) => {
    const operation = { key: place };
    expect(await seen({ operation, client: { apiKey: "a b" } })).toEqual(sent);
    expect(await seen({ operation, client: { apiKey: async () => "a b" } })).toEqual(sent);
  });

  it.each(["header", "query", "cookie"] as const)("is not sent if the client has none: in the %s", async (place) => {
    expect(await seen({ operation: { key: { in: place, name: "key" } } })).toEqual(bare);
  });

  it("goes beside the other parameters of its place", async () => {
    const both = { client: { apiKey: "k" }, input: { params: { query: { a: 1 }, cookie: { a: 1 } } } };
    expect(await seen({ ...both, operation: { key: { in: "query", name: "key" } } })).toEqual({
      ...bare,
      query: "?a=1&key=k",
      cookie: "a=1",
    });
    expect(await seen({ ...both, operation: { key: { in: "cookie", name: "key" } } })).toEqual({
      ...bare,
      query: "?a=1",
      cookie: "a=1; key=k",
    });
  });

  it("is replaced by a header of the client's, and checked like one", async () => {
    const operation: Partial<ContractOperation> = { key: { in: "header", name: "x-key" } };
    const client = { apiKey: "k", defaultHeaders: { "x-key": "own" } };
    expect(await seen({ operation, client })).toEqual({ ...bare, "x-key": "own" });
    const invalid = requestOf({ operation, client: { apiKey: async () => "a\nb" } });
    await expect(invalid).rejects.toThrow(/^`apiKey` contains a character .* at position 1\.$/);
  });

  it.each(["header", "query", "cookie"] as const)("is an error if its function has none for the %s", async (place) => {
    const operation: Partial<ContractOperation> = { key: { in: place, name: "key" } };
    const empty = requestOf({ operation, client: { apiKey: async () => "" } });
    await expect(empty).rejects.toThrow(/^The `apiKey` function must return a non-empty string, got an empty one\.$/);
    const failing = requestOf({ operation, client: { apiKey: () => Promise.reject(new Error("no network")) } });
    await expect(failing).rejects.toBeInstanceOf(OpenAIError);
    await expect(failing).rejects.toThrow("The `apiKey` function failed: Error: no network");
  });
});

describe("a bearer token", () => {
  it("is sent to the operations that take one, if the client has one", async () => {
    const operation = { security: ["bearer"] };
    expect(await headersOf({ operation, client: { apiKey: "k" } })).toEqual({ accept, authorization: "Bearer k" });
    expect(await headersOf({ operation })).toEqual({ accept });
    expect(await headersOf({ client: { apiKey: "k" } })).toEqual({ accept });
  });
});

describe("what a request accepts", () => {
  it("is JSON alone, if the contract says that all successes are JSON", async () => {
    expect(await headersOf({ operation: { response: { kind: "value" } } })).toEqual({ accept: "application/json" });
  });
});

describe("a form", () => {
  it("is written like a query, and is empty without values", async () => {
    const operation = { requestMediaType: "application/x-www-form-urlencoded", bodyAlone: true };
    for (const [input, text] of [
      [{ a: [1, 2], b: { c: "d&e" }, f: undefined }, "a=1&a=2&c=d%26e"],
      [{}, ""],
    ] as const) {
      const request = await requestOf({ name: "POST /forms", operation, input });
      expect(request.headers.get("content-type")).toBe("application/x-www-form-urlencoded");
      expect(await request.text()).toBe(text);
    }
  });
});
