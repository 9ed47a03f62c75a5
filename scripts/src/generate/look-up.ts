import { walkDocument } from "./walk-document.ts";
import type { JsonValue } from "./openapi-document.ts";

/**
 * The value that a reference such as `#/components/schemas/Image` leads to inside a document, or undefined. `#` alone is
 * the document, and `#image` the schema that says `$anchor: image`.
 */
export function lookUp(document: unknown, reference: string): unknown {
  if (reference === "#") return document;
  if (!reference.startsWith("#/")) return anchored(document, reference.slice(1));
  let value = document;
  for (const step of reference.slice(2).split("/")) {
    if (typeof value !== "object" || value === null) return undefined;
    const key = decode(step).replaceAll("~1", "/").replaceAll("~0", "~");
    value = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
  }
  return value;
}

/** Percent signs that encode nothing stand for themselves. */
function decode(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

const anchors = new WeakMap<object, ReadonlyMap<string, unknown>>();

function anchored(document: unknown, name: string): unknown {
  if (typeof document !== "object" || document === null) return undefined;
  const known = anchors.get(document) ?? anchorsOf(document as JsonValue);
  anchors.set(document, known);
  return known.get(name);
}

function anchorsOf(document: JsonValue): Map<string, unknown> {
  const found = new Map<string, unknown>();
  walkDocument(document, (kind, value) => {
    if (kind !== "schema") return;
    for (const name of [value.$anchor, value.$dynamicAnchor]) if (typeof name === "string") found.set(name, value);
  });
  return found;
}
