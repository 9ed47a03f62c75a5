import type { ImageSource } from "../image-source.ts";

/**
 * Whether a picture could be read from a value. Asks what it can do and not which class made it, so that a `Blob` or a
 * stream of a polyfill, or of another realm, counts as well.
 */
export function isImageSource(value: unknown): value is ImageSource {
  if (typeof value !== "object" || value === null) return false;
  return ArrayBuffer.isView(value) || isArrayBuffer(value) || methods.some((name) => has(value, name));
}

/** Whether a value is a buffer without a view on it. */
export function isArrayBuffer(value: object): value is ArrayBuffer {
  return Object.prototype.toString.call(value) === "[object ArrayBuffer]";
}

/** Whether a value has a method of that name. */
export function has(value: object, name: PropertyKey): boolean {
  return typeof (value as Record<PropertyKey, unknown>)[name] === "function";
}

/** By which a Blob or a Response, a web stream, and an async iterable are known. */
const methods = ["arrayBuffer", "getReader", Symbol.asyncIterator];
