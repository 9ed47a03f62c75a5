import type { Problem } from "../problem.ts";

/** What a caller passes as parameters, and the properties that it has, each read once. */
export interface ReadParameters {
  readonly source: unknown;
  /** Undefined if it isn't an object with properties. */
  readonly values: Map<string, unknown> | undefined;
}

/** Reads what a caller passes. Never throws: of a property that can't be read, the value is a symbol that says so. */
export function readParameters(source: unknown): ReadParameters {
  try {
    const isObject = typeof source === "object" && source !== null && !Array.isArray(source);
    const names = isObject ? Object.keys(source) : undefined;
    return { source, values: names && new Map(names.map((name) => [name, readProperty(source, name)])) };
  } catch {
    return { source, values: undefined };
  }
}

/** The first items of an array, so many at most. */
export function readItems(array: unknown, most: number): unknown[] {
  const length = isArray(array) ? Math.min(lengthOf(array)[0], most) : 0;
  return Array.from({ length }, (_, index) => readProperty(array, index));
}

/** How long a text or an array is, and this in words; 0 for what has no length. */
export function lengthOf(value: unknown): [length: number, shown: string] {
  const own = readProperty(value, "length");
  let length = typeof own === "number" ? own : 0;
  if (typeof value === "string") {
    // JSON Schema counts the characters of a text, and not the halves of surrogate pairs.
    for (let index = 0; index < value.length; index++) if ((value.codePointAt(index) ?? 0) > 0xffff) length--;
  }
  return [length, `${length} long`];
}

function readProperty(source: unknown, name: string | number): unknown {
  try {
    return (source as { readonly [name: string | number]: unknown })[name];
  } catch {
    return Symbol("unreadable");
  }
}

/** The same as `Array.isArray`, which throws for a proxy that has been revoked. */
export function isArray(value: unknown): value is unknown[] {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

/** Where a value is, in a few words: `image.0`. */
export function showPath(path: Problem["path"]): string {
  return path.join(".").slice(0, 99);
}
