import { walkDocument, type Visit } from "./walk-document.ts";
import type { JsonValue } from "./openapi-document.ts";

/**
 * The value that a reference such as `#/components/schemas/Image` leads to inside a document, or undefined. `#` alone is
 * the document, and `#image` the schema that says `$anchor: image`.
 */
export function lookUp(document: unknown, reference: string): unknown {
  if (reference === "#") return document;
  if (!reference.startsWith("#/")) return anchored(document, reference.slice(1));
  let value = document;
  for (const key of stepsOf(reference)) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
  }
  return value;
}

/** The keys that a pointer such as `#/components/schemas/a~1b` leads through; none of `#` and of an anchor. */
export function stepsOf(pointer: string): string[] {
  if (!pointer.startsWith("#/")) return [];
  const steps = pointer.slice(2).split("/");
  return steps.map((step) => decode(step).replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The pointer that leads through these keys. */
export function pointerTo(steps: readonly (string | number)[]): string {
  return ["#", ...steps.map((step) => String(step).replaceAll("~", "~0").replaceAll("/", "~1"))].join("/");
}

/** Percent signs that encode nothing stand for themselves. */
function decode(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

/** A reference as the place that it leads to: `#image` as `#/components/schemas/Image`, if that has this anchor. */
export function placeOf(document: object, reference: string): string {
  if (reference === "#" || reference.startsWith("#/")) return reference;
  const path = anchorsOf(document).get(reference.slice(1))?.path;
  return path ? pointerTo(path) : reference;
}

interface Anchored {
  readonly value: unknown;
  readonly path: readonly (string | number)[];
}

const known = new WeakMap<object, ReadonlyMap<string, Anchored>>();

function anchored(document: unknown, name: string): unknown {
  return typeof document === "object" && document !== null ? anchorsOf(document).get(name)?.value : undefined;
}

function anchorsOf(document: object): ReadonlyMap<string, Anchored> {
  const present = known.get(document);
  if (present) return present;
  const found = new Map<string, Anchored>();
  known.set(document, found);
  const visit: Visit = (kind, value, path) => {
    if (kind !== "schema") return;
    for (const name of [value.$anchor, value.$dynamicAnchor]) {
      if (typeof name === "string") found.set(name, { value, path: [...path] });
    }
  };
  walkDocument(document as JsonValue, visit, isWholeDocument(document) ? "document" : "schema");
  return found;
}

/** A file that others refer to may be nothing but a schema. */
function isWholeDocument(document: object): boolean {
  return ["openapi", "swagger", "components", "paths"].some((key) => Object.hasOwn(document, key));
}
