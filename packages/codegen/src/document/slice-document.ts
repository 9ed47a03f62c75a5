import { mayRefer, type Kind } from "./document-grammar.ts";
import { isObject } from "./is-object.ts";
import { lookUp, placeOf, pointerTo, stepsOf } from "./look-up.ts";
import type { JsonObject, JsonValue } from "./openapi-document.ts";
import { schemaReference } from "./schema-reference.ts";
import { walkDocument } from "./walk-document.ts";

/** One operation to keep. */
export interface Wanted {
  readonly path: string;
  readonly method: string;
}

/** A reference, and what stands where it leads. */
export interface Reference {
  readonly reference: string;
  readonly kind: Kind;
}

/** What a path item has beside its operations. */
const shared = ["parameters", "servers", "summary", "description"];

/** What an operation has for one direction only. */
const ownTo = { request: ["parameters", "requestBody", "callbacks"], response: ["responses"] } as const;

/**
 * A document of some operations alone, with all that they refer to and nothing else.
 *
 * @param direction Leaves out of the operations what is only for the other direction. Default: nothing.
 */
export function sliceDocument(
  document: JsonObject,
  wanted: readonly Wanted[],
  direction?: keyof typeof ownTo,
): JsonObject {
  const left: readonly string[] = direction ? ownTo[direction === "request" ? "response" : "request"] : [];
  const without = (item: JsonValue): JsonValue =>
    isObject(item) ? Object.fromEntries(Object.entries(item).filter(([key]) => !left.includes(key))) : item;
  const paths: Record<string, Record<string, JsonValue>> = {};
  for (const { path, method } of wanted) {
    const item = pathItem(document, path);
    if (!item || !(method in item)) continue;
    const kept = shared.filter((key) => key in item && !left.includes(key));
    paths[path] ??= Object.fromEntries(kept.map((key) => [key, item[key]!]));
    paths[path][method] = without(item[method]!);
  }
  const { components: _, paths: __, webhooks: ___, ...rest } = document;
  const schemes = isObject(document.components) ? document.components.securitySchemes : undefined;
  const components: Record<string, Record<string, JsonValue>> = isObject(schemes) ? { securitySchemes: schemes } : {};
  for (const { reference } of closureOf(document, paths, "paths")) {
    const [root, kind, name] = stepsOf(placeOf(document, reference));
    if (root !== "components" || kind === undefined || name === undefined) continue;
    const found = lookUp(document, pointerTo([root, kind, name])) as JsonValue;
    if (found !== undefined) (components[kind] ??= {})[name] = found;
  }
  return { ...rest, paths, components };
}

/** Every reference that a value needs, and those that they need. */
export function closureOf(document: JsonObject, value: JsonValue, kind: Kind): Reference[] {
  const found = new Map<string, Reference>();
  const queue: { readonly value: JsonValue; readonly kind: Kind }[] = [{ value, kind }];
  for (const next of queue) {
    for (const reference of referencesIn(next.value, next.kind)) {
      if (found.has(reference.reference)) continue;
      found.set(reference.reference, reference);
      queue.push({ value: lookUp(document, reference.reference) as JsonValue, kind: reference.kind });
    }
  }
  return [...found.values()];
}

/** The references in a value itself. */
export function referencesIn(value: JsonValue, kind: Kind): Reference[] {
  const found: Reference[] = [];
  walkDocument(
    value,
    (itemKind, item) => {
      if (mayRefer(itemKind) && typeof item.$ref === "string") found.push({ reference: item.$ref, kind: itemKind });
      // A discriminator names schemas without `$ref`.
      if (itemKind !== "discriminator" || !isObject(item.mapping)) return;
      for (const target of Object.values(item.mapping)) {
        if (typeof target === "string") found.push({ reference: schemaReference(target), kind: "schema" });
      }
    },
    kind,
  );
  return found;
}

function pathItem(document: JsonObject, path: string): JsonObject | undefined {
  const item = isObject(document.paths) ? document.paths[path] : undefined;
  if (isObject(item) && typeof item.$ref === "string") return lookUp(document, item.$ref) as JsonObject;
  return isObject(item) ? item : undefined;
}
