import { closeSync, constants, openSync, statSync, writeSync } from "node:fs";
import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { CliError } from "../command-line/cli-error.ts";
import type { CliContext } from "../command-line/cli-context.ts";
import { explainFileError } from "./explain-file-error.ts";
import { orAbort } from "./or-abort.ts";
import { printable } from "./printable.ts";

/**
 * Reads a file, or standard input for `-`, whole.
 *
 * @param maximumBytes Nothing larger is read.
 * @throws CliError if it can't be read, or is larger; the signal's reason.
 */
export async function readImageFile(
  path: string,
  context: Pick<CliContext, "stdin" | "workingDirectory" | "signal">,
  maximumBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bounds = { maximumBytes, signal: context.signal };
  if (path === "-") return readStdin(context, bounds);
  const absolute = resolve(context.workingDirectory, path);
  const abort = (): void => endPipe(absolute);
  context.signal.addEventListener("abort", abort, { once: true });
  try {
    await using file = await orAbort(open(absolute, "r"), context.signal);
    return await readBounded(file.createReadStream({ autoClose: false }), { ...bounds, name: path });
  } catch (error) {
    if (error instanceof CliError || context.signal.aborted) throw error;
    const { message, fix } = explainFileError(error, path);
    throw new CliError(message, { fix, cause: error });
  } finally {
    context.signal.removeEventListener("abort", abort);
  }
}

/** Ends the wait for a pipe by a byte of our own: a thread waits for it, and Node for the thread before it exits. */
function endPipe(path: string): void {
  try {
    if (!statSync(path).isFIFO()) return;
    const pipe = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
    writeSync(pipe, "\n");
    closeSync(pipe);
  } catch {
    // Nothing waits for it.
  }
}

interface Bounds {
  readonly maximumBytes: number;
  readonly signal: AbortSignal;
}

async function readStdin({ stdin }: Pick<CliContext, "stdin">, bounds: Bounds): Promise<Uint8Array<ArrayBuffer>> {
  if (stdin.isTerminal) {
    throw new CliError("- reads an image from standard input, which is the keyboard here.", {
      exit: "usage",
      fix: "Pipe an image into it: image-variations - < otter.png",
    });
  }
  const bytes = await readBounded(stdin, { ...bounds, name: "Standard input" });
  if (bytes.length > 0) return bytes;
  throw new CliError("Standard input is empty.", { exit: "invalidImage", fix: "Pipe an image into it." });
}

async function readBounded(
  chunks: AsyncIterable<unknown>,
  { name, maximumBytes, signal }: Bounds & { readonly name: string },
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = (chunks as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  for (let next = await orAbort(reader.next(), signal); !next.done; next = await orAbort(reader.next(), signal)) {
    length += next.value.length;
    if (length > maximumBytes) {
      throw new CliError(`${printable(name)} has more than ${maximumBytes / 1_048_576} MiB.`, {
        exit: "invalidImage",
        fix: "Check that it is an image; if it is one, scale it down with another program.",
      });
    }
    parts.push(next.value);
  }
  return new Uint8Array(Buffer.concat(parts));
}
