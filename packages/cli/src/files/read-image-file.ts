import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { CliError } from "../command-line/cli-error.ts";
import type { CliContext } from "../command-line/cli-context.ts";
import { explainFileError } from "./explain-file-error.ts";
import { printable } from "./printable.ts";

/**
 * Reads a file, or standard input for `-`, whole.
 *
 * @param maximumBytes Nothing larger is read.
 * @throws CliError if it can't be read, or is larger.
 */
export async function readImageFile(
  path: string,
  context: Pick<CliContext, "stdin" | "workingDirectory" | "signal">,
  maximumBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const { stdin, workingDirectory, signal } = context;
  const name = path === "-" ? "Standard input" : path;
  if (path === "-" && stdin.isTerminal) {
    throw new CliError("- reads an image from standard input, which is the keyboard here.", {
      exit: "usage",
      fix: "Pipe an image into it, or name a file.",
    });
  }
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    await using file = path === "-" ? undefined : await open(resolve(workingDirectory, path), "r");
    const chunks: AsyncIterable<unknown> = file ? file.createReadStream({ autoClose: false }) : stdin;
    for await (const chunk of chunks as AsyncIterable<Uint8Array>) {
      signal.throwIfAborted();
      length += chunk.length;
      if (length > maximumBytes) break;
      parts.push(chunk);
    }
  } catch (error) {
    if (signal.aborted) throw error;
    const { message, fix } = explainFileError(error, name);
    throw new CliError(message, { fix, cause: error });
  }
  if (length > maximumBytes) {
    throw new CliError(`${printable(name)} has more than ${maximumBytes / 1_048_576} MiB.`, {
      exit: "invalidImage",
      fix: "Check that it is an image; if it is one, scale it down with another program.",
    });
  }
  return new Uint8Array(Buffer.concat(parts));
}
