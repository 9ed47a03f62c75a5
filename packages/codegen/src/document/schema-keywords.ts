import type { JsonValue } from "./openapi-document.ts";

const types = ["string", "number", "integer", "boolean", "array", "object", "null"];

const number = "a number";
const count = "a whole number, 0 or more";
const truth = "true or false";
const text = "text";

/** What the value of each keyword of a schema has to be, in words. Keywords that hold schemas are in the grammar. */
export const keywordValues: Readonly<Record<string, string>> = {
  type: `one of ${types.join(", ")}, or a list of them`,
  enum: "a list of at least one value",
  required: "a list of names",
  minimum: number,
  maximum: number,
  exclusiveMinimum: number,
  exclusiveMaximum: number,
  multipleOf: "a number above 0",
  minLength: count,
  maxLength: count,
  minItems: count,
  maxItems: count,
  minProperties: count,
  maxProperties: count,
  minContains: count,
  maxContains: count,
  uniqueItems: truth,
  readOnly: truth,
  writeOnly: truth,
  deprecated: truth,
  pattern: text,
  format: text,
  title: text,
  description: text,
  $ref: text,
  $anchor: text,
};

/** Whether a keyword has a value that it can have. */
export function isKeywordValue(keyword: string, value: JsonValue): boolean {
  const wanted = keywordValues[keyword];
  if (wanted === number) return typeof value === "number" && Number.isFinite(value);
  if (wanted === count) return Number.isSafeInteger(value) && Number(value) >= 0;
  if (wanted === truth) return typeof value === "boolean";
  if (wanted === text) return typeof value === "string";
  if (keyword === "multipleOf") return typeof value === "number" && value > 0;
  if (keyword === "type") {
    return Array.isArray(value)
      ? value.length > 0 && value.every((type) => types.includes(type as string))
      : types.includes(value as string);
  }
  return (
    Array.isArray(value) && (keyword === "enum" ? value.length > 0 : value.every((one) => typeof one === "string"))
  );
}

/** The other keywords that a schema may have: those that hold schemas, and those whose value may be anything. */
export const otherKeywords: readonly string[] = (
  "const default example examples items additionalItems additionalProperties propertyNames contains not if then else " +
  "unevaluatedItems unevaluatedProperties contentSchema contentEncoding contentMediaType allOf anyOf oneOf prefixItems " +
  "properties patternProperties dependentSchemas dependentRequired dependencies $defs definitions discriminator xml " +
  "externalDocs nullable $id $schema $comment $vocabulary $dynamicRef $dynamicAnchor"
).split(" ");
