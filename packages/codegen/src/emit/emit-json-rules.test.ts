import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, it } from "vitest";
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
