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
    const kept = plain.flatMap((keyword): [string, JsonValue][] => {
      const value = Object.hasOwn(schema, keyword) ? schema[keyword]! : undefined;
      const is = value !== undefined && (!(keyword in keywordValues) || isKeywordValue(keyword, value));
      return is && (keyword !== "pattern" || isPattern(value)) ? [[keyword, value]] : [];
    });
    // Looked for only where something is required: along a chain of references it would take the square of its length.
    const isRequiring = ["required", "allOf", "anyOf", "oneOf"].some((keyword) => Object.hasOwn(schema, keyword));
    const readOnly = new Set([...readOnlyAround, ...(isRequiring ? readOnlyNames(schema, new Set()) : [])]);
    const below = (value: JsonValue | undefined): Record<string, unknown> => rulesOf(value ?? {}, new Set());
    const list = (value: JsonValue | undefined): Record<string, unknown>[] | undefined =>
      Array.isArray(value) && value.length > 0 ? value.map((one) => rulesOf(one as JsonValue, readOnly)) : undefined;
    const map = (value: JsonValue | undefined): Record<string, unknown> | undefined =>
      isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, below(one)])) : undefined;
    const required = Array.isArray(schema.required)
      ? schema.required.filter((name) => typeof name === "string" && !readOnly.has(name))
      : [];
    const { anyOf, oneOf, additionalProperties, items, prefixItems } = schema;
    const alternatives = [list(anyOf), list(oneOf)].filter((one) => one !== undefined);
    const allOf = [
      ...(list(schema.allOf) ?? []),
      ...(alternatives.length > 1 ? alternatives.map((one) => ({ anyOf: one })) : []),
    ];
    return defined({
      $ref: referenceOf(schema),
      ...Object.fromEntries(kept),
      const: schema.const,
      items: isObject(items) ? below(items) : undefined,
      prefixItems: Array.isArray(prefixItems) ? prefixItems.map((one) => below(one as JsonValue)) : undefined,
      properties: map(schema.properties),
      patternProperties: patternsOf(map(schema.patternProperties)),
      additionalProperties: isObject(additionalProperties)
        ? emptyAsTrue(below(additionalProperties))
        : additionalProperties === true || (additionalProperties === false && canBeClosed(schema))
          ? additionalProperties
          : undefined,
      required: required.length > 0 ? required : undefined,
      allOf: allOf.length > 0 ? allOf : undefined,
      anyOf: alternatives.length === 1 ? alternatives[0] : undefined,
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

  /** The properties that only responses have, of a schema and of all that it is made of. */
  function readOnlyNames(schema: JsonObject, seen: Set<object>): string[] {
    if (seen.has(schema)) return [];
    seen.add(schema);
    const own = isObject(schema.properties)
      ? Object.entries(schema.properties).flatMap(([name, property]) =>
          isObject(property) && resolve<JsonObject>(document, property).readOnly === true ? [name] : [],
        )
      : [];
    const parts = Array.isArray(schema.allOf) ? (schema.allOf as JsonValue[]).filter((part) => isObject(part)) : [];
    const around = typeof schema.$ref === "string" ? [...parts, resolve<JsonObject>(document, schema)] : parts;
    return [...own, ...around.flatMap((part) => readOnlyNames(part, seen))];
  }
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

/** A pattern that can't be read may allow any name. */
function canBeClosed({ patternProperties }: JsonObject): boolean {
  return !isObject(patternProperties) || Object.keys(patternProperties).every((pattern) => isPattern(pattern));
}

function emptyAsTrue(rules: Record<string, unknown>): Record<string, unknown> | true {
  return Object.keys(rules).length === 0 ? true : rules;
}

function defined(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
