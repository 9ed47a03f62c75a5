/** A mistake in how the command was run: its message is all that is printed. */
export class QualityError extends Error {
  override readonly name = "QualityError";
}
