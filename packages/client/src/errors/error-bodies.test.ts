// Every shape that servers give to the body of an error: its sentence and its fields are found.
import fc from "fast-check";
import Official from "openai";
import { describe, expect, it } from "vitest";
import OpenAI, { createClient } from "../index.ts";
import { jsonResponse, observedFetch } from "../testing/observed-fetch.ts";
import { pngBytes } from "../testing/png-bytes.ts";

const image = pngBytes();

async function errorOf(body: string, status = 400): Promise<InstanceType<typeof OpenAI.APIError>> {
  const fetch = async (): Promise<Response> =>
    new Response(body, { status, headers: { "content-type": "application/json" } });
  const error: unknown = await new OpenAI({ apiKey: "key", maxRetries: 0, fetch }).images
    .createVariation({ image })
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(OpenAI.APIError);
  return error as InstanceType<typeof OpenAI.APIError>;
}

interface Shape {
  readonly who: string;
  readonly body: unknown;
  readonly message: string;
  readonly code?: unknown;
  readonly param?: string;
  readonly type?: string;
}

const shapes: readonly Shape[] = [
  {
    who: "the official server",
    body: { error: { message: "no", code: "c", param: "n", type: "t" } },
    message: "no",
    code: "c",
    param: "n",
    type: "t",
  },
  {
    who: "the official server, of nothing in particular",
    body: { error: { message: "no", code: null, param: null, type: "t" } },
    message: "no",
    code: null,
    param: null as never,
    type: "t",
  },
  { who: "text as error", body: { error: "no" }, message: "no" },
  { who: "texts as error", body: { error: ["no", "never"] }, message: "no; never" },
  {
    who: "no envelope",
    body: { message: "no", code: "c", type: "t", param: "n" },
    message: "no",
    code: "c",
    param: "n",
    type: "t",
  },
  { who: "an error of null", body: { error: null, message: "no", code: 1 }, message: "no", code: 1 },
  { who: "FastAPI", body: { detail: "no" }, message: "no" },
  {
    who: "FastAPI's validation",
    body: {
      detail: [
        { loc: ["body", "n"], msg: "too large", type: "less_than" },
        { loc: ["body", "size"], msg: "unknown", type: "enum" },
      ],
    },
    message: "too large; unknown",
    param: "n",
    type: "less_than",
  },
  {
    who: "FastAPI around an envelope",
    body: { detail: { error: { message: "no", code: "c" } } },
    message: "no",
    code: "c",
  },
  {
    who: "AUTOMATIC1111",
    body: { error: "HTTPException", detail: "Invalid image", body: "", errors: "" },
    message: "Invalid image",
  },
  {
    who: "ComfyUI",
    body: {
      error: { type: "prompt_no_outputs", message: "Prompt has no outputs", details: "", extra_info: {} },
      node_errors: {},
    },
    message: "Prompt has no outputs",
    type: "prompt_no_outputs",
  },
  {
    who: "LocalAI",
    body: { error: { code: 500, message: "no model", type: "" } },
    message: "no model",
    code: 500,
    type: "",
  },
  { who: "Ollama", body: { error: "model not found" }, message: "model not found" },
  {
    who: "NestJS",
    body: { statusCode: 400, message: ["n must be a number", "size is unknown"], error: "Bad Request" },
    message: "n must be a number; size is unknown",
  },
  {
    who: "Fastify",
    body: { statusCode: 400, code: "FST", error: "Bad Request", message: "no" },
    message: "no",
    code: "FST",
  },
  {
    who: "problem details (RFC 9457)",
    body: { type: "about:blank", title: "Bad Request", status: 400, detail: "no" },
    message: "no",
    type: "about:blank",
  },
  { who: "problem details with a title alone", body: { title: "no", status: 400 }, message: "no" },
  {
    who: "ASP.NET's validation",
    body: {
      title: "One or more validation errors occurred.",
      status: 400,
      errors: { Image: ["The Image field is required."] },
    },
    message: "One or more validation errors occurred.",
  },
  {
    who: "Cloudflare",
    body: { success: false, errors: [{ code: 7003, message: "no route" }], messages: [] },
    message: "no route",
    code: 7003,
  },
  {
    who: "Google",
    body: { error: { code: 400, message: "no", status: "INVALID_ARGUMENT" } },
    message: "no",
    code: 400,
  },
  { who: "a list of texts", body: { errors: ["no", "never"] }, message: "no; never" },
  {
    who: "a gateway before a gateway before two more",
    body: { error: { detail: { errors: [{ error: { message: "no", code: "c", param: "n", type: "t" } }] } } },
    message: "no",
    code: "c",
    param: "n",
    type: "t",
  },
  {
    who: "an envelope whose facts win over those around it",
    body: { error: { message: "no", code: "c", param: null, type: "t" }, code: 1, param: "m", type: "u", message: "o" },
    message: "no",
    code: "c",
    param: null as never,
    type: "t",
  },
  {
    who: "an envelope that leaves the facts to what is around it",
    body: { error: { a: 1 }, code: 1, param: "m", type: "u", message: "o" },
    message: "o",
    code: 1,
    param: "m",
    type: "u",
  },
  { who: "AWS", body: { __type: "ValidationException", Message: "no" }, message: "no" },
  { who: "OAuth", body: { error: "invalid_client", error_description: "no" }, message: "no" },
  { who: "JSON:API", body: { errors: [{ title: "no", code: "c" }] }, message: "no", code: "c" },
  { who: "a text", body: "no", message: "no" },
  { who: "a list", body: [{ error: { message: "no" } }], message: '[{"error":{"message":"no"}}]' },
];

