import { constants } from "node:os";
import type { Readable } from "node:stream";
import type { WriteStream } from "node:tty";
import type { CliContext, InputStream, OutputStream } from "./cli-context.ts";
import { readCommonOptions, usesColors, type ColorMode } from "./common-options.ts";
import { exitCodes } from "./exit-codes.ts";

/** Why a command ended when the user interrupted it. */
export class Interruption extends Error {
  override readonly name = "Interruption";
}

const interruptions = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The context of a real process: its streams, its environment, its signals. */
export function processContext(args: readonly string[]): CliContext {
  const { color, verbose } = readCommonOptions(args);
  const interruption = new AbortController();
  const cleanUps = new Set<() => void>();
  process.on("exit", () => {
    for (const cleanUp of cleanUps) cleanUp();
  });
  for (const signal of interruptions) {
    process.on(signal, () => {
      // Who interrupts twice does not want to wait.
      const isSecond = interruption.signal.aborted;
      interruption.abort(new Interruption(`Interrupted by ${signal}.`));
      if (isSecond) process.exit(exitCodeOf(signal));
    });
  }
  const stdout = outputStream(process.stdout, color);
  const stderr = outputStream(process.stderr, color);
  return {
    process: {
      stdout: { write: (text) => stdout.write(text), getColorDepth: () => (stdout.colors ? 8 : 1) },
      stderr: { write: (text) => stderr.write(text), getColorDepth: () => (stderr.colors ? 8 : 1) },
      env: process.env,
    },
    stdout,
    stderr,
    stdin: inputStream(process),
    environment: process.env,
    workingDirectory: process.cwd(),
    verbose,
    signal: interruption.signal,
    cleanUpOnExit(cleanUp) {
      cleanUps.add(cleanUp);
      return { [Symbol.dispose]: () => void cleanUps.delete(cleanUp) };
    },
  };
}

/** A shell reports a process that a signal ended as 128 and the signal's number. */
function exitCodeOf(signal: (typeof interruptions)[number]): number {
  return signal === "SIGINT" ? exitCodes.interrupted.code : 128 + constants.signals[signal];
}

function outputStream(stream: WriteStream, mode: ColorMode): OutputStream {
  // A reader that has left, as `… | head` does, wants no more; the command itself may still have work to do.
  let isOpen = true;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    isOpen = false;
    if (stream !== process.stdout) return;
    if (error.code === "EPIPE") process.exit(process.exitCode ?? exitCodes.ok.code);
    const why = error.code === "ENOSPC" ? "the disk is full" : error.message;
    process.stderr.write(`error Standard output can't be written: ${why}.\n`);
    process.exit(exitCodes.failed.code);
  });
  const isTerminal = stream.isTTY;
  return {
    isTerminal,
    colors: usesColors({
      mode,
      environment: process.env,
      colorDepth: isTerminal ? stream.getColorDepth(process.env) : 1,
    }),
    get columns() {
      return stream.columns || 80;
    },
    get rows() {
      return stream.rows || 24;
    },
    write(data) {
      if (isOpen) stream.write(data);
    },
    drained: () => new Promise((resolve) => (isOpen ? stream.write("", () => resolve()) : resolve())),
    onResize(listener) {
      stream.on("resize", listener);
      return { [Symbol.dispose]: () => void stream.off("resize", listener) };
    },
  };
}

/** Standard input, which is touched only when a command reads it. */
function inputStream({ stdin }: { readonly stdin: Readable & { readonly isTTY?: boolean } }): InputStream {
  return {
    get isTerminal() {
      return stdin.isTTY === true;
    },
    [Symbol.asyncIterator]: () => stdin[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>,
  };
}
