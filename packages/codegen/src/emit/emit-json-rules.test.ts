import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue, OpenAPIDocument } from "../document/openapi-document.ts";
import { createJsonRules } from "./emit-json-rules.ts";

type CreateValidator = (
  rules: object,
  options: { readonly schemas: object },
) => (value: unknown) => Promise<{ readonly valid: boolean; readonly issues: readonly { readonly message: string }[] }>;

// As it is built: the validator's package is made of what this one generates, and so can't be a dependency.
const door = new URL("../../../validation/dist/json.js", import.meta.url).href;
const { createJsonValidator } = (await import(door)) as { readonly createJsonValidator: CreateValidator };

const names = ["a", "b", "c"];
const scalar = fc.constantFrom<JsonValue>(null, true, "", "a", "bb", 0, 1, 2.5, 7);

/** Schemas of every keyword, also of those that are not checked, and of some that have no right value. */
const { schema: anySchema } = fc.letrec<{ schema: JsonValue }>((tie) => {
  const below = tie("schema");
  const list = fc.array(below, { minLength: 1, maxLength: 2 });
  const map = fc.dictionary(fc.constantFrom(...names), below, { maxKeys: 2, noNullPrototype: true });
  const small = fc.integer({ min: 0, max: 2 });
  const some = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<JsonValue> =>
    fc.record(fields, { requiredKeys: [] }) as fc.Arbitrary<JsonValue>;
  const type = fc.constantFrom("string", "number", "integer", "boolean", "array", "object", "null");
  return {
    schema: fc.oneof(
      { depthSize: "small" },
      some({ type, enum: fc.uniqueArray(scalar, { minLength: 1, maxLength: 3 }), description: fc.string() }),
      some({ type: fc.constant("string"), minLength: small, pattern: fc.constantFrom("^a", "(?<", "[") }),
      some({
        type,
        minimum: small,
        exclusiveMaximum: fc.integer({ min: 1, max: 9 }),
        multipleOf: fc.constantFrom(0.5, 2),
      }),
      some({
        type: fc.constant("array"),
        items: below,
        prefixItems: list,
        contains: below,
        unevaluatedItems: below,
        maxItems: small,
      }),
      some({
        type: fc.constant("object"),
        properties: map,
        required: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 }),
        additionalProperties: fc.oneof(fc.boolean(), below),
        patternProperties: fc.constantFrom({ "^a": { type: "integer" } }),
        propertyNames: below,
        dependentRequired: fc.constant({ a: ["b"] }),
        unevaluatedProperties: below,
      }),
      some({ oneOf: list, anyOf: list, allOf: list }),
      some(Object.fromEntries(["not", "if", "then", "else"].map((keyword) => [keyword, below]))),
      fc.record({ $ref: fc.constant("#/components/schemas/X") }) as fc.Arbitrary<JsonValue>,
      fc.boolean(),
    ),
  };
});

const anyValue = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    scalar,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names, "d"), tie("value"), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;

it("never rejects what a schema allows, whatever its keywords are", async () => {
  let allowed = 0;
  await fc.assert(
    fc.asyncProperty(anySchema, anySchema, fc.array(anyValue, { maxLength: 6 }), async (schema, shared, values) => {
      // References to themselves alone are rejected before anything is emitted.
      fc.pre(!JSON.stringify(shared).includes("$ref"));
      const components = { schemas: { X: shared } };
      const json = createJsonRules({ components } as unknown as OpenAPIDocument);
      const validate = createJsonValidator(json.rulesOf(schema), { schemas: Object.fromEntries(json.schemas) });
      // A pattern that isn't a regular expression states nothing, as it does here.
      const text = JSON.stringify({ components, schema }).replaceAll(/"pattern":"(\(\?<|\[)"/g, '"$comment":""');
      const document = JSON.parse(text) as object;
      const oracle = new Ajv2020({ strict: false, validateSchema: false });
      oracle.addSchema(document, "spec");
      const isAllowed = oracle.getSchema("spec#/schema")!;
      for (const value of values) {
        if (isAllowed(value) !== true) continue;
        allowed++;
        const { valid, issues } = await validate(value);
        expect({ value, valid, issues }).toEqual({ value, valid: true, issues: [] });
      }
    }),
    { numRuns: Number(process.env.FAST_CHECK_RUNS ?? 400) },
  );
  expect(allowed).toBeGreaterThan(100);
});

