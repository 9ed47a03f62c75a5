import { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import {
  APIError,
  type Contract,
  createEvents,
  createMethods,
  createStreams,
  encodeJson,
  encodeMultipart,
  OpenAIError,
} from "../runtime.ts";

const files = { list: "takes", called: "takes", base64: "audio", facts: [] };
const contract: Contract = {
  baseURL: "https://pets.example.com/v1",
  operations: {
    "GET /pets": { security: [], response: { kind: "array" } },
    "POST /pets": { security: [], requestMediaType: "application/json", bodyAlone: true, response: { kind: "object" } },
    "POST /photos": { security: [], requestMediaType: "multipart/form-data", bodyAlone: true, uploads: { a: {} } },
    "GET /events": { security: [], events: true },
    "GET /takes": { security: [], response: { kind: "object", files } },
  },
  methods: {
    ping: "GET /pets",
    "pets.list": "GET /pets",
    "pets.create": "POST /pets",
    "pets.photos.add": "POST /photos",
    "pets.events.all": "GET /events",
    "pets.takes.all": "GET /takes",
    "__proto__.constructor": "GET /pets",
  },
  encoders: { "application/json": encodeJson, "multipart/form-data": encodeMultipart },
};

type Method<Result = Promise<unknown>> = (input?: unknown, options?: object | null) => Result;
interface Methods {
  readonly ping: Method;
  readonly pets: { list: Method; create: Method; photos: { add: Method } };
}

const respondTo = async (url: string): Promise<Response> => {
  if (url.endsWith("/events")) {
    return new Response("data: 1\n\n", { headers: { "content-type": "text/event-stream" } });
  }
  if (url.endsWith("/takes")) return Response.json({ takes: [{ audio: btoa("one") }] });
  if (url.startsWith("data:")) return setImmediate(new Response("a"));
  return Response.json(url.endsWith("/pets") ? [] : {});
};

const methods = (): Methods => createMethods<Methods>(contract, { fetch: respondTo, maxRetries: 0 });

describe("the methods of a contract", () => {
  it("are in the groups that their names say, however deep, whatever they are called", () => {
    const any = expect.any(Function) as unknown;
    const all = createMethods<Methods>(contract);
    expect(all).toMatchObject({
      ping: any,
      pets: { list: any, create: any, photos: { add: any }, events: { all: any }, takes: { all: any } },
    });
    expect(Object.keys(all)).toEqual(["ping", "pets", "__proto__"]);
    expect(Object.getPrototypeOf(all)).toBe(Object.prototype);
    expect({}.constructor).toBe(Object);
  });

  it("can be replaced, one by one or by group, as tests do", async () => {
    const own = methods();
    vi.spyOn(own.pets, "list").mockResolvedValue("replaced");
    expect(await own.pets.list()).toBe("replaced");
    vi.restoreAllMocks();
    expect(await own.pets.list()).toEqual([]);
    Object.assign(own, { pets: { list: async () => "group" } });
    expect(await own.pets.list()).toBe("group");
  });

  it("take options of null as none", async () => {
    const { pets } = methods();
    expect(await pets.list(null, null)).toEqual([]);
    interface Group<Result> {
      readonly pets: Record<"events" | "takes", { all: Method<AsyncIterable<Result>> }>;
    }
    const events = createEvents<Group<{ data: string }>>(contract, { fetch: respondTo }).pets.events.all(null, null);
    for await (const { data } of events) expect(data).toBe("1");
    const takes = createStreams<Group<{ bytes(): Promise<Uint8Array> }>>(contract, { fetch: respondTo });
    for await (const take of takes.pets.takes.all(null, null)) expect(await take.bytes()).toHaveLength(3);
  });

  it("hold a stream that fails before it is read: that is an error of the call, and not of the process", async () => {
    const second = new Readable({ read() {} });
    const call = methods().pets.photos.add({ a: new URL("data:image/png,a"), second });
    second.destroy(new Error("disk full"));
    await expect(call).rejects.toThrow("'second' can't be read: disk full");
  });

  it("reject with an error for an operation that the contract does not have", async () => {
    const lost = createMethods<{ lost: Method }>({ ...contract, methods: { lost: "GET /lost" } });
    await expect(lost.lost()).rejects.toBeInstanceOf(OpenAIError);
    await expect(lost.lost()).rejects.toThrow("The contract has no operation GET /lost.");
  });
});

describe("the methods for events and for files", () => {
  it("need no options of a client, and are those that the contract has operations for", () => {
    const lost = { ...contract, methods: { ...contract.methods, lost: "GET /lost" } };
    expect(createEvents(lost)).toEqual({ pets: { events: { all: expect.any(Function) } } });
    expect(createStreams(lost)).toEqual({ pets: { takes: { all: expect.any(Function) } } });
  });
});

describe("the status of a response", () => {
  /** A response with a status, whatever a Response can have. */
  const outcomeOf = async (status: number): Promise<unknown> => {
    const transport = async () => ({
      status,
      headers: new Map([["content-type", "application/json"]]),
      chunks: async function* () {
        yield new TextEncoder().encode("[]");
      },
      toResponse: () => new Response(),
      discard() {},
    });
    return createMethods<Methods>(contract, { transport, maxRetries: 0 })
      .ping()
      .catch((error: unknown) => error);
  };

  it.each([200, 201, 250, 299])("of %i is a success", async (status) => {
    expect(await outcomeOf(status)).toEqual([]);
  });

  it.each([100, 199, 300, 400, 600])("of %i is an error", async (status) => {
    expect(await outcomeOf(status)).toBeInstanceOf(APIError);
    expect(await outcomeOf(status)).toMatchObject({ status });
  });
});
