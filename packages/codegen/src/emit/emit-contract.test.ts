import { describe, expect, it } from "vitest";
import type { JsonObject, OpenAPIDocument } from "../document/openapi-document.ts";
import { methodNames } from "../prepare/operation-names.ts";
import { emitContract } from "./emit-contract.ts";

/** A document with one operation, `GET /things`, of which some fields are given. */
function documentWith(operation: object, more: object = {}): OpenAPIDocument {
  return {
    openapi: "3.1.0",
    info: { title: "Things", version: "1" },
    servers: [{ url: "https://api.example.com/v1" }],
    paths: { "/things": { get: { operationId: "things", ...operation } } },
    ...more,
  } as unknown as OpenAPIDocument;
}

function contractOf(document: OpenAPIDocument): string {
  return emitContract(document, methodNames(document as unknown as JsonObject), {
    name: "things.yaml",
    command: "npx codegen",
    extension: ".js",
    runtime: "a-runtime",
  });
}

const json = (schema: unknown, status = "200"): object => ({
  [status]: { description: "Fine.", content: { "application/json": { schema } } },
});
const text = { type: "string" };
const listOf = (properties: object): object => ({
  type: "object",
  properties: { found: { type: "array", items: { type: "object", properties } } },
});

describe("what a contract says of responses", () => {
  it.each([
    { what: "an object", responses: json({ type: "object" }), has: 'kind: "object"' },
    {
      what: "its required properties",
      responses: json({ type: "object", required: ["a", "b"] }),
      has: 'required: ["a", "b"]',
    },
    { what: "an array", responses: json({ type: "array", items: {} }), has: 'kind: "array"' },
    ...["oneOf", "anyOf", "allOf"].map((keyword) => ({
      what: `any value for an object with ${keyword}`,
      responses: json({ type: "object", [keyword]: [{}] }),
      has: 'kind: "value"',
    })),
    ...["application/hal+json", "application/json; charset=utf-8", "Application/JSON"].map((type) => ({
      what: `JSON of the media type ${type}`,
      responses: { "200": { content: { [type]: { schema: { type: "object" } } } } },
      has: 'kind: "object"',
    })),
    {
      what: "a success beside errors of another kind",
      responses: { ...json({ type: "object" }), ...json({ type: "array" }, "400"), ...json({ type: "array" }, "502") },
      has: 'kind: "object"',
    },
    {
      what: "any value for an object that may be null",
      responses: json({ type: ["object", "null"] }),
      has: 'kind: "value"',
    },
    { what: "any value for a schema that says nothing", responses: json(true), has: 'kind: "value"' },
    {
      what: "the same of two successes",
      responses: { ...json({ type: "object" }), ...json({ type: "object" }, "201") },
      has: 'kind: "object"',
    },
  ])("$what", ({ responses, has }) => {
    expect(contractOf(documentWith({ responses }))).toContain(has);
  });

  it.each([
    { what: "there is none", responses: {} },
    { what: "it has no body", responses: { "204": { description: "Done." } } },
    { what: "one of two has no body", responses: { ...json({ type: "object" }), "204": { description: "Done." } } },
    { what: "two are not the same", responses: { ...json({ type: "object" }), ...json({ type: "array" }, "202") } },
    { what: "it is text", responses: { "200": { content: { "text/plain": { schema: text } } } } },
    { what: "only the default is told", responses: json({ type: "object" }, "default") },
    { what: "only an error is told", responses: json({ type: "object" }, "402") },
    {
      what: "it may be JSON or something else",
      responses: { "200": { content: { "application/json": { schema: {} }, "application/xml": { schema: {} } } } },
    },
    ...["text/json", "application/jsonish", "application/x; a=+json", "x-application/json"].map((type) => ({
      what: `it has the media type ${type}`,
      responses: { "200": { content: { [type]: { schema: { type: "object" } } } } },
    })),
  ])("nothing if $what", ({ responses }) => {
    expect(contractOf(documentWith({ responses }))).not.toContain("response:");
  });

  it("no required properties if there are none, or if there are files", () => {
    expect(contractOf(documentWith({ responses: json({ type: "object", required: [] }) }))).not.toContain("required");
    const files = { ...listOf({ b64_json: text }), required: ["found"] };
    expect(contractOf(documentWith({ responses: json(files) }))).not.toContain("required");
  });

  it.each([
    { type: "text/event-stream; charset=utf-8", has: true },
    { type: "Text/Event-Stream", has: true },
    { type: "text/event-streams", has: false },
    { type: "x-text/event-stream", has: false },
  ])("whether it is events, of $type", ({ type, has }) => {
    const contract = contractOf(documentWith({ responses: { "200": { content: { [type]: { schema: text } } } } }));
    expect(contract.includes("events: true")).toBe(has);
  });

  it("that it may be events, beside JSON or alone", () => {
    const events = { "text/event-stream": { schema: text } };
    const both = contractOf(
      documentWith({
        responses: { "200": { content: { "application/json": { schema: { type: "object" } }, ...events } } },
      }),
    );
    expect(both).toContain('kind: "object"');
    expect(both).toContain("events: true");
    const alone = contractOf(documentWith({ responses: { "200": { content: events } } }));
    expect(alone).not.toContain("response:");
    expect(alone).toContain("events: true");
  });

  it.each([
    { what: "contentEncoding: base64", file: { ...text, contentEncoding: "base64" } },
    { what: "format: byte", file: { ...text, format: "byte" } },
    { what: "one that may be null", file: { type: ["string", "null"], format: "byte" } },
  ])("where files are in base64, by $what", ({ file }) => {
    const properties = { index: { type: "integer" }, image: file, link: { ...text, format: "uri" }, note: text };
    expect(contractOf(documentWith({ tags: ["Drawings"], responses: json(listOf(properties)) }))).toContain(`files: {
          list: "found",
          called: "drawings",
          base64: "image",
          url: "link",
          facts: ["link", "note"],
        },`);
  });

  it("where files are in base64, in the first list that has some, and what a streamed file lacks without them", () => {
    const properties = {
      ...Object.fromEntries(
        ["index", "chunks", "bytes", "stream", "__proto__", "b64_json", "size"].map((name) => [name, text]),
      ),
      url: { type: "integer" },
    };
    const { properties: lists } = listOf(properties) as { properties: object };
    const schema = {
      type: "object",
      properties: { count: { type: "integer" }, ids: { type: "array", items: text }, ...lists },
    };
    expect(contractOf(documentWith({ responses: json(schema) }))).toContain(`files: {
          list: "found",
          called: "found",
          base64: "b64_json",
          facts: ["size", "url"],
        },`);
  });

  it("where a file is by its address, by format or by name", () => {
    const urlOf = (properties: object): string | undefined =>
      /url: "(\w+)"/.exec(
        contractOf(documentWith({ responses: json(listOf({ b64_json: text, ...properties })) })),
      )?.[1];
    expect(urlOf({ url: text })).toBe("url");
    expect(urlOf({ link: { type: ["string", "null"], format: "uri" } })).toBe("link");
    expect(urlOf({ link: { ...text, format: "uuid" } })).toBeUndefined();
    expect(urlOf({ url: { type: "array" }, link: { type: "integer", format: "uri" } })).toBeUndefined();
  });

  it("where files are in base64, by the name that OpenAI's document has for them", () => {
    expect(contractOf(documentWith({ responses: json(listOf({ b64_json: text })) }))).toContain('base64: "b64_json"');
  });

  it.each([
    {
      what: "a text in base64 is not in a list",
      schema: { type: "object", properties: { image: { ...text, format: "byte" } } },
    },
    { what: "a list has text alone", schema: { type: "object", properties: { list: { type: "array", items: text } } } },
    {
      what: "no text is base64",
      schema: listOf({ image: text, url: text, gzip: { ...text, contentEncoding: "gzip" } }),
    },
    { what: "what is base64 is not text", schema: listOf({ b64_json: { type: "integer", format: "byte" } }) },
  ])("no files if $what", ({ schema }) => {
    expect(contractOf(documentWith({ responses: json(schema) }))).not.toContain("files:");
  });
});

