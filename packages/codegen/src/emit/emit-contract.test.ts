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
    { what: "any value for a union", responses: json({ type: "object", oneOf: [{}] }), has: 'kind: "value"' },
    {
      what: "any value for an object that may be null",
      responses: json({ type: ["object", "null"] }),
      has: 'kind: "value"',
    },
    { what: "any value for a schema that says nothing", responses: json(true), has: 'kind: "value"' },
    {
      what: "JSON of a media type of its own",
      responses: { "200": { content: { "application/hal+json": { schema: { type: "object" } } } } },
      has: 'kind: "object"',
    },
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
  ])("nothing if $what", ({ responses }) => {
    expect(contractOf(documentWith({ responses }))).not.toContain("response:");
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

  it("where files are in base64, by the name that OpenAI's document has for them", () => {
    expect(contractOf(documentWith({ responses: json(listOf({ b64_json: text })) }))).toContain('base64: "b64_json"');
  });

  it.each([
    {
      what: "a text in base64 is not in a list",
      schema: { type: "object", properties: { image: { ...text, format: "byte" } } },
    },
    { what: "a list has text alone", schema: { type: "object", properties: { list: { type: "array", items: text } } } },
    { what: "no text is base64", schema: listOf({ image: text, url: text }) },
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

  it("leave out the writer of parameters if there is nothing to write", () => {
    expect(contractOf(documentWith({}))).not.toContain("writeParameters");
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
});
