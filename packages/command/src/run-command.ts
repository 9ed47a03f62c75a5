import { parseArgs, type ParseArgsConfig } from "node:util";
import { CommandError } from "./command-error.ts";
import { endQuietlyWithReader } from "./end-quietly-with-reader.ts";
import { nearestWord } from "./nearest-word.ts";

/** A command of this repository. */
export interface Command {
  /** What `--help` prints. Ends with a line break. */
  readonly help: string;
  /** The options beside `--help`. Default none. */
  readonly options?: NonNullable<ParseArgsConfig["options"]>;
  /** Whether `--no-name` is understood for each option. Default false. */
  readonly allowNegative?: boolean;
  /** Default 0. */
  readonly maximumPositionals?: number;
  /** The exit code after an error that the user can fix. Default 1. */
  readonly errorCode?: number;
  /** Errors beside `CommandError` whose message is all that the user needs. Default none. */
  readonly userErrors?: readonly (new (message: string) => Error)[];
  run(input: {
    readonly values: Readonly<Record<string, unknown>>;
    readonly positionals: readonly string[];
  }): void | Promise<void>;
}

/**
 * Reads the command line and runs the command. An error that the user can fix ends it with its message and an exit code;
 * a reader that has left, as `… | head` does, ends it quietly.
 */
export async function runCommand(command: Command): Promise<void> {
  endQuietlyWithReader();
  try {
    const { values, positionals } = parse(command);
    if (values.help) process.stdout.write(command.help);
    else await command.run({ values, positionals });
  } catch (error) {
    const isForUser = [CommandError, ...(command.userErrors ?? [])].some((kind) => error instanceof kind);
    if (!isForUser) throw error;
    console.error((error as Error).message);
    process.exitCode = command.errorCode ?? 1;
  }
}

function parse(command: Command): ReturnType<typeof parseArgs> {
  const { options = {}, allowNegative = false, maximumPositionals = 0 } = command;
  // pnpm passes its own separator on.
  const args = process.argv.slice(2).filter((word, index) => !(word === "--" && index === 0));
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({
      args,
      options: { ...options, help: { type: "boolean", short: "h" } },
      allowPositionals: true,
      allowNegative,
    });
  } catch (cause) {
    const [issue = ""] = (cause as Error).message.split(". ");
    const suggestion = suggestOption(issue, [...Object.keys(options), "help"]);
    throw new CommandError(`${issue}; ${suggestion}--help lists the options.`, { cause });
  }
  const extra = parsed.positionals.slice(maximumPositionals).map((word) => JSON.stringify(word));
  if (extra.length > 0) {
    throw new CommandError(
      `Unexpected ${extra.join(" ")}: at most ${maximumPositionals} argument${maximumPositionals === 1 ? "" : "s"}; --help lists them.`,
    );
  }
  return parsed;
}

/** The option that a misspelt one was probably meant to be, as a question. */
function suggestOption(issue: string, names: readonly string[]): string {
  const word = /^Unknown option '--(?<word>[^']+)'/.exec(issue)?.groups?.word;
  if (!word) return "";
  const near = nearestWord(word, names);
  return near ? `did you mean --${near}? ` : "";
}
