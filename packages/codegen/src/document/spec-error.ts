/** The spec cannot be read or used. The message names the file, and the line and column if known. */
export class SpecError extends Error {
  override name = "SpecError";
}
