/** What the user of a command can fix. Its message is printed alone, without a stack trace. */
export class CommandError extends Error {
  override name = "CommandError";
}