it("writes thousands of references that follow each other, without running out of stack", () => {
  const count = 30_000;
  const link = (index: number): [string, JsonValue] => [
    `C${index}`,
    index === count ? { type: "integer" } : { $ref: `#/components/schemas/C${index + 1}` },
  ];
  const schemas = Object.fromEntries(Array.from({ length: count + 1 }, (_, index) => link(index)));
  const json = createJsonRules({ components: { schemas } } as unknown as OpenAPIDocument);
  expect(json.rulesOf({ $ref: "#/components/schemas/C0" })).toEqual({ $ref: "C0" });
  expect(json.schemas.size).toBe(count + 1);
});

/** The rules of a schema, and what else they need. */
function written(schema: unknown, schemas: object = {}): { rules: object; schemas: object; unchecked: string[] } {
  const json = createJsonRules({ components: { schemas } } as unknown as OpenAPIDocument);
  const rules = json.rulesOf(schema as JsonValue);
  return { rules, schemas: Object.fromEntries(json.schemas), unchecked: [...json.unchecked] };
}

describe("the rules of a schema", () => {
  it.each<[keyword: string, right: JsonValue, wrong: JsonValue]>([
    ["type", "string", "blob"],
    ["enum", [1], []],
    ["minimum", 1, "1"],
    ["maximum", 1, "1"],
    ["exclusiveMinimum", 1, true],
    ["exclusiveMaximum", 1, true],
    ["multipleOf", 2, 0],
    ["minLength", 1, -1],
    ["maxLength", 1, 1.5],
    ["pattern", "^a", "["],
    ["format", "uri", 5],
    ["minItems", 1, -1],
    ["maxItems", 1, -1],
    ["uniqueItems", true, "yes"],
    ["minProperties", 1, -1],
    ["maxProperties", 1, -1],
  ])("have %s as it is, unless its value is one that it can't have", (keyword, right, wrong) => {
    expect(written({ [keyword]: right }).rules).toEqual({ [keyword]: right });
    expect(written({ [keyword]: wrong }).rules).toEqual({});
  });

  const left =
    "not if then else dependentRequired dependentSchemas dependencies propertyNames contains minContains maxContains " +
    "unevaluatedProperties unevaluatedItems additionalItems contentSchema $dynamicRef";
  it.each(left.split(" "))("leave out %s, and say that it is not checked", (keyword) => {
    expect(written({ [keyword]: {} })).toEqual({ rules: {}, schemas: {}, unchecked: [keyword] });
  });

  it.each(["title", "description", "default", "example", "readOnly", "x-note"])(
    "leave out %s without a word",
    (keyword) => {
      expect(written({ [keyword]: true })).toEqual({ rules: {}, schemas: {}, unchecked: [] });
    },
  );

  const text = { type: "string" };
  const count = { type: "integer" };
  it.each<[schema: JsonValue, rules: object]>([
    [true, {}],
    [null, {}],
    [{ type: "string", format: "binary" }, {}],
    [{ const: null }, { const: null }],
    [{ items: { ...text, title: "A." } }, { items: text }],
    [{ items: true }, {}],
    [{ items: [text] }, {}],
    [{ prefixItems: [text, true] }, { prefixItems: [text, {}] }],
    [{ prefixItems: text }, {}],
    [{ properties: { a: { ...text, title: "A." }, b: true } }, { properties: { a: text, b: {} } }],
    [{ properties: [] }, {}],
    [{ patternProperties: { "^a": text, "[": count } }, { patternProperties: { "^a": text } }],
    [{ additionalProperties: { ...text, title: "A." } }, { additionalProperties: text }],
    [{ additionalProperties: { title: "A." } }, { additionalProperties: true }],
    [{ additionalProperties: true }, { additionalProperties: true }],
    [{ additionalProperties: false }, { additionalProperties: false }],
    [{ additionalProperties: "no" }, {}],
    [
      { additionalProperties: false, patternProperties: { "^a": text } },
      { additionalProperties: false, patternProperties: { "^a": text } },
    ],
    [
      { additionalProperties: false, patternProperties: { "^a": text, "[": text } },
      { patternProperties: { "^a": text } },
    ],
    [{ required: ["a", 5] }, { required: ["a"] }],
    [{ required: [] }, {}],
    [{ required: "a" }, {}],
    [{ allOf: [text, { title: "A." }] }, { allOf: [text, {}] }],
    [{ anyOf: [text, count] }, { anyOf: [text, count] }],
    [{ oneOf: [text, count] }, { anyOf: [text, count] }],
    [{ anyOf: [text], oneOf: [count] }, { allOf: [{ anyOf: [text] }, { anyOf: [count] }] }],
    [{ allOf: [text], anyOf: [text], oneOf: [count] }, { allOf: [text, { anyOf: [text] }, { anyOf: [count] }] }],
    [{ allOf: [], anyOf: [], oneOf: [] }, {}],
    [{ allOf: text, anyOf: text, oneOf: text }, {}],
    [{ $ref: 5 }, {}],
    [{ $ref: "#/components/schemas/A/properties/b" }, {}],
    [{ $ref: "#/components/responses/A" }, {}],
    [{ $ref: "#/definitions/schemas/A" }, {}],
    [{ $ref: "#/components/schemas" }, {}],
  ])("of %j are %j", (schema, rules) => {
    expect(written(schema)).toEqual({ rules, schemas: {}, unchecked: [] });
  });

  it("have the rules that they refer to by name, each once, and nothing of a schema that is missing", () => {
    const schemas = {
      A: { properties: { b: { $ref: "#/components/schemas/B" }, a: { $ref: "#/components/schemas/A" } } },
      B: { ...text, title: "B." },
      C: count,
    };
    const both = { prefixItems: [{ $ref: "#/components/schemas/A" }, { $ref: "#/components/schemas/lost" }] };
    expect(written(both, schemas)).toEqual({
      rules: { prefixItems: [{ $ref: "A" }, { $ref: "lost" }] },
      schemas: { A: { properties: { b: { $ref: "B" }, a: { $ref: "A" } } }, B: text, lost: {} },
      unchecked: [],
    });
  });
});