describe("the body of an error is understood:", () => {
  it.each(shapes)("$who", async ({ body, message, code, param, type }) => {
    const error = await errorOf(JSON.stringify(body));
    expect(error.message).toBe(`400 ${message}`);
    expect([error.code, error.param, error.type]).toEqual([code, param, type]);
  });

  it.each(shapes)("$who, with status 200", async ({ body, message, code }) => {
    if (typeof body !== "object" || Array.isArray(body)) return;
    const error = await errorOf(JSON.stringify(body), 200);
    expect(error).toBeInstanceOf(OpenAI.UnexpectedResponseError);
    expect(error.message).toBe(
      `200 Expected images, got: ${message} (POST https://api.openai.com/v1/images/variations)`,
    );
    expect(error.code).toEqual(code);
  });

  it.each(shapes)("$who: `error` is what the official SDK has", async ({ body }) => {
    const official: unknown = await new Official({
      apiKey: "key",
      maxRetries: 0,
      fetch: async () => Response.json(body, { status: 400 }),
    }).images
      .createVariation({ image: new File([image], "a.png") })
      .catch((reason: unknown) => reason);
    expect((await errorOf(JSON.stringify(body))).error).toEqual((official as { error: unknown }).error);
  });
});

describe("the body of an error that says nothing", () => {
  it.each([
    ["", "400 status code (no body)"],
    ["<h1>Bad</h1>", "400 <h1>Bad</h1>"],
    ["{", "400 {"],
    ["null", "400 null"],
    ["{}", "400 {}"],
    ['{"error":{}}', "400 {}"],
    ['{"error":{"message":{"a":1}}}', '400 {"a":1}'],
    ['{"error":true}', "400 true"],
    ['{"a":{"error":{"message":"no"}}}', '400 {"a":{"error":{"message":"no"}}}'],
    [
      '{"error":{"error":{"error":{"error":{"error":{"message":"no"}}}}}}',
      '400 {"error":{"error":{"error":{"error":{"message":"no"}}}}}',
    ],
  ])("%j becomes %j", async (body, message) => {
    expect((await errorOf(body)).message).toBe(message);
  });

  it("is an error of its status all the same, however deep or odd it is", async () => {
    const deep = `{"error":${'{"error":'.repeat(100_000)}1${"}".repeat(100_000)}}`;
    expect((await errorOf(deep, 429)).constructor).toBe(OpenAI.RateLimitError);
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 6 }), fc.constantFrom(400, 401, 404, 418), async (json, status) => {
        const error = await errorOf(json, status);
        expect(error.status).toBe(status);
        expect(error.message.startsWith(`${status} `)).toBe(true);
      }),
    );
  });
});

describe("an error through createClient", () => {
  it.each([
    ["", "504 status code (no body)"],
    ["<h1>Gateway Time-out</h1>", "<h1>Gateway Time-out</h1>"],
    ['"text"', "text"],
    ["0", "504 status code (no body)"],
    ["true", "true"],
    ["null", "504 status code (no body)"],
  ])("%j is the contract's envelope", async (body, message) => {
    const fetch = async (): Promise<Response> => new Response(body, { status: 504 });
    const result = await createClient({ apiKey: "key", maxRetries: 0, fetch }).POST("/images/variations", {
      body: { image },
    });
    expect(result.error).toEqual({ error: { code: null, message, param: null, type: "invalid_response" } });
    expect(result.data).toBe(undefined);
    expect(result.response.status).toBe(504);
  });

  it("is the server's own JSON, if it is an object", async () => {
    const { fetch } = observedFetch(jsonResponse({ detail: "no" }, 400));
    const { error } = await createClient({ apiKey: "key", fetch }).POST("/images/variations", { body: { image } });
    expect(error).toEqual({ detail: "no" });
  });
});
