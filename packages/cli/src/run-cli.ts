import { ExitCode, run } from "@stricli/core";
import { commands, createApplication } from "./application.ts";
import type { CliContext } from "./command-line/cli-context.ts";
import { CliError } from "./command-line/cli-error.ts";
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
    // Called without anything, it is asked what it can do.
    if (words.length === 0) words = ["--help"];
    await checkVerb(words[0], context);
  } catch (error) {
    return exitCodes[printError(context, error)].code;
  }
  const application = createApplication(version);
  if (words[0] === "complete" && words[1] === "--") {
    const { printProposals } = await import("./complete/propose-completions.ts");
    await printProposals(application, words.slice(2), context);
    return exitCodes.ok.code;
  }
  await run(application, words, context);
  const code = Number(context.process.exitCode ?? 0);
  if (code !== ExitCode.InvalidArgument && code !== ExitCode.UnknownCommand)
    return code < 0 ? exitCodes.failed.code : code;
  const verb = words.find((word) => word in commands);
  context.stderr.write(`      image-variations ${verb ? `${verb} ` : ""}--help lists what there is.\n`);
  return exitCodes.usage.code;
}

/**
 * A word that is neither a verb nor an image is a mistake in one of the two.
 *
 * @throws CliError if it is.
 */
async function checkVerb(word: string | undefined, { workingDirectory }: CliContext): Promise<void> {
  if (word === undefined || word in commands || !/^[a-z][a-z-]*$/i.test(word)) return;
  const { existsSync } = process.getBuiltinModule("node:fs");
  const { resolve } = process.getBuiltinModule("node:path");
  if (existsSync(resolve(workingDirectory, word))) return;
  const { suggestValue } = await import("@image-variations/validation");
  const near = suggestValue(word, Object.keys(commands));
  throw new CliError(`${JSON.stringify(word)} is neither a command nor an image that is there.`, {
    exit: "usage",
    fix: near ? `Did you mean image-variations ${near}?` : "image-variations --help lists the commands.",
  });
}