describe("a property that only responses have is not required", () => {
  const properties = { id: { type: "string", readOnly: true }, name: { type: "string", readOnly: false } };
  const required = ["id", "name"];
  const schemas = {
    Id: { type: "string", readOnly: true },
    Base: { properties },
    Tree: { allOf: [{ $ref: "#/components/schemas/Tree" }, { properties }] },
  };

  it.each<[where: string, schema: JsonValue]>([
    ["beside it", { properties, required }],
    ["beside it, as a reference", { properties: { id: { $ref: "#/components/schemas/Id" } }, required }],
    ["in a schema that is referred to", { $ref: "#/components/schemas/Base", required }],
    ["in a part of all", { allOf: [null, { properties }], required }],
    ["in a part that is referred to", { allOf: [{ $ref: "#/components/schemas/Base" }], required }],
    ["in a schema that contains itself", { $ref: "#/components/schemas/Tree", required }],
    ["around a part of all", { properties, allOf: [{ required }] }],
    ["around one of some", { properties, anyOf: [{ required }] }],
    ["around exactly one", { properties, oneOf: [{ required }] }],
    ["further around", { properties, allOf: [{ anyOf: [{ required }] }] }],
  ])("if the schema says so %s", (_, schema) => {
    const { rules } = written(schema, schemas);
    const [said] = /"required":\[[^\]]*\]/.exec(JSON.stringify(rules)) ?? [];
    expect(said).toBe('"required":["name"]');
  });

  it.each<[where: string, schema: JsonValue]>([
    ["of one of its properties", { properties: { a: { properties } }, required }],
    ["that it is only one of", { anyOf: [{ properties }], required }],
    ["around the schema of a property", { properties: { ...properties, a: { required } } }],
  ])("but it is if that is said %s", (_, schema) => {
    expect(JSON.stringify(written(schema).rules)).toContain('"required":["id","name"]');
  });
});
