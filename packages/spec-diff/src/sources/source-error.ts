export { SpecError } from "@image-variations/codegen/document";

/** One of the two documents can't be had. The message says what was asked for and what can be. */
export class SourceError extends Error {
  override name = "SourceError";
}
