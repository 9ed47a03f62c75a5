import type { WriteStream } from "node:tty";
import type { CliContext, InputStream, OutputStream } from "./cli-context.ts";
import { readCommonOptions, usesColors, type ColorMode } from "./common-options.ts";
import { exitCodes } from "./exit-codes.ts";
import { errorLabel } from "./style.ts";

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
  const stdout = outputStream(() => process.stdout, color);
  const stderr = outputStream(() => process.stderr, color);
  return {
    process: {
      stdout: { write: (text) => stdout.write(text), getColorDepth: () => (stdout.colors ? 8 : 1) },
      // The parser prints an error in one color; here only its first word has it, as in every other error.
      stderr: {
        write: (text) => stderr.write(text.replace(/^error /, () => `${errorLabel(stderr)} `)),
        getColorDepth: () => 1,
      },
      env: process.env,
    },
    stdout,
    stderr,
    stdin: inputStream(),
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
  return signal === "SIGINT"
    ? exitCodes.interrupted.code
    : 128 + process.getBuiltinModule("node:os").constants.signals[signal];
}

/** A stream of the process, which is opened on first use: that takes a while, and help needs only one. */
function outputStream(open: () => WriteStream, mode: ColorMode): OutputStream {
  let opened: WriteStream | undefined;
  // A reader that has left, as `… | head` does, wants no more.
  let isOpen = true;
  const stream = (): WriteStream => {
    if (opened) return opened;
    opened = open();
    opened.on("error", (error: NodeJS.ErrnoException) => {
      isOpen = false;
      if (opened === process.stdout) endWithoutReader(error);
    });
    return opened;
  };
  return {
    get isTerminal() {
      return stream().isTTY;
    },
    get colors() {
      const colorDepth = stream().isTTY ? stream().getColorDepth(process.env) : 1;
      return usesColors({ mode, environment: process.env, colorDepth });
    },
    get columns() {
      return stream().columns || 80;
    },
    get rows() {
      return stream().rows || 24;
    },
    write(data) {
      if (isOpen) stream().write(data);
    },
    drained: () => new Promise((resolve) => (isOpen ? stream().write("", () => resolve()) : resolve())),
    onResize(listener) {
      stream().on("resize", listener);
      return { [Symbol.dispose]: () => void stream().off("resize", listener) };
    },
  };
}

/** Standard output takes nothing more: quietly if its reader has left, else with the reason. */
function endWithoutReader({ code, message }: NodeJS.ErrnoException): never {
  if (code === "EPIPE") process.exit(process.exitCode ?? exitCodes.ok.code);
  process.stderr.write(
    `error Standard output can't be written: ${code === "ENOSPC" ? "the disk is full" : message}.\n`,
  );
  process.exit(exitCodes.failed.code);
}

/** Standard input, which is touched only when a command reads it. */
function inputStream(): InputStream {
  return {
    get isTerminal() {
      return process.stdin.isTTY === true;
    },
    [Symbol.asyncIterator]: () => process.stdin[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>,
  };
}
