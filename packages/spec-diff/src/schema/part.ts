import { isObject, type JsonObject, type JsonValue, lookUp, placeOf } from "@image-variations/codegen/document";
import type { Spec } from "./spec.ts";

/** A value of a document, and where it stands. */
export interface Part {
  readonly value: JsonValue;
  /** JSON pointer. */
  readonly pointer: string;
}

/** Appends steps to a JSON pointer. */
export function pointTo(pointer: string, ...steps: readonly (string | number)[]): string {
  return steps.reduce<string>(
    (path, step) => `${path}/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`,
    pointer,
  );
}

/** The part under a key, or undefined. */
export function child(part: Part, key: string): Part | undefined {
  if (!isObject(part.value) || !Object.hasOwn(part.value, key)) return undefined;
  return { value: part.value[key]!, pointer: pointTo(part.pointer, key) };
}

/** The parts of an object by key, or of a list by index; none of anything else. */
export function children(part: Part | undefined): [string, Part][] {
  if (!part || typeof part.value !== "object" || part.value === null) return [];
  return Object.entries(part.value).map(([key, value]) => [key, { value, pointer: pointTo(part.pointer, key) }]);
}

/** Where a part's `$ref` leads, one step, or undefined where it has none. */
export function referenced(spec: Spec, part: Part): Part | undefined {
  if (!isObject(part.value) || typeof part.value.$ref !== "string") return undefined;
  const reference = placeOf(spec.document, part.value.$ref);
  return { value: lookUp(spec.document, reference) as JsonValue, pointer: decodeURI(reference.slice(1)) };
}

/** Follows `$ref`s to the end: for parameters, responses, headers and the like, which are references or themselves. */
export function resolved(spec: Spec, part: Part): Part {
  let target = part;
  for (let next = referenced(spec, target); next; next = referenced(spec, target)) target = next;
  return target;
}

/** A part's object, empty if it is not an object. */
export function objectOf(part: Part | undefined): JsonObject {
  return isObject(part?.value) ? part.value : {};
}
