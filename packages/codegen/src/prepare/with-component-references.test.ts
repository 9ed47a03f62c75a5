import { describe, expect, it } from "vitest";
import type { JsonObject } from "../document/openapi-document.ts";
import { withComponentReferences } from "./with-component-references.ts";

const done = { "204": { description: "Done." } };

function documentOf(paths: JsonObject, components: JsonObject = {}): JsonObject {
  return { openapi: "3.1.0", info: { title: "Pets", version: "1.0.0" }, paths, components };
}

function getOf(schema: JsonObject): JsonObject {
  return { get: { responses: { "200": { description: "Yes.", content: { "application/json": { schema } } } } } };
}

describe("a reference that leads elsewhere than to a component gets one:", () => {
  it("to the schema of another operation's response", () => {
    const reference = "#/paths/~1a/get/responses/200/content/application~1json/schema";
    const { document, originOf } = withComponentReferences(
      documentOf({ "/a": getOf({ type: "object" }), "/b": getOf({ type: "array", items: { $ref: reference } }) }),
    );
    const name = "a_get_200_application_json";
    const place = { $ref: `#/components/schemas/${name}` };
    expect(document).toMatchObject({
      paths: { "/a": getOf(place), "/b": getOf({ type: "array", items: place }) },
      components: { schemas: { [name]: { type: "object" } } },
    });
    expect(originOf(["components", "schemas", name, "type"])).toEqual([
      "paths",
      "/a",
      "get",
      "responses",
      "200",
      "content",
      "application/json",
      "schema",
      "type",
    ]);
  });

  it("to parts of a schema, one inside the other, whatever their names are", () => {
    const { document, originOf } = withComponentReferences(
      documentOf(
        { "/a": getOf({ $ref: "#/components/schemas/A/properties/b/properties/x~1y%25z" }) },
        {
          schemas: {
            A: { properties: { b: { properties: { "x/y%z": { type: "string" } } } } },
            B: { $ref: "#/components/schemas/A/properties/b" },
            A_b: { type: "null" },
          },
        },
      ),
    );
    expect(document.components).toEqual({
      schemas: {
        A: { properties: { b: { $ref: "#/components/schemas/A_b_2" } } },
        B: { $ref: "#/components/schemas/A_b_2" },
        A_b: { type: "null" },
        A_b_2: { properties: { "x/y%z": { $ref: "#/components/schemas/A_b_x_y_z" } } },
        A_b_x_y_z: { type: "string" },
      },
    });
    expect(originOf(["components", "schemas", "A_b_2", "type"])).toEqual([
      "components",
      "schemas",
      "A",
      "properties",
      "b",
      "type",
    ]);
  });

  it("to an anchor, to an extension, and by a discriminator", () => {
    const { document } = withComponentReferences(
      documentOf(
        { "/a": getOf({ $ref: "#pet" }), "/b": getOf({ $ref: "#/components/x-parts/One" }) },
        {
          "x-parts": { One: { items: { $ref: "#/components/x-parts/Two" } }, Two: { type: "integer" } },
          schemas: {
            Pet: {
              $anchor: "pet",
              oneOf: [{ $ref: "#/components/schemas/Zoo/$defs/Cat" }],
              discriminator: { propertyName: "kind", mapping: { cat: "#/components/schemas/Zoo/$defs/Cat" } },
            },
            Zoo: { $defs: { Cat: { type: "object" } } },
          },
        },
      ),
    );
    expect(document.paths).toEqual({
      "/a": getOf({ $ref: "#/components/schemas/Pet" }),
      "/b": getOf({ $ref: "#/components/schemas/x-parts_One" }),
    });
    const cat = "#/components/schemas/Zoo_Cat";
    expect(document.components).toMatchObject({
      schemas: {
        "x-parts_One": { items: { $ref: "#/components/schemas/x-parts_Two" } },
        "x-parts_Two": { type: "integer" },
        Pet: { oneOf: [{ $ref: cat }], discriminator: { mapping: { cat } } },
        Zoo: { $defs: { Cat: { $ref: cat } } },
      },
    });
  });

  it("by a discriminator alone", () => {
    const { document } = withComponentReferences(
      documentOf(
        { "/a": getOf({ $ref: "#/components/schemas/Pet" }) },
        {
          schemas: {
            Pet: { discriminator: { propertyName: "kind", mapping: { cat: "#/components/schemas/Zoo/$defs/Cat" } } },
            Zoo: { $defs: { Cat: { type: "object" } } },
          },
        },
      ),
    );
    const cat = "#/components/schemas/Zoo_Cat";
    expect(document.components).toEqual({
      schemas: {
        Pet: { discriminator: { propertyName: "kind", mapping: { cat } } },
        Zoo: { $defs: { Cat: { $ref: cat } } },
        Zoo_Cat: { type: "object" },
      },
    });
  });

  it.each([
    ["#/components/schemas/A/allOf/1", "A_1", ["components", "schemas", "A", "allOf", "1"]],
    ["#/components/schemas/List/items", "List_2", ["components", "schemas", "List", "items"]],
    ["#/components/schemas/A/items/properties/b", "A_b", ["components", "schemas", "A", "items", "properties", "b"]],
    [
      "#/components/schemas/A/additionalProperties",
      "A_additionalProperties",
      ["components", "schemas", "A", "additionalProperties"],
    ],
    [
      "#/components/schemas/items/properties/schema",
      "schema",
      ["components", "schemas", "items", "properties", "schema"],
    ],
    ["#/components/schemas/_a%20/properties/-b_", "a__-b", ["components", "schemas", "_a ", "properties", "-b_"]],
    ["#/x-more/0", "x-more_0", undefined],
    ["#/~1", "part", undefined],
  ])("to %s, which is called %s", (reference, name, place) => {
    const text = { type: "string" };
    const { document } = withComponentReferences({
      ...documentOf(
        { "/a": getOf({ $ref: reference }) },
        {
          schemas: {
            A: { allOf: [{}, text], items: { properties: { b: text } }, additionalProperties: text },
            items: { properties: { schema: text } },
            List: { items: text },
            "_a ": { properties: { "-b_": text } },
          },
        },
      ),
      "x-more": [text],
      "/": text,
    });
    const component = { $ref: `#/components/schemas/${name}` };
    expect(document.paths).toEqual({ "/a": getOf(component) });
    expect((document.components as { schemas: JsonObject }).schemas[name]).toEqual(text);
    // What is data stays as it is.
    const there = (
      place ??
      reference
        .slice(2)
        .replace("~1", "/")
        .split(/\/(?=.)/)
    ).reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], document);
    expect(there).toEqual(place ? component : text);
  });

  it("to a parameter in the list of another operation", () => {
    const limit = { name: "limit", in: "query" };
    const { document } = withComponentReferences(
      documentOf({
        "/a": { get: { parameters: [limit], responses: done } },
        "/b": { get: { parameters: [{ $ref: "#/paths/~1a/get/parameters/0" }], responses: done } },
      }),
    );
    const place = { $ref: "#/components/parameters/a_get_0" };
    expect(document).toMatchObject({
      paths: { "/a": { get: { parameters: [place] } }, "/b": { get: { parameters: [place] } } },
      components: { parameters: { a_get_0: limit } },
    });
  });
});

it("a path item is written where it is referred to", () => {
  const { document } = withComponentReferences(
    documentOf(
      { "/c": true, "/a": { $ref: "#/components/pathItems/A", summary: "Beside." }, "/b": { $ref: "#/paths/~1a" } },
      { pathItems: { A: { $ref: "#/components/pathItems/B" }, B: { get: { responses: done } } } },
    ),
  );
  const item = { get: { responses: done }, summary: "Beside." };
  expect(document.paths).toEqual({ "/a": item, "/b": item, "/c": true });
});

it("a document whose references all lead to components stays as it is", () => {
  const document = documentOf(
    { "/a": getOf({ $ref: "#/components/schemas/A" }) },
    { schemas: { A: { type: "object" } } },
  );
  expect(withComponentReferences(document).document).toBe(document);
});

it("a reference to the whole document stays as it is", () => {
  const document = documentOf({ "/a": getOf({ $ref: "#" }), "/b": true });
  expect(withComponentReferences(document).document).toBe(document);
});
