import { parseArgs, type ParseArgsConfig } from "node:util";
import { nearestWord } from "../generate/did-you-mean.ts";
import { SpecError } from "../generate/spec-error.ts";
import { SourceError } from "./sources/source-error.ts";

/** A command of the workshop. */
export interface Command {
  readonly help: string;
  readonly options: NonNullable<ParseArgsConfig["options"]>;
  readonly allowNegative?: boolean;
  readonly maximumPositionals?: number;
  run(input: {
    readonly values: Readonly<Record<string, unknown>>;
    readonly positionals: readonly string[];
  }): Promise<void>;
}

/** Reads the command line and runs the command; what the user can mend ends it with one sentence and exit code 1. */
export async function runCommand(command: Command): Promise<void> {
  try {
    const { values, positionals } = parse(command);
    if (values.help) process.stdout.write(command.help);
    else await command.run({ values, positionals });
  } catch (error) {
    if (!(error instanceof SpecError || error instanceof SourceError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** The option that a misspelt one was probably meant to be, as a question. */
function meant(problem: string, names: readonly string[]): string {
  const word = /^Unknown option '--(?<word>[^']+)'/.exec(problem)?.groups?.word;
  const near = word && nearestWord(word, names);
  return near ? `did you mean --${near}? ` : "";
}

function parse({ options, allowNegative = false, maximumPositionals = 0 }: Command): ReturnType<typeof parseArgs> {
  // pnpm hands its own separator on.
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
    const [problem] = (cause as Error).message.split(". ");
    throw new SourceError(`${problem}; ${meant(problem!, Object.keys(options))}--help shows what there is.`, { cause });
  }
  if (parsed.positionals.length > maximumPositionals) {
    const extra = parsed.positionals.slice(maximumPositionals).map((word) => JSON.stringify(word));
    throw new SourceError(`${extra.join(" ")} is one word too many; --help shows what there is.`);
  }
  return parsed;
}
