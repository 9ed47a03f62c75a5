import { isObject } from "../document/is-object.ts";
import { resolve } from "../document/list-operations.ts";
import { stepsOf } from "../document/look-up.ts";
import type { JsonObject, JsonValue, OpenAPIDocument } from "../document/openapi-document.ts";
import { isKeywordValue, keywordValues } from "../document/schema-keywords.ts";

/** The rules of JSON values, collected: what `@image-variations/validation/json` takes. */
export interface JsonRulesOf {
  /** The rules of a schema. What they refer to is added to `schemas`. */
  rulesOf(schema: JsonValue): Record<string, unknown>;
  /** The rules that others refer to, by name. */
  readonly schemas: ReadonlyMap<string, Record<string, unknown>>;
  /** Keywords of the schemas that state a rule which is not checked. */
  readonly unchecked: ReadonlySet<string>;
}

/** Keywords whose value is taken as it is. */
const plain: readonly string[] = (
  "type enum minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength pattern format minItems maxItems " +
  "uniqueItems minProperties maxProperties"
).split(" ");

/** Keywords that state a rule which is not checked; every other one that is not taken states none. */
const left: readonly string[] = (
  "not if then else dependentRequired dependentSchemas dependencies propertyNames contains minContains maxContains " +
  "unevaluatedProperties unevaluatedItems additionalItems contentSchema $dynamicRef"
).split(" ");

/**
 * Writes schemas as rules for requests: what states no rule is left out, `oneOf` is `anyOf`, because servers accept what fits two,
 * and a property that only responses have is not required. A keyword with a value that it can't have states no rule.
 */
export function createJsonRules(document: OpenAPIDocument): JsonRulesOf {
  const schemas = new Map<string, Record<string, unknown>>();
  const unchecked = new Set<string>();
  // Not by recursion, because references may follow each other by the thousand.
  const pending: string[] = [];
  return {
    rulesOf(schema) {
      const rules = rulesOf(schema, new Set());
      for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
        schemas.set(name, rulesOf((document.components?.schemas?.[name] ?? {}) as JsonValue, new Set()));
      }
      return rules;
    },
    schemas,
    unchecked,
  };

  function rulesOf(schema: JsonValue, readOnlyAround: ReadonlySet<string>): Record<string, unknown> {
    if (!isObject(schema)) return {};
    // The types of files have no JSON.
    if (schema.format === "binary") return {};
    for (const keyword of left) if (Object.hasOwn(schema, keyword)) unchecked.add(keyword);
    // Looked for only where something is required: along a chain of references it would take the square of its length.
    const isRequiring = ["required", "allOf", "anyOf", "oneOf"].some((keyword) => Object.hasOwn(schema, keyword));
    const readOnly = new Set([...readOnlyAround, ...(isRequiring ? readOnlyNames(document, schema) : [])]);
    return defined({
      $ref: referenceOf(schema),
      ...plainRulesOf(schema),
      const: schema.const,
      ...childRulesOf(schema),
      required: requiredNames(schema, readOnly),
      ...combinationsOf(schema, readOnly),
    });
  }

  function referenceOf({ $ref }: JsonObject): string | undefined {
    if (typeof $ref !== "string") return undefined;
    const [root, section, name, ...deeper] = stepsOf($ref);
    if (root !== "components" || section !== "schemas" || name === undefined || deeper.length > 0) return undefined;
    if (!schemas.has(name)) {
      schemas.set(name, {});
      pending.push(name);
    }
    return name;
  }

  /** The rules of items and properties: values of their own, of which what is around says nothing. */
  function childRulesOf(schema: JsonObject): Record<string, unknown> {
    const below = (value: JsonValue): Record<string, unknown> => rulesOf(value, new Set());
    const byName = (value: JsonValue | undefined): Record<string, unknown> | undefined =>
      isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, below(one)])) : undefined;
    const { items, prefixItems, additionalProperties } = schema;
    return {
      items: isObject(items) ? below(items) : undefined,
      prefixItems: Array.isArray(prefixItems) ? prefixItems.map((one) => below(one as JsonValue)) : undefined,
      properties: byName(schema.properties),
      patternProperties: patternsOf(byName(schema.patternProperties)),
      additionalProperties: isObject(additionalProperties)
        ? emptyAsTrue(below(additionalProperties))
        : isOpenOrClosed(schema)
          ? additionalProperties
          : undefined,
    };
  }

  /** `allOf` and `anyOf`, whose parts are rules of the same value. A second list of alternatives is a part of `allOf`. */
  function combinationsOf(schema: JsonObject, readOnly: ReadonlySet<string>): Record<string, unknown> {
    const list = (value: JsonValue | undefined): Record<string, unknown>[] | undefined =>
      Array.isArray(value) && value.length > 0 ? value.map((one) => rulesOf(one as JsonValue, readOnly)) : undefined;
    const alternatives = [list(schema.anyOf), list(schema.oneOf)].filter((one) => one !== undefined);
    const allOf = [
      ...(list(schema.allOf) ?? []),
      ...(alternatives.length > 1 ? alternatives.map((one) => ({ anyOf: one })) : []),
    ];
    return {
      allOf: allOf.length > 0 ? allOf : undefined,
      anyOf: alternatives.length === 1 ? alternatives[0] : undefined,
    };
  }
}