describe("the parts that a contract needs", () => {
  const body = (type: string): object => ({ requestBody: { content: { [type]: { schema: { type: "object" } } } } });

  it.each([
    { type: "multipart/form-data", encoder: "encodeMultipart" },
    { type: "application/x-www-form-urlencoded", encoder: "encodeForm" },
    { type: "image/png", encoder: "encodeBytes" },
  ])("are an encoder for $type", ({ type, encoder }) => {
    const contract = contractOf(documentWith(body(type)));
    expect(contract).toMatch(new RegExp(`^import \\{.* ${encoder},? .*\\} from "a-runtime";$`, "m"));
    expect(contract).toContain(`  encoders: {\n    "${type}": ${encoder},\n  },\n`);
  });

  it.each(["application/json", "application/vnd.api+json"])("are JSON for %s", (type) => {
    const contract = contractOf(documentWith(body(type)));
    expect(contract).toContain(`  encoders: {\n    "${type}": encodeJson,\n  },\n`);
  });

  it.each([
    { what: "an operation has a parameter", operation: { parameters: [{ name: "id", in: "query" }] } },
    {
      what: "a key is not a bearer token",
      operation: { security: [{ key: [] }] },
      more: { components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "x-key" } } } },
    },
  ])("are the writer of parameters if $what", ({ operation, more }) => {
    expect(contractOf(documentWith(operation, more))).toMatch(/^ {2}writeParameters,$/m);
  });

  it("are what reads other things than JSON, if an operation responds with some", () => {
    expect(contractOf(documentWith({ responses: { "204": { description: "Done." } } }))).toMatch(
      /^ {2}parseContent,$/m,
    );
    expect(contractOf(documentWith({ responses: json({ type: "object" }) }))).not.toContain("parseContent");
  });

  it("leave out the writer of parameters, and encoders, if there is nothing to write", () => {
    expect(contractOf(documentWith({}))).not.toMatch(/writeParameters|encoders/);
  });

  it("are those of any operation, each once and in the order of the contract", () => {
    const ok = json({ type: "object" });
    const paths = {
      "/a": { get: { operationId: "a", responses: ok } },
      "/b": {
        post: { operationId: "b", parameters: [{ name: "q", in: "query" }], ...body("image/png"), responses: ok },
      },
      "/c": {
        post: { operationId: "c", ...body("application/json") },
        put: { operationId: "d", ...body("image/png") },
      },
    };
    const contract = contractOf(documentWith({}, { paths }));
    expect(contract).toContain(
      'import { type Contract, encodeBytes, encodeJson, parseContent, writeParameters } from "a-runtime";',
    );
    expect(contract).toMatch(
      /\n {2}encoders: \{\n {4}"image\/png": encodeBytes,\n {4}"application\/json": encodeJson,\n {2}\},\n {2}writeParameters,\n {2}parseContent,\n\};\n$/,
    );
  });
});

