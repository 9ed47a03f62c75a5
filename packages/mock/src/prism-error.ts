/** Prism did not start, or did not stay. The message is one sentence that says why and, where it can be said, what to do. */
export class PrismError extends Error {
  override name = "PrismError";
}
