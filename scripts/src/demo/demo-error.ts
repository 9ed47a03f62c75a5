/** The demonstration cannot go on, for a reason that its message tells in a sentence. */
export class DemoError extends Error {
  override name = "DemoError";
}
