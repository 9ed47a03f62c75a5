import type { CliContext } from "./cli-context.ts";
import { CliError } from "./cli-error.ts";
import type { ExitName } from "./exit-codes.ts";
import { errorLabel, styled } from "./style.ts";

const issueTracker = "https://github.com/image-variations/image-variations/issues";

/** Prints what ended a command, one sentence and the fix, and says how the command ends. */
export function printError(context: Pick<CliContext, "stderr" | "verbose" | "signal">, error: unknown): ExitName {
  const { stderr, verbose, signal } = context;
  if (signal.aborted && (error === signal.reason || isAbort(error))) {
    stderr.write("Interrupted.\n");
    return "interrupted";
  }
  const known = error instanceof CliError ? error : unexpected(error, verbose);
  const lines = [`${errorLabel(stderr)} ${known.message}`];
  if (known.fix) lines.push(`      ${known.fix}`);
  if (verbose) {
    lines.push(...known.details.map((line) => styled(stderr, "dim", `      ${line}`)));
    const { inspect } = process.getBuiltinModule("node:util");
    if (known.cause !== undefined) lines.push(styled(stderr, "dim", indent(inspect(known.cause))));
  }
  stderr.write(`${lines.join("\n")}\n`);
  return known.exit;
}

/** An error that no one foresaw is a fault of this program. */
function unexpected(error: unknown, verbose: boolean): CliError {
  const said = error instanceof Error ? error.message : String(error);
  const again = verbose ? "" : "Run it again with --verbose, and ";
  return new CliError(`Unexpected: ${said.split("\n", 1)[0]}`, {
    fix: `${again || "Please "}report it at ${issueTracker}.`,
    cause: error,
  });
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === "AbortError" || error.constructor.name === "APIUserAbortError");
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, "      ");
}
