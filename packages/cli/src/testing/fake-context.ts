import { stripVTControlCharacters } from "node:util";
import type { CliContext, OutputStream } from "../command-line/cli-context.ts";
import { readCommonOptions, usesColors } from "../command-line/common-options.ts";
import { runCli } from "../run-cli.ts";

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
  const stdout = fakeStream(terminal, colors, world.onStdout);
  const stderr = fakeStream(terminal, colors);
  const cleanUps = new Set<() => void>();
  const context: CliContext = {
    process: {
      stdout: { write: (text) => stdout.stream.write(text), getColorDepth: () => (colors ? 8 : 1) },
      stderr: { write: (text) => stderr.stream.write(text), getColorDepth: () => (colors ? 8 : 1) },
      env: environment,
    },
    stdout: stdout.stream,
    stderr: stderr.stream,
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
  const bytes = Buffer.concat(stdout.chunks);
  const printed = Buffer.concat(stderr.chunks).toString();
  return {
    code,
    stdout: bytes.toString(),
    stdoutBytes: bytes,
    stderr: printed,
    plainStderr: stripVTControlCharacters(printed),
    exit: () => cleanUps.forEach((cleanUp) => cleanUp()),
  };
}

function fakeStream(
  terminal: FakeWorld["terminal"],
  colors: boolean,
  onText: (text: string) => void = () => {},
): { readonly stream: OutputStream; readonly chunks: Uint8Array[] } {
  const chunks: Uint8Array[] = [];
  const stream: OutputStream = {
    isTerminal: terminal !== undefined,
    columns: terminal?.columns ?? 80,
    rows: terminal?.rows ?? 24,
    colors,
    write(data) {
      chunks.push(typeof data === "string" ? Buffer.from(data) : data);
      if (typeof data === "string") onText(data);
    },
    drained: async () => {},
    onResize: () => ({ [Symbol.dispose]: () => {} }),
  };
  return { stream, chunks };
}
