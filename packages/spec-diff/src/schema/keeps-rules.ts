import { isObject, type JsonValue } from "@image-variations/codegen/document";
import { isLowerBound, type NormalSchema } from "./normal-schema.ts";
import type { TypeName } from "./type-names.ts";

/** Whether a value keeps the limits, the pattern and the like of a schema, as far as they can be decided. */
export function keepsRules(
  { bounds, assertions }: Pick<NormalSchema, "bounds" | "assertions">,
  value: JsonValue,
): boolean {
  for (const [keyword, { value: limit, exclusive }] of bounds) {
    const measured = measure(keyword, value);
    if (measured === undefined) continue;
    const excess = isLowerBound(keyword) ? limit - measured : measured - limit;
    if (excess > 0 || (exclusive && excess === 0)) return false;
  }
  const [pattern, divisor] = ["pattern", "multipleOf"].map((keyword) => assertions.get(keyword)?.value);
  if (typeof value === "string" && typeof pattern === "string" && !matches(pattern, value)) return false;
  return !(typeof value === "number" && typeof divisor === "number" && !Number.isInteger(value / divisor));
}

/** Whether a value is legal by a schema, as far as it can be decided; what lies below an object or a list is not. */
export function allows(schema: NormalSchema, value: JsonValue): boolean {
  if (value === null) return schema.nullable;
  const type = typeOf(value);
  const typed = !schema.types || schema.types.has(type) || (type === "integer" && schema.types.has("number"));
  return typed && keepsRules(schema, value);
}

/** The type of a value other than null. */
export function typeOf(value: JsonValue): TypeName {
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value as "boolean" | "string" | "object";
}

/** What a limit measures of a value; undefined where it says nothing of such values. */
function measure(keyword: string, value: JsonValue): number | undefined {
  if (keyword.endsWith("imum")) return typeof value === "number" ? value : undefined;
  if (keyword.endsWith("Length")) return typeof value === "string" ? [...value].length : undefined;
  if (keyword.endsWith("Items")) return Array.isArray(value) ? value.length : undefined;
  return keyword.endsWith("Properties") && isObject(value) ? Object.keys(value).length : undefined;
}

function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, "u").test(text);
  } catch {
    // Another dialect of regular expressions: it is not for us to say.
    return true;
  }
}
