import type { ImageSource } from "../image-source.ts";
import { isBytes } from "./bytes-of.ts";

/**
 * Whether an image could be read from a value. Asks what it can do and not which class made it, so that a `Blob` or a
 * stream of a polyfill, or of another realm, counts as well.
 */
export function isImageSource(value: unknown): value is ImageSource {
  // What a Blob and a Response, a web stream, and an async iterable can do.
  const methods = ["arrayBuffer", "getReader", Symbol.asyncIterator];
  try {
    return isBytes(value) || methods.some((name) => typeof (value as Methods | null)?.[name] === "function");
  } catch {
    return false;
  }
}

interface Methods {
  readonly [name: PropertyKey]: unknown;
}
