import type { ExitName } from "./exit-codes.ts";

/** What else is known of a `CliError`. */
export interface CliErrorOptions extends ErrorOptions {
  /** How the command ends. @default "failed" */
  readonly exit?: ExitName;
  /** What to do about it, as a sentence. It is printed on a line of its own. */
  readonly fix?: string;
  /** Lines that `--verbose` prints, such as the id of the request. */
  readonly details?: readonly string[];
}

/** The command can't go on, for a reason that one sentence tells. It is printed without a stack trace. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly exit: ExitName;
  readonly fix: string | undefined;
  readonly details: readonly string[];

  constructor(message: string, options: CliErrorOptions = {}) {
    super(message, options);
    this.exit = options.exit ?? "failed";
    this.fix = options.fix;
    this.details = options.details ?? [];
  }
}
