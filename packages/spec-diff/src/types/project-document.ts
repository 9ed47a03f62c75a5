import {
  isObject,
  type JsonObject,
  type JsonValue,
  lookUp,
  mapDocument,
  placeOf,
} from "@image-variations/codegen/document";
import { normalMediaType } from "../contract/normal-media-type.ts";
import { schemaReference } from "@image-variations/codegen/document";

/**
 * The document as one side sees it: without the properties that only the other side may set, and with the names that
 * the wire does not tell apart written alike: placeholders of paths are numbered, header names have no case.
 */
export function projectDocument(document: JsonObject, hidden: "readOnly" | "writeOnly"): JsonObject {
  const projected = mapDocument(document, (kind, copy, original) => {
    if (kind === "content") return renamed(copy, normalMediaType);
    if (kind === "headers") return renamed(copy, (name) => name.toLowerCase());
    if (kind === "discriminator" && isObject(copy.mapping)) return withPlaces(copy, copy.mapping);
    if (kind === "parameter" && copy.in === "header" && typeof copy.name === "string") {
      return { ...copy, name: copy.name.toLowerCase() };
    }
    return kind === "schema" ? projectSchema(document, copy, original, hidden) : copy;
  }) as JsonObject;
  if (!isObject(projected.paths)) return projected;
  const paths = Object.entries(projected.paths).map(([path, item]) => numberPlaceholders(projected, path, item));
  return { ...projected, paths: Object.fromEntries(paths) };
}

function projectSchema(
  document: JsonObject,
  copy: Record<string, JsonValue>,
  original: JsonObject,
  hidden: "readOnly" | "writeOnly",
): JsonObject {
  const schema = { ...copy };
  // The emitter follows references to places alone.
  if (typeof schema.$ref === "string") schema.$ref = placeOf(document, schema.$ref);
  // One type is a list of one, and the emitter makes something else of a list.
  if (Array.isArray(schema.type) && schema.type.length === 1) schema.type = schema.type[0] as JsonValue;
  if (!isObject(original.properties) || !isObject(copy.properties)) return schema;
  const properties = Object.entries(original.properties);
  const gone = new Set<JsonValue>(
    properties.filter(([, property]) => isFlagged(document, property, hidden)).map(([name]) => name),
  );
  if (gone.size === 0) return schema;
  schema.properties = Object.fromEntries(Object.entries(copy.properties).filter(([name]) => !gone.has(name)));
  if (Array.isArray(copy.required)) schema.required = copy.required.filter((name) => !gone.has(name));
  return schema;
}

function withPlaces(discriminator: JsonObject, mapping: JsonObject): JsonObject {
  const places = Object.entries(mapping).map(([value, target]): [string, JsonValue] => [
    value,
    typeof target === "string" ? schemaReference(target) : target,
  ]);
  return { ...discriminator, mapping: Object.fromEntries(places) };
}

function renamed(map: JsonObject, rename: (name: string) => string): JsonObject {
  return Object.fromEntries(Object.entries(map).map(([name, item]) => [rename(name), item]));
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
