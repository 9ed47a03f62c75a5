import { parseArgs, type ParseArgsConfig } from "node:util";
import { CommandError } from "./command-error.ts";
import { endQuietlyWithReader } from "./end-quietly-with-reader.ts";

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
  /** Errors beside `CommandError` whose message is all that the user needs. Default none. */
  readonly userErrors?: readonly (new (message: string) => Error)[];
  run(input: {
    readonly values: Readonly<Record<string, unknown>>;
    readonly positionals: readonly string[];
  }): void | Promise<void>;
}

/**
 * Reads the command line and runs the command. An error that the user can fix ends it with its message and exit code 1;
 * a reader that has left, as `… | head` does, ends it quietly.
 */
export async function runCommand(command: Command): Promise<void> {
  endQuietlyWithReader();
  try {
    const { values, positionals } = await parse(command);
    if (values.help) process.stdout.write(command.help);
    else await command.run({ values, positionals });
  } catch (error) {
    const isForUser = [CommandError, ...(command.userErrors ?? [])].some((kind) => error instanceof kind);
    if (!isForUser) throw error;
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}

async function parse(command: Command): Promise<ReturnType<typeof parseArgs>> {
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
    const suggestion = await suggestOption(issue, [...Object.keys(options), "help"]);
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
async function suggestOption(issue: string, names: readonly string[]): Promise<string> {
  const word = /^Unknown option '--(?<word>[^']+)'/.exec(issue)?.groups?.word;
  if (!word) return "";
  // Loaded here, because release:publish runs without anything installed.
  const loaded = await import("@image-variations/codegen/document").catch(() => undefined);
  const near = loaded?.nearestWord(word, names);
  return near ? `did you mean --${near}? ` : "";
}
