import { ExitCode, run } from "@stricli/core";
import { commands, createApplication } from "./application.ts";
import type { CliContext } from "./command-line/cli-context.ts";
import { exitCodes } from "./command-line/exit-codes.ts";
import { normalizeArguments } from "./command-line/normalize-arguments.ts";
import { printError } from "./command-line/print-error.ts";

/**
 * Runs the command line.
 *
 * @param args What follows the command's name.
 * @returns The exit code.
 */
export async function runCli(args: readonly string[], context: CliContext, version: string): Promise<number> {
  let words: string[];
  try {
    words = normalizeArguments(args);
  } catch (error) {
    return exitCodes[printError(context, error)].code;
  }
  await run(createApplication(version), words, context);
  const code = Number(context.process.exitCode ?? 0);
  if (code !== ExitCode.InvalidArgument && code !== ExitCode.UnknownCommand)
    return code < 0 ? exitCodes.failed.code : code;
  const verb = words.find((word) => word in commands);
  context.stderr.write(`      image-variations ${verb ? `${verb} ` : ""}--help lists what there is.\n`);
  return exitCodes.usage.code;
}
