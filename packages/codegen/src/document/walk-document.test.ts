import { expect, it } from "vitest";
import type { JsonValue } from "./openapi-document.ts";
import { eachReference, mapDocument, walkDocument, walkPlaces } from "./walk-document.ts";

const document = {
  openapi: "3.1.0",
  paths: {
    "/a": {
      parameters: [{ name: "q", schema: { $ref: "#/components/schemas/A" } }, { $ref: "#/components/parameters/P" }],
      get: {
        responses: { "200": { content: { "application/json": { schema: { items: [{ type: "string" }, true] } } } } },
        callbacks: { done: { "{$url}": { post: { operationId: "done" } } } },
      },
    },
    "x-extra": { get: { $ref: "data" } },
  },
  components: {
    schemas: {
      A: { default: { $ref: "data" }, items: { type: "number" }, anyOf: [{ $ref: "#/components/schemas/A" }, null] },
      properties: { properties: { $ref: { type: "string" } } },
    },
  },
};

it("visits every object that is not data, from the outside in, with what it is and where", () => {
  const seen: string[] = [];
  walkDocument(document, (kind, _, path) => seen.push(`${kind} ${path.join(" ")}`));
  expect(seen).toMatchSnapshot();
});

it("visits every place, also one that has something else than an object", () => {
  const seen: string[] = [];
  walkPlaces(document.components, (kind, _, path) => seen.push(`${kind} ${path.join(" ")}`), "components");
  expect(seen).toMatchSnapshot();
});

it("finds references where one can stand, and not in data or among names", () => {
  const found: string[] = [];
  eachReference(document, (reference, path) => found.push(`${path.join(" ")}: ${reference}`));
  expect(found).toEqual([
    "paths /a parameters 0 schema $ref: #/components/schemas/A",
    "paths /a parameters 1 $ref: #/components/parameters/P",
    "components schemas A anyOf 0 $ref: #/components/schemas/A",
  ]);
});

it("maps a copy from the inside out, and leaves data and the document as they were", () => {
  const before = structuredClone(document);
  const order: string[] = [];
  const mapped = mapDocument(document, (kind, copy, original) => {
    order.push(kind);
    return kind === "schema" ? { ...copy, had: Object.keys(original).length } : copy;
  });
  expect(document).toEqual(before);
  expect(order.at(-1)).toBe("document");
  expect(order).not.toContain("data");
  expect(mapped).toMatchSnapshot();
});

it("maps a key named __proto__ like any other", () => {
  const schema = JSON.parse('{ "properties": { "__proto__": { "type": "string" } } }') as JsonValue;
  const mapped = mapDocument(schema, (_, copy) => copy, "schema");
  expect(JSON.stringify(mapped)).toBe(JSON.stringify(schema));
});
