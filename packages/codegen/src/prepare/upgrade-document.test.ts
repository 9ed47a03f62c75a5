import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../document/openapi-document.ts";
import { upgradeDocument } from "./upgrade-document.ts";

/** What becomes of one schema in a document of a version. */
function upgraded(schema: JsonObject, openapi = "3.0.3"): JsonValue {
  const document = { openapi, info: { title: "Pets", version: "1.0.0" }, components: { schemas: { A: schema } } };
  const { components } = upgradeDocument(document) as unknown as { components: { schemas: { A: JsonValue } } };
  return components.schemas.A;
}

const cat = { $ref: "#/components/schemas/Cat" };

describe("null that OpenAPI 3.0 allows", () => {
  it.each<[what: string, schema: JsonObject, becomes: JsonObject]>([
    ["beside a type", { type: "string", nullable: true }, { type: ["string", "null"] }],
    ["beside a type, if it is not allowed", { type: "string", nullable: false }, { type: "string" }],
    ["beside several types", { type: ["string", "integer"], nullable: true }, { type: ["string", "integer", "null"] }],
    ["beside types with null", { type: ["string", "null"], nullable: true }, { type: ["string", "null"] }],
    [
      "beside listed values",
      { type: "string", enum: ["a"], nullable: true },
      { type: ["string", "null"], enum: ["a", null] },
    ],
    [
      "beside listed values with null",
      { type: "string", enum: ["a", null], nullable: true },
      { type: ["string", "null"], enum: ["a", null] },
    ],
    ["beside listed values alone", { enum: ["a"], nullable: true }, { enum: ["a", null] }],
    [
      "beside alternatives",
      { oneOf: [cat, { type: "string" }], nullable: true },
      { oneOf: [cat, { type: "string" }, { type: "null" }] },
    ],
    ["beside any of some", { anyOf: [cat], nullable: true }, { anyOf: [cat, { type: "null" }] }],
    [
      "beside all of some, with what is told left where it is read",
      { title: "A cat", description: "Or none.", default: null, allOf: [cat], maxProperties: 3, nullable: true },
      {
        title: "A cat",
        description: "Or none.",
        default: null,
        anyOf: [{ allOf: [cat], maxProperties: 3 }, { type: "null" }],
      },
    ],
    [
      "beside all of some, with nothing told",
      { allOf: [cat], nullable: true },
      { anyOf: [{ allOf: [cat] }, { type: "null" }] },
    ],
    ["beside nothing", { description: "Anything.", nullable: true }, { description: "Anything." }],
  ])("%s", (_, schema, becomes) => {
    expect(upgraded(schema)).toEqual(becomes);
    // Many write it in 3.1 documents as well.
    expect(upgraded(schema, "3.1.0")).toEqual(becomes);
  });

  it("beside a reference is a branch in 3.1, and is passed over in 3.0, where a reference stands alone", () => {
    expect(upgraded({ ...cat, nullable: true }, "3.1.0")).toEqual({ anyOf: [cat, { type: "null" }] });
    expect(upgraded({ ...cat, description: "A cat.", nullable: true })).toEqual(cat);
    expect(upgraded({ ...cat, description: "A cat." }, "3.1.0")).toEqual({ ...cat, description: "A cat." });
  });
});

describe("a limit that OpenAPI 3.0 excludes", () => {
  it.each<[schema: JsonObject, becomes: JsonObject]>([
    [{ minimum: 1, exclusiveMinimum: true }, { exclusiveMinimum: 1 }],
    [{ maximum: 1, exclusiveMaximum: true }, { exclusiveMaximum: 1 }],
    [{ minimum: 1, exclusiveMinimum: false }, { minimum: 1 }],
    [{ exclusiveMaximum: true }, {}],
    [{ exclusiveMaximum: 5 }, { exclusiveMaximum: 5 }],
    [
      { minimum: 0, maximum: 9, exclusiveMinimum: true, exclusiveMaximum: true },
      { exclusiveMinimum: 0, exclusiveMaximum: 9 },
    ],
  ])("%o becomes %o", (schema, becomes) => {
    expect(upgraded({ type: "number", ...schema })).toStrictEqual({ type: "number", ...becomes });
  });
});

it("makes a 3.0 document a 3.1 one, and leaves the version of a 3.1 document", () => {
  expect(upgradeDocument({ openapi: "3.0.4" }).openapi).toBe("3.1.0");
  expect(upgradeDocument({ openapi: "3.1.1" }).openapi).toBe("3.1.1");
});

it("changes schemas alone: an example that looks like one stays as it is", () => {
  const example = { type: "string", nullable: true, exclusiveMinimum: true };
  expect(upgraded({ type: "object", example })).toEqual({ type: "object", example });
});
