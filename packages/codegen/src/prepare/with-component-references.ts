import { sections } from "../document/bundle-document.ts";
import { kindBelow, mayRefer, type Kind } from "../document/document-grammar.ts";
import { isObject } from "../document/is-object.ts";
import { lookUp, placeOf, pointerTo, stepsOf } from "../document/look-up.ts";
import type { JsonObject, JsonValue } from "../document/openapi-document.ts";
import { schemaReference } from "../document/schema-reference.ts";
import { mapDocument, walkDocument } from "../document/walk-document.ts";

type Path = readonly (string | number)[];

/** A document, and where each of its places was before. */
export interface Moved {
  readonly document: JsonObject;
  readonly originOf: (path: Path) => Path;
}

/** A reference that does not lead to a component of its kind, and where it leads. */
interface Stray {
  readonly steps: readonly string[];
  readonly kind: Kind;
}

/**
 * A document in which every reference leads to a component, as generators and slices need it: what is referred to where it
 * stands, such as `#/paths/~1pets/get/responses/200/content/application~1json/schema`, becomes a component, and a path item
 * is written where it is referred to.
 */
export function withComponentReferences(document: JsonObject): Moved {
  let current = withPathItems(document);
  const names = new Map<string, string>();
  const origins = new Map<string, Path>();
  // What is moved may hold references that were not looked at, because it was data.
  for (let strays = straysIn(current, names); strays.size > 0; strays = straysIn(current, names)) {
    current = withNames(moved(current, strays, names, origins), names);
  }
  const originOf = (path: Path): Path => {
    const origin = origins.get(pointerTo(path.slice(0, 3)));
    return origin ? originOf([...origin, ...path.slice(3)]) : path;
  };
  return { document: current, originOf };
}

/** Paths whose item is a reference get the item. */
function withPathItems(document: JsonObject): JsonObject {
  const { paths } = document;
  if (!isObject(paths) || !Object.values(paths).some((item) => isObject(item) && "$ref" in item)) return document;
  const written = Object.entries(paths).map(([path, item]): [string, JsonValue] => {
    let result = item;
    while (isObject(result) && typeof result.$ref === "string") {
      const { $ref, ...beside } = result;
      const target = lookUp(document, $ref) as JsonValue;
      result = isObject(target) ? { ...target, ...beside } : target;
    }
    return [path, result];
  });
  return { ...document, paths: Object.fromEntries(written) };
}

/** References of a document that lead elsewhere than to a component, by the pointer that they lead to. */
function straysIn(document: JsonObject, names: ReadonlyMap<string, string>): Map<string, Stray> {
  const strays = new Map<string, Stray>();
  walkDocument(document, (kind, value) => {
    const found: [reference: string, kind: Kind][] = [];
    if (mayRefer(kind) && typeof value.$ref === "string") found.push([value.$ref, kind]);
    if (kind === "discriminator" && isObject(value.mapping)) {
      for (const target of Object.values(value.mapping)) {
        if (typeof target === "string") found.push([schemaReference(target), "schema"]);
      }
    }
    for (const [reference, own] of found) {
      const section = sections[own];
      const steps = stepsOf(placeOf(document, reference));
      const isComponent = steps.length === 3 && steps[0] === "components" && steps[1] === section;
      const pointer = pointerTo(steps);
      if (!section || steps.length === 0 || (isComponent && reference.startsWith("#/")) || names.has(pointer)) continue;
      if (lookUp(document, pointer) !== undefined) strays.set(pointer, { steps, kind: own });
    }
  });
  return strays;
}

/** A copy with what is referred to as components. The innermost goes first, so that what is around it takes the reference along. */
function moved(
  document: JsonObject,
  strays: ReadonlyMap<string, Stray>,
  names: Map<string, string>,
  origins: Map<string, Path>,
): JsonObject {
  const copy = structuredClone(document) as Record<string, JsonValue>;
  const components = ((copy.components as Record<string, JsonValue> | undefined) ??= {}) as Record<string, JsonValue>;
  copy.components = components;
  for (const [pointer, { steps, kind }] of [...strays].toSorted(([, a], [, b]) => b.steps.length - a.steps.length)) {
    const section = sections[kind]!;
    if (steps.length === 3 && steps[0] === "components" && steps[1] === section) {
      // An anchor: the component is where it should be, and its pointer is its name.
      names.set(pointer, pointer);
      continue;
    }
    const value = lookUp(copy, pointer) as JsonValue;
    const entries = ((components[section] as Record<string, JsonValue> | undefined) ??= {}) as Record<
      string,
      JsonValue
    >;
    components[section] = entries;
    const name = freeName(entries, nameOf(steps));
    const place = pointerTo(["components", section, name]);
    const isInPlace = kindAt(steps) === kind;
    const owner = lookUp(copy, pointerTo(steps.slice(0, -1))) as Record<string, JsonValue>;
    entries[name] = value;
    // Of what is data nothing is generated, so it may stay.
    if (isInPlace) owner[steps.at(-1)!] = { $ref: place };
    names.set(pointer, place);
    origins.set(place, steps);
  }
  return copy;
}

function withNames(document: JsonObject, names: ReadonlyMap<string, string>): JsonObject {
  const renamed = (reference: string): string => {
    const place = pointerTo(stepsOf(placeOf(document, reference)));
    return names.get(place) ?? reference;
  };
  return mapDocument(document, (kind, copy) => {
    if (kind === "discriminator" && isObject(copy.mapping)) {
      const mapping = Object.entries(copy.mapping).map(([name, target]): [string, JsonValue] => [
        name,
        typeof target === "string" && target.startsWith("#") ? renamed(target) : target,
      ]);
      return { ...copy, mapping: Object.fromEntries(mapping) };
    }
    return mayRefer(kind) && typeof copy.$ref === "string" ? { ...copy, $ref: renamed(copy.$ref) } : copy;
  }) as JsonObject;
}

/** What stands at a place, by the grammar of OpenAPI. */
function kindAt(steps: readonly string[]): Kind {
  let kind: Kind = "document";
  for (const step of steps) {
    if (kind === "parameterList") kind = "parameter";
    else if (kind === "schemaList") kind = "schema";
    else kind = kindBelow(kind === "schemaOrSchemas" ? "schema" : kind, step);
  }
  return kind === "schemaOrSchemas" ? "schema" : kind;
}

/** Words of a pointer that say nothing of what lies there. */
const structural: ReadonlySet<string> = new Set([
  ..."paths components content schema properties responses items allOf anyOf oneOf $defs definitions".split(" "),
  ...Object.values(sections),
]);

/** A name for what lies at a place: its names from the outside in, as `Pet_owner` of `#/components/schemas/Pet/properties/owner`. */
function nameOf(steps: readonly string[]): string {
  const words = steps.filter((step) => !structural.has(step));
  const name = (words.length > 0 ? words : steps.slice(-1))
    .join("_")
    .replaceAll(/[^\w.-]+/g, "_")
    .replaceAll(/^_+|_+$/g, "");
  return name || "part";
}

function freeName(entries: object, wanted: string): string {
  let name = wanted;
  for (let count = 2; Object.hasOwn(entries, name); count++) name = `${wanted}_${count}`;
  return name;
}
