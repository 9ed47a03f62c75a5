import { kindBelow, mayRefer, type Kind } from "./document-grammar.ts";
import type { JsonValue } from "./openapi-document.ts";

type JsonObject = { readonly [key: string]: JsonValue };

/** Sees an object and what it is; `path` is only valid until the next visit. */
export type Visit = (kind: Kind, value: JsonObject, path: readonly (string | number)[]) => void;

/** Visits every object of a document that is not data, from the outside in. */
export function walkDocument(value: JsonValue, visit: Visit, kind: Kind = "document"): void {
  walkPlaces(
    value,
    (itemKind, item, path) => {
      if (typeof item === "object" && item !== null && !isList(item)) visit(itemKind, item, path);
    },
    kind,
  );
}

/** Visits every place of a document that is not data, from the outside in, whatever stands there. */
export function walkPlaces(
  value: JsonValue,
  visit: (kind: Kind, value: JsonValue, path: readonly (string | number)[]) => void,
  kind: Kind = "document",
): void {
  const path: (string | number)[] = [];
  const walk = (item: JsonValue, itemKind: Kind): void => {
    if (itemKind === "data") return;
    // `items` of one schema is a schema; of a list it was the way to say what `prefixItems` says.
    const own = itemKind === "schemaOrSchemas" && !isList(item) ? "schema" : itemKind;
    visit(own, item, path);
    if (typeof item !== "object" || item === null) return;
    for (const [key, below] of isList(item) ? item.entries() : Object.entries(item)) {
      path.push(key);
      walk(below, isList(item) ? kindOfItem(own) : kindBelow(own, String(key)));
      path.pop();
    }
  };
  walk(value, kind);
}

/** A copy of a document in which every object that is not data was put through a function, from the inside out. */
export function mapDocument(
  value: JsonValue,
  change: (kind: Kind, copy: Record<string, JsonValue>, original: JsonObject) => JsonValue,
  kind: Kind = "document",
): JsonValue {
  const map = (item: JsonValue, itemKind: Kind): JsonValue => {
    if (itemKind === "data" || typeof item !== "object" || item === null) return item;
    if (isList(item)) return item.map((below) => map(below, kindOfItem(itemKind)));
    const own = itemKind === "schemaOrSchemas" ? "schema" : itemKind;
    const entries = Object.entries(item).map(([key, below]) => [key, map(below, kindBelow(own, key))] as const);
    return change(own, Object.fromEntries(entries), item);
  };
  return map(value, kind);
}

/** Calls back with each reference: a `$ref` where one can stand, and the schemas that a discriminator names. */
export function eachReference(
  value: JsonValue,
  found: (reference: string, path: readonly (string | number)[]) => void,
  kind: Kind = "document",
): void {
  walkDocument(
    value,
    (itemKind, item, path) => {
      if (mayRefer(itemKind) && typeof item.$ref === "string") found(item.$ref, [...path, "$ref"]);
    },
    kind,
  );
}

function kindOfItem(kind: Kind): Kind {
  return kind === "parameterList"
    ? "parameter"
    : kind === "schemaList" || kind === "schemaOrSchemas"
      ? "schema"
      : "data";
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
