import { expect, it } from "vitest";
import { kindBelow, knownKeys, mayRefer, type Kind } from "./document-grammar.ts";

const kinds: readonly Kind[] = [
  "document",
  "pathItem",
  "operation",
  "callback",
  "parameter",
  "requestBody",
  "mediaType",
  "encoding",
  "response",
  "header",
  "link",
  "example",
  "components",
  "securityScheme",
  "schema",
  "discriminator",
  "data",
  "paths",
  "pathItems",
  "callbacks",
  "parameters",
  "requestBodies",
  "content",
  "encodings",
  "responses",
  "headers",
  "headerComponents",
  "links",
  "examples",
  "securitySchemes",
  "schemas",
];

it.each(kinds)("knows the keys of a %s, what stands under each, and whether it may be a reference", (kind) => {
  const keys = knownKeys(kind);
  const below = Object.fromEntries((keys ?? ["any name"]).map((key) => [key, kindBelow(kind, key)]));
  expect({ below, hasNames: keys === undefined, mayRefer: mayRefer(kind) }).toMatchSnapshot();
});

it.each([
  { kind: "paths", below: "data" },
  { kind: "responses", below: "data" },
  { kind: "callback", below: "data" },
  { kind: "schemas", below: "schema" },
  { kind: "headers", below: "header" },
] as const)("reads x-extra among $kind as $below", ({ kind, below }) => {
  expect(kindBelow(kind, "x-extra")).toBe(below);
});

it("reads what is under no keyword as data, also if the key is a property of every object", () => {
  expect(kindBelow("schema", "toString")).toBe("data");
  expect(kindBelow("schema", "default")).toBe("data");
});
