import type { JsonObject } from "@image-variations/codegen/document";

/** One of the two documents that are compared. */
export interface Spec {
  readonly side: "base" | "head";
  /** What messages call it. */
  readonly label: string;
  readonly document: JsonObject;
  /** OpenAPI's version, such as `3.0.3`. */
  readonly version: string;
  /** Where a place is in the text: file, line and column. Unknown of a document that was put together. */
  readonly locate?: (path: readonly string[]) => string;
}
