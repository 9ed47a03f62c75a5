import {
  buildCommand,
  type Aliases,
  type BaseArgs,
  type Command,
  type FlagParametersForType,
  type TypedCommandParameters,
  type TypedPositionalParameters,
} from "@stricli/core";
import type { CliContext } from "./cli-context.ts";
import { commonFlags, type CommonOptions } from "./common-options.ts";
import type { Example } from "./example.ts";
import { exitCodes, type ExitName } from "./exit-codes.ts";
import { formatCommandHelp } from "./format-help.ts";
import { printError } from "./print-error.ts";

/** Flags of any names: an interface has no index signature, so it is named by itself. */
type AnyFlags<Flags> = Readonly<Partial<Record<keyof Flags, unknown>>>;

/** What a command does. Returns how it ended; nothing stands for `ok`. */
export type RunCommand<Flags extends AnyFlags<Flags>, Args extends BaseArgs> = (
  context: CliContext,
  flags: Flags & CommonOptions,
  ...args: Args
) => Promise<ExitName | void>;

/** A verb of the command line. */
export interface CommandDefinition<Flags extends AnyFlags<Flags>, Args extends BaseArgs> {
  /** What it does, in a few words. */
  readonly brief: string;
  /** What it does, in sentences. @default brief */
  readonly description?: string;
  /** What follows the command's name, such as `<image…> [options]`. */
  readonly usage: string;
  readonly examples: readonly Example[];
  /** Whether it is meant if no verb is named; its examples then have none. @default false */
  readonly isDefault?: boolean;
  readonly flags: FlagParametersForType<Flags, CliContext>;
  readonly aliases?: Aliases<keyof Flags & string>;
  readonly positional?: TypedPositionalParameters<Args, CliContext>;
  /** Loads what runs it, so that nothing heavy is loaded for another verb, or for help. */
  readonly load: () => Promise<RunCommand<Flags, Args>>;
}

/** Makes a verb: with the common options, with help that fits a screen, and with errors that are sentences. */
export function defineCommand<Flags extends AnyFlags<Flags>, const Args extends BaseArgs = []>(
  definition: CommandDefinition<Flags, Args>,
): Command<CliContext> {
  const { brief, description, flags, aliases, positional, load } = definition;
  const parameters = {
    flags: { ...flags, ...commonFlags },
    ...(aliases && { aliases }),
    ...(positional && { positional }),
  } as unknown as TypedCommandParameters<Flags & CommonOptions, Args, CliContext>;
  const command = buildCommand<Flags & CommonOptions, Args, CliContext>({
    parameters,
    docs: { brief, ...(description && { fullDescription: description }) },
    async loader() {
      const run = await load();
      return async function (this: CliContext, options, ...args) {
        this.process.exitCode =
          exitCodes[await runOf(this, () => run(this, options as Flags & CommonOptions, ...args))].code;
      };
    },
  });
  return { ...command, formatHelp: (args) => formatCommandHelp(definition, command.parameters, args) };
}

async function runOf(context: CliContext, run: () => Promise<ExitName | void>): Promise<ExitName> {
  try {
    return (await run()) ?? "ok";
  } catch (error) {
    return printError(context, error);
  }
}
