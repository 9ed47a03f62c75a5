import { describe, expect, it } from "vitest";
import {
  type APIPromise,
  type Contract,
  createClient,
  createMethods,
  encodeBytes,
  encodeForm,
  encodeJson,
  encodeMultipart,
  NotFoundError,
  parseContent,
  type RuntimeOptions,
  UnexpectedResponseError,
  writeParameters,
} from "../runtime.ts";

const contract: Contract = {
  baseURL: "https://pets.example.com/v1",
  operations: {
    "GET /pets/{petId}": {
      security: ["bearer"],
      queryStyles: { fields: "comma", filter: "deepObject" },
    },
    "POST /pets": { security: [], requestMediaType: "application/json", bodyAlone: true },
    "POST /forms": {
      security: [],
      requestMediaType: "application/x-www-form-urlencoded",
      bodyAlone: true,
    },
    "POST /images": {
      security: [],
      requestMediaType: "multipart/form-data",
      uploads: { image: {} },
      bodyAlone: true,
    },
    "POST /notes": { security: [], requestMediaType: "text/plain", bodyAlone: true },
    "GET /keyed": {
      security: [],
      key: { in: "header", name: "authorization", prefix: "Basic " },
    },
  },
  methods: {
    "pets.get": "GET /pets/{petId}",
    "pets.create": "POST /pets",
    sendForm: "POST /forms",
    "images.edit": "POST /images",
    keyed: "GET /keyed",
    sendNote: "POST /notes",
  },
  encoders: {
    "application/json": encodeJson,
    "multipart/form-data": encodeMultipart,
    "application/x-www-form-urlencoded": encodeForm,
    "text/plain": encodeBytes,
  },
  writeParameters,
  parseContent,
};

interface Api {
  readonly pets: {
    readonly get: (input: object, options?: object) => APIPromise<{ readonly name: string }>;
    readonly create: (body: object) => APIPromise<unknown>;
  };
  readonly sendForm: (body: object) => APIPromise<unknown>;
  readonly images: { readonly edit: (body: object) => APIPromise<unknown> };
  readonly keyed: () => APIPromise<unknown>;
  readonly sendNote: (body: unknown) => APIPromise<unknown>;
}

interface Seen {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string;
}

/** A client whose requests are seen, and responded to by a function. */
function observed(
  respond: (seen: Seen) => Response,
  options: RuntimeOptions = {},
): { readonly api: Api; readonly seen: Seen[]; readonly fetch: typeof fetch } {
  const seen: Seen[] = [];
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const one = { url: request.url, method: request.method, headers: request.headers, body: await request.text() };
    seen.push(one);
    return respond(one);
  };
  return { api: createMethods<Api>(contract, { fetch, maxRetries: 0, ...options }), seen, fetch };
}

const ok = (value: unknown): Response => Response.json(value, { headers: { "x-request-id": "r-1" } });

describe("a method of a contract", () => {
  it("fills the path, writes the query in its styles, and reads JSON", async () => {
    const { api, seen } = observed(() => ok({ name: "Ada" }), { apiKey: "secret" });
    const pet = await api.pets.get({
      params: {
        path: { petId: "a/b" },
        query: { fields: ["x", "y"], filter: { age: 3 }, tags: ["p", "q"], none: undefined },
      },
    });
    expect(pet).toEqual({ name: "Ada" });
    expect(pet._request_id).toBe("r-1");
    expect(seen[0]).toMatchObject({
      method: "GET",
      url: "https://pets.example.com/v1/pets/a%2Fb?fields=x%2Cy&filter%5Bage%5D=3&tags=p&tags=q",
    });
    expect(seen[0]!.headers.get("authorization")).toBe("Bearer secret");
  });

  it.for([
    {
      name: "JSON",
      send: (api: Api) => api.pets.create({ name: "Ada" }),
      type: "application/json",
      body: '{"name":"Ada"}',
    },
    {
      name: "a form",
      send: (api: Api) => api.sendForm({ To: "+1", List: ["a", "b"] }),
      type: "application/x-www-form-urlencoded",
      body: "To=%2B1&List=a&List=b",
    },
    { name: "text", send: (api: Api) => api.sendNote("milk"), type: "text/plain", body: "milk" },
    {
      name: "bytes",
      send: (api: Api) => api.sendNote(new TextEncoder().encode("milk")),
      type: "text/plain",
      body: "milk",
    },
  ])("sends a body as $name", async ({ send, type, body }) => {
    const { api, seen } = observed(() => new Response(null, { status: 204 }));
    expect(await send(api)).toBeUndefined();
    expect(seen[0]!.headers.get("content-type")).toBe(type);
    expect(seen[0]!.body).toBe(body);
    expect(seen[0]!.headers.has("authorization")).toBe(false);
  });

  it("uploads a file as a part", async () => {
    const { api, seen } = observed(() => ok({}));
    await api.images.edit({ image: new Blob(["bytes"], { type: "image/png" }), prompt: "blue" });
    expect(seen[0]!.headers.get("content-type")).toMatch(/^multipart\/form-data; boundary=/);
    expect(seen[0]!.body).toMatch(/name="image"; filename="[^"]+"\r\n[^]*bytes[^]*name="prompt"\r\n\r\nblue/);
  });

  it("sends a key where the contract has it", async () => {
    const { api, seen } = observed(() => ok([]), { apiKey: "user:password" });
    await api.keyed();
    expect(seen[0]!.headers.get("authorization")).toBe(`Basic ${btoa("user:password")}`);
  });

  it("rejects with the error class of the status, and tries again what may pass", async () => {
    const { api } = observed(() => Response.json({ error: { message: "No such pet." } }, { status: 404 }));
    await expect(api.pets.get({ params: { path: { petId: 1 } } })).rejects.toThrow(NotFoundError);
    let attempts = 0;
    const flaky = observed(
      () => (++attempts < 2 ? new Response(null, { status: 503, headers: { "retry-after-ms": "1" } }) : ok(1)),
      { maxRetries: 2 },
    );
    expect(await flaky.api.pets.create({})).toBe(1);
    expect(attempts).toBe(2);
  });

  it.for([
    {
      name: "text",
      response: () => new Response("hello", { headers: { "content-type": "text/plain" } }),
      expected: "hello",
    },
    { name: "nothing", response: () => new Response(null, { status: 204 }), expected: undefined },
  ])("reads $name", async ({ response, expected }) => {
    expect(await observed(response).api.pets.create({})).toBe(expected);
  });

  it("reads other contents as a Blob", async () => {
    const { api } = observed(() => new Response("abc", { headers: { "content-type": "image/png" } }));
    expect(await ((await api.pets.create({})) as Blob).text()).toBe("abc");
  });

  it("rejects a path parameter that is missing, or that would lead to another path", async () => {
    const { api } = observed(() => ok({}));
    await expect(api.pets.get({})).rejects.toThrow('GET /pets/{petId}: the path parameter "petId" is missing.');
    await expect(api.pets.get({ params: { path: { petId: ".." } } })).rejects.toThrow('must not be "." or ".."');
  });
});

