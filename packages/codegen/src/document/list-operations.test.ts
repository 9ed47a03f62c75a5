import { expect, it } from "vitest";
import { listOperations, parametersOf, resolve } from "./list-operations.ts";
import type { OpenAPIDocument } from "./openapi-document.ts";

const head = { openapi: "3.1.0", info: { title: "t", version: "1.0.0" } } as const;

it("rejects an operation without an operationId, and names it", () => {
  const document: OpenAPIDocument = { ...head, paths: { "/a": { post: { summary: "A." } } } };
  expect(() => listOperations(document)).toThrow(
    "POST /a has no operationId, and the generated tables are named after it.",
  );
});

it("lists operations in the order of the document, with what each has of its own or of all", () => {
  const document: OpenAPIDocument = {
    ...head,
    security: [{ bearer: [] }],
    paths: {
      "/b": { post: { operationId: "b", summary: "B.", requestBody: { content: {} } } },
      "/a": { get: { operationId: "a", security: [] }, put: { operationId: "c", requestBody: { content: { x: {} } } } },
    },
  };
  expect(listOperations(document)).toEqual([
    { operationId: "b", method: "POST", path: "/b", summary: "B.", security: ["bearer"] },
    { operationId: "a", method: "GET", path: "/a", summary: "GET /a", security: [] },
    {
      operationId: "c",
      method: "PUT",
      path: "/a",
      summary: "PUT /a",
      security: ["bearer"],
      request: { mediaType: "x", schema: {} },
    },
  ]);
});

it("follows references to their end, and leaves a property named $ref alone", () => {
  const document = {
    ...head,
    paths: {},
    components: { schemas: { A: { $ref: "#/components/schemas/B" }, B: { type: "string" } } },
  };
  expect(resolve(document, { $ref: "#/components/schemas/A" })).toEqual({ type: "string" });
  const named = { $ref: { type: "string" } };
  expect(resolve(document, named)).toBe(named);
});

const operationOf = (operation: object, more: object = {}): ReturnType<typeof listOperations>[number] =>
  listOperations({
    ...head,
    ...more,
    paths: { "/a": { get: { operationId: "a", ...operation } } },
  } as unknown as OpenAPIDocument)[0]!;

it.each([
  [["multipart/form-data", "application/json"], "application/json"],
  [["application/x-www-form-urlencoded", "multipart/form-data"], "multipart/form-data"],
  [["text/plain", "application/x-www-form-urlencoded"], "application/x-www-form-urlencoded"],
  [["text/plain", "image/png"], "text/plain"],
])("sends a body of %j as %s", (types, mediaType) => {
  const content = Object.fromEntries(types.map((type) => [type, { schema: { type: "string" } }]));
  expect(operationOf({ requestBody: { content } }).request).toEqual({ mediaType, schema: { type: "string" } });
});

it("lists what an operation is told with, its first tag, and its body with the reference that it is written as", () => {
  const reference = "#/components/schemas/Pet";
  const components = {
    requestBodies: { Body: { content: { "application/json": { schema: { $ref: reference } } } } },
    schemas: { Pet: { type: "object" } },
  };
  const operation = {
    summary: "",
    description: "",
    tags: ["one", "two"],
    security: [{ a: [], b: [] }, {}, { c: [] }],
    requestBody: { $ref: "#/components/requestBodies/Body" },
  };
  expect(operationOf(operation, { components, security: [{ d: [] }] })).toEqual({
    operationId: "a",
    method: "GET",
    path: "/a",
    summary: "",
    description: "",
    tag: "one",
    security: ["a", "b", "c"],
    request: { mediaType: "application/json", schema: { type: "object" }, reference },
  });
  expect(operationOf({ tags: [], requestBody: {} })).toEqual({
    operationId: "a",
    method: "GET",
    path: "/a",
    summary: "GET /a",
    security: [],
  });
});

it("lists the parameters of a path before those of an operation, with references followed, and nothing that is not one", () => {
  const q = { name: "q", in: "query" };
  const id = { name: "id", in: "path" };
  const document = {
    ...head,
    paths: {
      "/a": {
        parameters: [id],
        get: { operationId: "a", parameters: [{ $ref: "#/components/parameters/Q" }, 5, null] },
      },
      "/b": { parameters: q, get: { operationId: "b" } },
    },
    components: { parameters: { Q: q } },
  } as unknown as OpenAPIDocument;
  expect(listOperations(document).map((operation) => parametersOf(document, operation))).toEqual([[id, q], []]);
});

it("resolves what is not an object to an object that says nothing", () => {
  const document = { ...head, paths: {}, components: { schemas: { A: true } } } as unknown as OpenAPIDocument;
  expect(resolve(document, { $ref: "#/components/schemas/A" })).toEqual({});
  expect([true, undefined, null, []].map((value) => resolve(document, value))).toEqual([{}, {}, {}, {}]);
});
