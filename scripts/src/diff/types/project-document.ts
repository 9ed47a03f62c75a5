import type { JsonValue } from "../../generate/openapi-document.ts";
import { lookUp } from "../../generate/look-up.ts";
import { isObject } from "../schema/is-object.ts";
import { normalMediaType } from "../contract/normal-media-type.ts";
import type { JsonObject } from "../schema/spec.ts";

/**
 * The document as one side sees it: without the properties that only the other side may set, and with the names that
 * the wire does not tell apart written alike: placeholders of paths are numbered, header names have no case.
 */
export function projectDocument(document: JsonObject, hidden: "readOnly" | "writeOnly"): JsonObject {
  const project = (value: JsonValue): JsonValue => {
    if (Array.isArray(value)) return value.map((item) => project(item));
    if (!isObject(value)) return value;
    const entries = Object.entries(value).map(([key, item]): [string, JsonValue] => [key, project(item)]);
    const copy: Record<string, JsonValue> = Object.fromEntries(entries);
    if (value.in === "header" && typeof value.name === "string") copy.name = value.name.toLowerCase();
    if (isObject(copy.content)) {
      const media = Object.entries(copy.content).map(([type, item]) => [normalMediaType(type), item] as const);
      copy.content = Object.fromEntries(media);
    }
    if (isObject(value.properties)) {
      const properties = Object.entries(value.properties);
      const flagged = properties.filter(([, property]) => isFlagged(document, property, hidden));
      const gone = new Set<JsonValue>(flagged.map(([name]) => name));
      copy.properties = Object.fromEntries(
        Object.entries(copy.properties as JsonObject).filter(([name]) => !gone.has(name)),
      );
      if (Array.isArray(copy.required)) copy.required = copy.required.filter((name) => !gone.has(name));
    }
    return copy;
  };
  const projected = project(document) as JsonObject;
  if (!isObject(projected.paths)) return projected;
  const paths = Object.entries(projected.paths).map(([path, item]) => numberPlaceholders(projected, path, item));
  return { ...projected, paths: Object.fromEntries(paths) };
}

function isFlagged(document: JsonObject, property: JsonValue, flag: string): boolean {
  const seen = new Set<JsonValue>();
  for (let next = property; isObject(next) && !seen.has(next);) {
    if (next[flag] === true) return true;
    seen.add(next);
    if (typeof next.$ref !== "string") return false;
    next = lookUp(document, next.$ref) as JsonValue;
  }
  return false;
}

function numberPlaceholders(document: JsonObject, path: string, item: JsonValue): [string, JsonValue] {
  const names = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name!);
  let count = 0;
  const numbered = path.replaceAll(/\{[^}]*\}/g, () => `{_${count++}}`);
  const rename = (value: JsonValue): JsonValue => {
    const target = isObject(value) && typeof value.$ref === "string" ? lookUp(document, value.$ref) : value;
    if (!isObject(target) || target.in !== "path") return value;
    const index = names.indexOf(String(target.name));
    return index < 0 ? value : { ...target, name: `_${index}` };
  };
  const withParameters = (owner: JsonValue): JsonValue =>
    isObject(owner) && Array.isArray(owner.parameters)
      ? { ...owner, parameters: owner.parameters.map((parameter) => rename(parameter)) }
      : owner;
  if (!isObject(item)) return [numbered, item];
  const entries = Object.entries(item).map(([key, value]): [string, JsonValue] => [key, withParameters(value)]);
  return [numbered, withParameters(Object.fromEntries(entries))];
}
