import { stripVTControlCharacters } from "node:util";
import type { CliContext } from "../command-line/cli-context.ts";
import { readCommonOptions, usesColors } from "../command-line/common-options.ts";
import { runCli } from "../run-cli.ts";
import { fakeStream } from "./fake-stream.ts";

/** What a command is run with, in place of a process. */
export interface FakeWorld {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory?: string;
  /** What standard input has. @default nothing */
  readonly stdin?: Uint8Array | AsyncIterable<Uint8Array>;
  /** The size of the terminal that both streams are. @default they are not terminals */
  readonly terminal?: { readonly columns: number; readonly rows: number };
  /** Told of everything that is printed to standard output. */
  readonly onStdout?: (text: string) => void;
  /** Interrupts the command. */
  readonly signal?: AbortSignal;
}

/** What a command left behind. */
export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  /** What was printed to stdout, byte for byte. */
  readonly stdoutBytes: Buffer;
  readonly stderr: string;
  /** Without colors and cursor movements. */
  readonly plainStderr: string;
  /** Runs what was to be cleaned up when the process ends. */
  exit(): void;
}

/** Runs a command line in this process, in a world of its own. */
export async function runFake(args: readonly string[], world: FakeWorld = {}): Promise<RunResult> {
  const { environment = {}, workingDirectory = process.cwd(), stdin = new Uint8Array(), terminal } = world;
  const { color, verbose } = readCommonOptions(args);
  const colors = usesColors({ mode: color, environment, colorDepth: terminal ? 8 : 1 });
  const stdout = fakeStream({ terminal, colors, onText: world.onStdout });
  const stderr = fakeStream({ terminal, colors });
  const cleanUps = new Set<() => void>();
  const context: CliContext = {
    process: {
      stdout: { write: (text) => stdout.write(text), getColorDepth: () => (colors ? 8 : 1) },
      stderr: { write: (text) => stderr.write(text), getColorDepth: () => (colors ? 8 : 1) },
      env: environment,
    },
    stdout,
    stderr,
    stdin: {
      isTerminal: false,
      async *[Symbol.asyncIterator]() {
        if (stdin instanceof Uint8Array) yield stdin;
        else yield* stdin;
      },
    },
    environment,
    workingDirectory,
    verbose,
    signal: world.signal ?? new AbortController().signal,
    cleanUpOnExit(cleanUp) {
      cleanUps.add(cleanUp);
      return { [Symbol.dispose]: () => void cleanUps.delete(cleanUp) };
    },
  };
  const code = await runCli(args, context, "1.2.3");
  return {
    code,
    stdout: stdout.text,
    stdoutBytes: stdout.bytes,
    stderr: stderr.text,
    plainStderr: stripVTControlCharacters(stderr.text),
    exit: () => cleanUps.forEach((cleanUp) => cleanUp()),
  };
}
