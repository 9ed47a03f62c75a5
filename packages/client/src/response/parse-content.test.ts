import { describe, expect, it } from "vitest";
import {
  type Contract,
  createMethods,
  parseContent,
  type RuntimeOptions,
  UnexpectedResponseError,
} from "../runtime.ts";

const contract: Contract = {
  baseURL: "https://files.example.com",
  operations: { "GET /file": { security: [] }, "GET /json": { security: [], response: { kind: "value" } } },
  methods: { file: "GET /file", json: "GET /json" },
  parseContent,
};

interface Methods {
  readonly file: () => Promise<unknown>;
  readonly json: () => Promise<unknown>;
}

const methodsOf = (response: () => Response, options: RuntimeOptions = {}, own = contract): Methods =>
  createMethods<Methods>(own, { fetch: async () => response(), maxRetries: 0, ...options });

/** A response whose content has a type, or none. */
const typed =
  (type: string | undefined, body: BodyInit | null): (() => Response) =>
  () => {
    const response = new Response(body);
    if (type === undefined) response.headers.delete("content-type");
    else response.headers.set("content-type", type);
    return response;
  };

describe("a success of which the contract says nothing", () => {
  it.each(["application/json", "Application/JSON; charset=utf-8", "application/problem+json", "text/json"])(
    "is its value, if it is %s",
    async (type) => {
      expect(await methodsOf(typed(type, "[1]")).file()).toEqual([1]);
      expect(await methodsOf(typed(type, "null")).file()).toBe(null);
      expect(await methodsOf(typed(type, "")).file()).toBe(undefined);
    },
  );

  it.each(["text/plain", "Text/HTML; charset=utf-8", "TEXT/x-json"])("is its text, if it is %s", async (type) => {
    expect(await methodsOf(typed(type, "é [1]")).file()).toBe("é [1]");
    expect(await methodsOf(typed(type, "")).file()).toBe(undefined);
  });

  it.each(["image/png", "application/jsonl", "application/x-json", "application/text/plain", undefined])(
    "is a Blob of that type, if it is %s",
    async (type) => {
      const blob = (await methodsOf(typed(type, "[1]")).file()) as Blob;
      expect([blob.constructor, blob.type, await blob.text()]).toEqual([Blob, type ?? "", "[1]"]);
      expect(await methodsOf(typed(type, "")).file()).toBe(undefined);
    },
  );

  it("is an error, if it is called JSON and is not", async () => {
    const call = methodsOf(typed("application/json", "<p>")).file();
    await expect(call).rejects.toBeInstanceOf(UnexpectedResponseError);
    await expect(call).rejects.toThrow("Expected JSON, got application/json: <p>");
  });

  it("is undefined, if the contract names nothing that reads it", async () => {
    const { parseContent: _, ...without } = contract;
    expect(await methodsOf(typed("text/plain", "text"), {}, without).file()).toBe(undefined);
  });
});

describe("a success that is quoted in an error", () => {
  it.each([
    { length: 100, shown: "x".repeat(100) },
    { length: 101, shown: `${"x".repeat(100)}...` },
    { length: 5_000, shown: `${"x".repeat(100)}...` },
  ])("shows the first hundred of $length characters", async ({ length, shown }) => {
    await expect(methodsOf(typed("text/plain", "x".repeat(length))).json()).rejects.toThrow(
      new RegExp(`Expected JSON, got text/plain: ${shown.replaceAll(".", "\\.")} \\(GET `),
    );
  });
});

describe("the name of a request in the server's logs", () => {
  const named = async (headers: Record<string, string>, value: unknown): Promise<unknown> => {
    const result = await methodsOf(() => Response.json(value, { headers })).json();
    return (Object(result) as { _request_id?: unknown })._request_id;
  };

  it("is on every result that is an object, and null if the server gives none", async () => {
    expect(await named({ "x-request-id": "r-1" }, {})).toBe("r-1");
    expect(await named({ "x-request-id": "r-1" }, [])).toBe("r-1");
    expect(await named({}, {})).toBe(null);
    const transport = async () => ({
      status: 200,
      headers: new Map([["content-type", "application/json"]]),
      chunks: async function* () {
        yield new TextEncoder().encode("{}");
      },
      toResponse: () => new Response(),
      discard() {},
    });
    expect(await createMethods<Methods>(contract, { transport }).json()).toHaveProperty("_request_id", null);
  });

  it("is on no other result", async () => {
    for (const value of ["text", 1, true, null]) {
      expect(await methodsOf(() => Response.json(value, { headers: { "x-request-id": "r-1" } })).json()).toBe(value);
    }
  });
});
