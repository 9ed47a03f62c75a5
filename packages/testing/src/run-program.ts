import { spawn } from "node:child_process";
import { once } from "node:events";
import { buffer } from "node:stream/consumers";

/** Where and how a program is run. */
export interface ProgramOptions {
  readonly cwd: string;
  /** Default: the environment of this process. `consumerEnvironment()` is that of a user. */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** The exit codes that don't throw, or "any". Default: 0 alone. */
  readonly expected?: readonly number[] | "any";
  /** Whether the standard output is closed before the program writes to it. Default: false. */
  readonly closeStdout?: boolean;
}

/** How a program ended, and what it printed. */
export interface ProgramResult {
  /** The exit code; -1 if a signal ended it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that ended with an exit code that was not expected. The message has all that it printed. */
export class ProgramError extends Error {
  override name = "ProgramError";
}

/** Past this, a program hangs. */
const longestRun = 300_000;

/** Runs a program to its end. Throws `ProgramError` if its exit code is not an expected one. */
export async function runProgram(
  program: string,
  args: readonly string[],
  { cwd, env, expected = [0], closeStdout = false }: ProgramOptions,
): Promise<ProgramResult> {
  const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], timeout: longestRun });
  if (closeStdout) child.stdout.destroy();
  const [[code], stdout, stderr] = await Promise.all([
    once(child, "close") as Promise<[number | null]>,
    closeStdout ? "" : buffer(child.stdout).then(String),
    buffer(child.stderr).then(String),
  ]);
  const result = { code: code ?? -1, stdout, stderr };
  if (expected === "any" || expected.includes(result.code)) return result;
  throw new ProgramError(
    `${[program, ...args].join(" ")} ended with exit code ${code} in ${cwd}:\n${(stdout + stderr).slice(-8_000)}`,
  );
}

const ofPackageManagersAndRunners = /^(?:p?npm|turbo|vitest|openai)(?:_|$)|^node_(?:env|options)$/i;

/**
 * The environment of somebody who has only Node and npm: nothing of the package manager or the test runner around us.
 *
 * @param variables Set beside those.
 */
export function consumerEnvironment(variables: Readonly<Record<string, string | undefined>> = {}): NodeJS.ProcessEnv {
  const theirs = Object.entries(process.env).filter(([name]) => !ofPackageManagersAndRunners.test(name));
  return { ...Object.fromEntries(theirs), ...variables };
}