/** The keywords that are taken as they are, where they have a value that they can have. */
function plainRulesOf(schema: JsonObject): Record<string, unknown> {
  const isRule = (keyword: string): boolean => {
    const value = Object.hasOwn(schema, keyword) ? schema[keyword] : undefined;
    if (value === undefined || (keyword in keywordValues && !isKeywordValue(keyword, value))) return false;
    return keyword !== "pattern" || isPattern(value);
  };
  return Object.fromEntries(plain.filter(isRule).map((keyword) => [keyword, schema[keyword]]));
}

function requiredNames({ required }: JsonObject, readOnly: ReadonlySet<string>): string[] | undefined {
  if (!Array.isArray(required)) return undefined;
  const names = required.filter((name) => typeof name === "string").filter((name) => !readOnly.has(name));
  return names.length > 0 ? names : undefined;
}

/** The properties that only responses have, of a schema and of all that it is made of. */
function readOnlyNames(document: OpenAPIDocument, schema: JsonObject, seen = new Set<object>()): string[] {
  if (seen.has(schema)) return [];
  seen.add(schema);
  const own = isObject(schema.properties)
    ? Object.entries(schema.properties).flatMap(([name, property]) =>
        isObject(property) && resolve<JsonObject>(document, property).readOnly === true ? [name] : [],
      )
    : [];
  const parts = Array.isArray(schema.allOf) ? (schema.allOf as JsonValue[]).filter((part) => isObject(part)) : [];
  const around = typeof schema.$ref === "string" ? [...parts, resolve<JsonObject>(document, schema)] : parts;
  return [...own, ...around.flatMap((part) => readOnlyNames(document, part, seen))];
}

/** Whether a pattern is one of ECMAScript; others are not for us to say. */
export function isPattern(value: JsonValue): boolean {
  try {
    return RegExp(String(value), "u") instanceof RegExp;
  } catch {
    return false;
  }
}

function patternsOf(map: Record<string, unknown> | undefined): Record<string, unknown> | undefined {
  return map && Object.fromEntries(Object.entries(map).filter(([pattern]) => isPattern(pattern)));
}

/** Whether other properties are said to be allowed, or not to be: a pattern that can't be read may allow any name. */
function isOpenOrClosed({ additionalProperties, patternProperties }: JsonObject): boolean {
  const patterns = isObject(patternProperties) ? Object.keys(patternProperties) : [];
  return additionalProperties === true || (additionalProperties === false && patterns.every(isPattern));
}

function emptyAsTrue(rules: Record<string, unknown>): Record<string, unknown> | true {
  return Object.keys(rules).length === 0 ? true : rules;
}

function defined(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
