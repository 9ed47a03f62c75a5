import type { ImageSource } from "../image-source.ts";

/**
 * Whether a picture could be read from a value. Asks what it can do and not which class made it, so that a `Blob` or a
 * stream of a polyfill, or of another realm, counts as well.
 */
export function isImageSource(value: unknown): value is ImageSource {
  // Blob and Response, web streams, async iterables.
  const methods = ["arrayBuffer", "getReader", Symbol.asyncIterator];
  return isBytes(value) || methods.some((name) => has(value, name));
}

/** Whether a value is a buffer or a view on one. */
export function isBytes(value: unknown): value is ArrayBuffer | ArrayBufferView {
  return ArrayBuffer.isView(value) || Object.prototype.toString.call(value) === "[object ArrayBuffer]";
}

/** Whether a value has a method of that name. */
export function has(value: unknown, name: PropertyKey): boolean {
  return typeof (value as Record<PropertyKey, unknown> | null | undefined)?.[name] === "function";
}
