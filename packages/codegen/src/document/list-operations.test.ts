import { expect, it } from "vitest";
import { listOperations, resolve } from "./list-operations.ts";
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