describe("the parts that a contract names", () => {
  it("are asked for by name if one is missing", async () => {
    const { encoders: _, ...without } = contract;
    const api = createMethods<Api>(without, { fetch: () => Promise.resolve(ok({})) });
    await expect(api.images.edit({ image: new Blob(["bytes"]) })).rejects.toThrow(
      "POST /images: the contract has no encoder for a body (multipart/form-data).",
    );
  });
});

describe("what a contract says of a response", () => {
  const pet = (response: object, api = "pets.get"): Contract => ({
    ...contract,
    operations: { "GET /pet": { security: [], ...response } },
    methods: { [api]: "GET /pet" },
  });
  const get = (response: object, fetch: () => Response): Promise<unknown> =>
    createMethods<Api>(pet({ response }), { fetch: () => Promise.resolve(fetch()), maxRetries: 0 }).pets.get({});

  it.for([
    { name: "an object", response: { kind: "object" }, value: { a: 1 } },
    {
      name: "an object with one of its required properties",
      response: { kind: "object", required: ["a", "b"] },
      value: { b: 1 },
    },
    { name: "an array", response: { kind: "array" }, value: [1] },
    { name: "any JSON", response: { kind: "value" }, value: 1 },
  ])("accepts $name", async ({ response, value }) => {
    expect(await get(response, () => ok(value))).toEqual(value);
  });

  it.for([
    {
      name: "a page",
      response: { kind: "object" },
      got: () => new Response("<p>", { headers: { "content-type": "text/html" } }),
      says: "Expected a JSON object, got text/html: <p>",
    },
    {
      name: "nothing",
      response: { kind: "value" },
      got: () => new Response(null),
      says: "Expected JSON, got no content type: nothing",
    },
    {
      name: "an array for an object",
      response: { kind: "object" },
      got: () => ok([]),
      says: "Expected a JSON object, got application/json: []",
    },
    {
      name: "an object for an array",
      response: { kind: "array" },
      got: () => ok({}),
      says: "Expected a JSON array, got application/json: {}",
    },
    ...["null", "5", "true", '"text"'].map((json) => ({
      name: `${json} for an object`,
      response: { kind: "object" },
      got: () => new Response(json, { headers: { "content-type": "application/json" } }),
      says: `Expected a JSON object, got application/json: ${json}`,
    })),
    {
      name: "none of the required properties",
      response: { kind: "object", required: ["a", "b"] },
      got: () => ok({ c: 1 }),
      says: "Expected a success, got: a response without `a` or `b`",
    },
    {
      name: "an error with status 200",
      response: { kind: "object", required: ["a"] },
      got: () => ok({ error: { message: "No quota" } }),
      says: "Expected a success, got: No quota",
    },
  ])("rejects $name, and says what came", async ({ response, got, says }) => {
    await expect(get(response, got)).rejects.toMatchObject({
      constructor: UnexpectedResponseError,
      message: expect.stringContaining(says),
    });
  });

  it("is checked by the openapi-fetch client too", async () => {
    const client = createClient<Record<string, never>>(pet({ response: { kind: "array" } }), {
      fetch: () => Promise.resolve(ok({})),
    }) as unknown as Record<"GET", (path: string) => Promise<object>>;
    await expect(client.GET("/pet")).rejects.toThrow(UnexpectedResponseError);
  });
});

describe("an openapi-fetch client of a contract", () => {
  it("sends what the methods send, and resolves with data or error", async () => {
    const { fetch, seen } = observed(({ method }) =>
      method === "POST" ? ok({ id: 1 }) : Response.json({ message: "No." }, { status: 404 }),
    );
    const client = createClient<Record<string, never>>(contract, { fetch, maxRetries: 0 }) as unknown as Record<
      "GET" | "POST",
      (path: string, init: object) => Promise<object>
    >;
    expect(await client.POST("/forms", { body: { To: "x" } })).toMatchObject({ data: { id: 1 } });
    expect(seen[0]).toMatchObject({ url: "https://pets.example.com/v1/forms", body: "To=x" });
    const lost = await client.GET("/pets/{petId}", { params: { path: { petId: 1 }, query: { fields: ["a", "b"] } } });
    expect(lost).toMatchObject({ error: { message: "No." } });
    expect(seen[1]!.url).toBe("https://pets.example.com/v1/pets/1?fields=a%2Cb");
  });
});
