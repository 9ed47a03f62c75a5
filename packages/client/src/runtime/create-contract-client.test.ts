import { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import type { Middleware } from "openapi-fetch";
import { describe, expect, it } from "vitest";
import {
  type Contract,
  createClient,
  encodeMultipart,
  OpenAIError,
  type RuntimeOptions,
  UnexpectedResponseError,
} from "../runtime.ts";

const contract: Contract = {
  baseURL: "https://pets.example.com/v1",
  operations: {
    "GET /pets/{id}": { security: ["bearer"], response: { kind: "object", required: ["name"] } },
    "POST /pets": { security: [], requestMediaType: "application/json" },
    "POST /photos": { security: [], requestMediaType: "multipart/form-data", uploads: { photo: {} } },
    "DELETE /pets": { security: [] },
  },
  methods: {},
  encoders: { "multipart/form-data": encodeMultipart },
};

interface Result {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

type Call = (path: string, init?: object) => Promise<Result>;

interface Client extends Record<"GET" | "PUT" | "POST" | "DELETE" | "OPTIONS" | "HEAD" | "PATCH" | "TRACE", Call> {
  readonly request: (method: string, path: string, init?: object) => Promise<Result>;
  readonly use: (...middleware: Middleware[]) => void;
  readonly eject: (...middleware: Middleware[]) => void;
}

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A client whose server always responds the same, and what the server sees. */
function clientOf(
  respond: () => Response | Promise<Response>,
  options: RuntimeOptions = {},
): { client: Client; seen: Seen[] } {
  const seen: Seen[] = [];
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const body = init.body ? await new Response(init.body).text() : init.body;
    seen.push({ method: init.method!, url, headers: new Headers(init.headers), body });
    return respond();
  };
  return { client: createClient(contract, { fetch, maxRetries: 0, ...options }) as unknown as Client, seen };
}

const json =
  (value: unknown, init: ResponseInit = {}): (() => Response) =>
  () =>
    Response.json(value, init);
const pet = { params: { path: { id: 1 } } };

/** A body that breaks off after its first piece. */
function broken(): ReadableStream {
  let pulls = 0;
  return new ReadableStream({
    pull(controller) {
      if (pulls++ > 0) controller.error(new TypeError("terminated"));
      else controller.enqueue(new TextEncoder().encode('{"name":'));
    },
  });
}

describe("a method of an openapi-fetch client", () => {
  it.each(["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH"] as const)("%s sends it", async (method) => {
    const { client, seen } = clientOf(json({ a: 1 }));
    const { data } = await client[method]("/any");
    expect(seen.map((request) => [request.method, request.url, request.body])).toEqual([
      [method, "https://pets.example.com/v1/any", undefined],
    ]);
    expect(data).toEqual(method === "HEAD" ? undefined : { a: 1 });
  });

  it("TRACE is one too, which no `fetch` sends", async () => {
    await expect(clientOf(json({})).client.TRACE("/any")).rejects.toThrow("TRACE");
  });

  it("can be named as text, in any case", async () => {
    const { client, seen } = clientOf(json({}));
    await expect(client.request("get", "/pets/{id}", pet)).rejects.toThrow("a response without `name`");
    await client.request("post", "/pets", { body: [1] });
    expect(seen.map(({ method, url, body }) => [method, url, body])).toEqual([
      ["GET", "https://pets.example.com/v1/pets/1", undefined],
      ["POST", "https://pets.example.com/v1/pets", "[1]"],
    ]);
  });

  it("needs no options of a client", () => {
    expect(createClient(contract)).toMatchObject({ GET: expect.any(Function), use: expect.any(Function) });
  });

  it("hears no signal that is null", async () => {
    const { client, seen } = clientOf(json({}));
    await client.POST("/pets", { body: {}, signal: null });
    expect(seen).toHaveLength(1);
  });
});

describe("an operation that the contract does not have", () => {
  it("is sent as JSON, without the key, and its response is the caller's own", async () => {
    const { client, seen } = clientOf(json([]), { apiKey: "secret" });
    const { data } = await client.POST("/other/{id}", { ...pet, body: { a: 1 } });
    expect(data).toEqual([]);
    const { url, headers, body } = seen[0]!;
    expect([url, body]).toEqual(["https://pets.example.com/v1/other/1", '{"a":1}']);
    expect(Object.fromEntries(headers)).toEqual({
      accept: "application/json, */*;q=0.5",
      "content-type": "application/json",
    });
  });

  it("is unlike one of the contract, which gets the key", async () => {
    const { client, seen } = clientOf(json({ name: "Ada" }), { apiKey: "secret" });
    await client.GET("/pets/{id}", pet);
    expect(Object.fromEntries(seen[0]!.headers)).toEqual({
      accept: "application/json",
      authorization: "Bearer secret",
    });
  });
});

describe("the body of a call", () => {
  it("is not encoded by the contract if the call has a serializer of its own", async () => {
    const { client, seen } = clientOf(json({}));
    const bodySerializer = (body: unknown): string => `own ${JSON.stringify(body)}`;
    await client.POST("/photos", { body: { photo: "not a file" }, bodySerializer });
    expect(seen[0]!.body).toBe('own {"photo":"not a file"}');
  });

  it("may be a stream that fails before it is read: that is an error of the call, and not of the process", async () => {
    const slow = async (): Promise<Response> => setImmediate(Response.json({}));
    const { client, seen } = clientOf(slow, { apiKey: "key" });
    const second = new Readable({ read() {} });
    const call = client.POST("/photos", { body: { photo: new URL("data:image/png,a"), second } });
    second.destroy(new Error("disk full"));
    await expect(call).rejects.toThrow("'second' can't be read: disk full");
    expect(seen).toHaveLength(1);
  });
});

describe("middleware", () => {
  it("of a call comes after that of the client, which can be several, and can be taken out again", async () => {
    const { client, seen } = clientOf(json({}));
    const named = (name: string): Middleware => ({
      onRequest: ({ request }) => request.headers.append("x-passed", name),
    });
    const [first, second] = [named("first"), named("second")];
    client.use(first, second);
    await client.POST("/pets", { body: {}, middleware: [named("own")] });
    await client.POST("/pets", { body: {} });
    client.eject(first, second);
    await client.POST("/pets", { body: {} });
    expect(seen.map(({ headers }) => headers.get("x-passed"))).toEqual(["first, second, own", "first, second", null]);
  });

  it("sees the path of the contract, its parameters, and where it is", async () => {
    const { client } = clientOf(json({ name: "Ada" }), { baseURL: "https://pets.example.com/v2/?a=1" });
    const passed: unknown[] = [];
    client.use({
      onRequest({ schemaPath, params, options: { baseUrl } }) {
        passed.push({ schemaPath, params, baseUrl });
      },
    });
    await client.GET("/pets/{id}", { params: { path: { id: 1 }, query: { b: 2 } } });
    expect(passed).toEqual([
      {
        schemaPath: "/pets/{id}",
        params: { path: { id: 1 }, query: { a: "1", b: 2 } },
        baseUrl: "https://pets.example.com/v2",
      },
    ]);
  });
});

describe("a response", () => {
  it("is a copy of what came: its status, headers, URL and body", async () => {
    const headers = { "x-a": "1", "set-cookie": "b=2" };
    const { client } = clientOf(json({ name: "Ada" }, { status: 201, headers }));
    const { data, response } = await client.GET("/pets/{id}", pet);
    expect(data).toEqual({ name: "Ada" });
    expect([response.status, response.url, response.headers.get("x-a"), response.headers.getSetCookie()]).toEqual([
      201,
      "https://pets.example.com/v1/pets/1",
      "1",
      ["b=2"],
    ]);
  });

  it.each([204, 205])("with status %i has no data", async (status) => {
    const { client } = clientOf(() => new Response(null, { status }));
    expect(await client.DELETE("/pets")).toMatchObject({ data: undefined, response: { status } });
  });

  it.each([304, 400, 599])("with status %i is an error", async (status) => {
    const { client } = clientOf(() => new Response(status === 304 ? null : "no", { status }));
    const { data, error, response } = await client.DELETE("/pets");
    expect([data, error, response.status]).toEqual([undefined, status === 304 ? "" : "no", status]);
  });

  it.each([199, 600, 999])("with status %i, which no Response can have, is handed on as it is", async (status) => {
    const double = { ok: false, status, headers: new Headers(), text: async () => "odd" } as Response;
    const { error, response } = await clientOf(() => double).client.DELETE("/pets");
    expect(response).toBe(double);
    expect(error).toBe("odd");
  });

  it("is checked as JSON, also if the call says that it is JSON", async () => {
    for (const init of [pet, { ...pet, parseAs: "json" }]) {
      await expect(clientOf(json({})).client.GET("/pets/{id}", init)).rejects.toBeInstanceOf(UnexpectedResponseError);
      expect((await clientOf(json({ name: 1 })).client.GET("/pets/{id}", init)).data).toEqual({ name: 1 });
    }
  });

  it.each(["text", "blob", "arrayBuffer"])("is the caller's own as %s", async (parseAs) => {
    const { client } = clientOf(() => new Response("a page"));
    const { data } = await client.GET("/pets/{id}", { ...pet, parseAs });
    expect(await new Response(data as BodyInit).text()).toBe("a page");
  });

  it("is asked for again if its body breaks off, as often as may be", async () => {
    const responses = [
      () => new Response(broken(), { headers: { "content-type": "application/json" } }),
      json({ name: "Ada" }),
    ];
    const { client, seen } = clientOf(() => responses.shift()!(), { maxRetries: 1 });
    expect((await client.GET("/pets/{id}", pet)).data).toEqual({ name: "Ada" });
    expect(seen).toHaveLength(2);
  });

  it("is an error if it exceeds the limit, which an error status may", async () => {
    const large = { name: "x".repeat(100) };
    const options = { maxResponseBytes: 50 };
    const tooLarge = clientOf(json(large), options).client.GET("/pets/{id}", pet);
    await expect(tooLarge).rejects.toThrow("Response body exceeds maxResponseBytes (50 bytes)");
    const { error } = await clientOf(json(large, { status: 400 }), options).client.GET("/pets/{id}", pet);
    expect(error).toEqual(large);
  });

  it.each([
    { what: "breaks off", body: broken },
    { what: "is larger than an error can be", body: () => "x".repeat(1_000_001) },
  ])("of an error status whose text $what is that error without text", async ({ body }) => {
    for (const parseAs of ["json", "stream"]) {
      const { client } = clientOf(() => new Response(body(), { status: 400 }));
      const { data, error, response } = await client.GET("/pets/{id}", { ...pet, parseAs });
      expect([data, error, response.status]).toEqual([undefined, "", 400]);
    }
  });

  it("of an error status may have a text of a million bytes", async () => {
    const { client } = clientOf(() => new Response("x".repeat(1_000_000), { status: 400 }));
    expect((await client.GET("/pets/{id}", pet)).error).toHaveLength(1_000_000);
  });
});

describe("a request that can't be made", () => {
  it("is an error before middleware sees it", async () => {
    const { client, seen } = clientOf(json({}));
    const passed: Request[] = [];
    client.use({ onRequest: ({ request }) => void passed.push(request) });
    await expect(client.GET("/pets/{id}", { params: { path: {} } })).rejects.toBeInstanceOf(OpenAIError);
    expect([passed, seen]).toEqual([[], []]);
  });
});
