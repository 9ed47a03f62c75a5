import type { JsonValue } from "../../generate/openapi-document.ts";
import { lookUp } from "../../generate/look-up.ts";
import { isObject } from "../schema/is-object.ts";
import type { JsonObject } from "../schema/spec.ts";

/** One operation to keep. */
export interface Wanted {
  readonly path: string;
  readonly method: string;
}

/** What a path item has beside its operations. */
const shared = ["parameters", "servers", "summary", "description"];

/** A document of some operations alone, with all that they refer to and nothing else. */
export function sliceDocument(document: JsonObject, wanted: readonly Wanted[]): JsonObject {
  const paths: Record<string, Record<string, JsonValue>> = {};
  for (const { path, method } of wanted) {
    const item = pathItem(document, path);
    if (!item || !(method in item)) continue;
    paths[path] ??= Object.fromEntries(shared.filter((key) => key in item).map((key) => [key, item[key]!]));
    paths[path][method] = item[method]!;
  }
  const { components: _, paths: __, webhooks: ___, ...rest } = document;
  const schemes = isObject(document.components) ? document.components.securitySchemes : undefined;
  const components: Record<string, Record<string, JsonValue>> = isObject(schemes) ? { securitySchemes: schemes } : {};
  for (const reference of closureOf(document, paths)) {
    const [, root, kind, name] = reference.split("/");
    if (root !== "components" || kind === undefined || name === undefined) continue;
    const key = decodeURIComponent(name).replaceAll("~1", "/").replaceAll("~0", "~");
    components[kind] = { ...components[kind], [key]: lookUp(document, `#/components/${kind}/${name}`) as JsonValue };
  }
  return { ...rest, paths, components };
}

/** Every reference that a value needs, and those that they need. */
export function closureOf(document: JsonObject, value: JsonValue): Set<string> {
  const found = new Set<string>();
  const queue: JsonValue[] = [value];
  for (const next of queue) {
    for (const reference of referencesOf(next)) {
      if (found.has(reference)) continue;
      found.add(reference);
      const target = lookUp(document, reference);
      if (target !== undefined) queue.push(target as JsonValue);
    }
  }
  return found;
}

function pathItem(document: JsonObject, path: string): JsonObject | undefined {
  const item = isObject(document.paths) ? document.paths[path] : undefined;
  if (isObject(item) && typeof item.$ref === "string") return lookUp(document, item.$ref) as JsonObject;
  return isObject(item) ? item : undefined;
}

function referencesOf(value: JsonValue): string[] {
  if (typeof value !== "object" || value === null) return [];
  const own = isObject(value) && typeof value.$ref === "string" ? [value.$ref] : [];
  // A discriminator names schemas without `$ref`.
  const mapping = isObject(value) && isObject(value.mapping) ? Object.values(value.mapping) : [];
  const named = mapping.filter((target) => typeof target === "string" && target.startsWith("#/")) as string[];
  return [...own, ...named, ...Object.values(value).flatMap((item) => referencesOf(item))];
}
