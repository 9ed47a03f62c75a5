/** The rehearsal found something that would go wrong in a release. */
export class RehearsalError extends Error {
  override name = "RehearsalError";
}