it("says where to go, who may, and what is a file", () => {
  const schema = { type: "object", properties: { file: { type: "string", format: "binary" }, any: true } };
  const contract = contractOf(
    documentWith(
      { requestBody: { content: { "multipart/form-data": { schema } } }, security: [{ bearer: [] }] },
      { components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } } },
    ),
  );
  expect(contract).toContain('baseURL: "https://api.example.com/v1"');
  expect(contract).toContain('"GET /things": {\n      security: ["bearer"],');
  expect(contract).toContain("uploads: {\n        file: {},");
  expect(contract).not.toContain("any");
});

it("says that a body is all that an operation takes, unless it has parameters", () => {
  const requestBody = { content: { "application/json": { schema: { type: "object" } } } };
  expect(contractOf(documentWith({ requestBody }))).toContain("bodyAlone: true");
  expect(contractOf(documentWith({ requestBody, parameters: [{ name: "q", in: "query" }] }))).not.toContain(
    "bodyAlone",
  );
  expect(contractOf(documentWith({}))).not.toContain("bodyAlone");
});

it("says how many bytes a file may have, alone or in a list, and how large a number may be", () => {
  const limited = { type: "string", format: "binary", "x-image-limits": { exclusiveMaximumBytes: 10 } };
  const properties = {
    one: limited,
    several: { type: "array", items: { $ref: "#/components/schemas/Limited" } },
    words: { type: "array", items: text },
    n: { type: "integer", maximum: 0 },
  };
  const contract = contractOf(
    documentWith(
      { requestBody: { content: { "multipart/form-data": { schema: { type: "object", properties } } } } },
      { components: { schemas: { Limited: limited } } },
    ),
  );
  expect(contract.replaceAll(/\s+/g, " ")).toContain(
    "uploads: { one: { exclusiveMaximumBytes: 10, }, several: { exclusiveMaximumBytes: 10, }, }, maxima: { n: 0, }, ",
  );
});

it.each([
  { servers: undefined, url: "/" },
  { servers: [], url: "/" },
  {
    servers: [{ url: "https://{a}.{b}/{c}", variables: { a: { default: "x" }, b: { default: "" } } }],
    url: "https://x./{c}",
  },
  { servers: [{ url: "https://a.example" }, { url: "https://b.example" }], url: "https://a.example" },
])("goes to $url if the servers are $servers", ({ servers, url }) => {
  expect(contractOf(documentWith({}, { servers }))).toContain(`baseURL: "${url}"`);
});
