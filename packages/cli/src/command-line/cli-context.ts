import type { ApplicationContext } from "@stricli/core";

/** A stream that a command prints to. */
export interface OutputStream {
  write(data: string | Uint8Array): void;
  /** Resolves when everything that was written is out, or can't be delivered. */
  drained(): Promise<void>;
  readonly isTerminal: boolean;
  /** How wide the terminal is now; 80 if it is not a terminal. */
  readonly columns: number;
  /** How high the terminal is now; 24 if it is not a terminal. */
  readonly rows: number;
  /** Whether colors may be used. */
  readonly colors: boolean;
  /** Calls back whenever the terminal's size changes, until it is disposed. */
  onResize(listener: () => void): Disposable;
}

/** What a command reads with `-`. */
export interface InputStream extends AsyncIterable<Uint8Array> {
  readonly isTerminal: boolean;
}

/** Everything that a command knows of the world around it. Tests pass one of their own. */
export interface CliContext extends ApplicationContext {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly stdin: InputStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder that relative paths start from. */
  readonly workingDirectory: string;
  /** Whether `--verbose` was given: errors then show all that is known. */
  readonly verbose: boolean;
  /** Aborts when the user interrupts the command. */
  readonly signal: AbortSignal;
  /** Runs `cleanUp` if the process ends before the result is disposed, however it ends. It must not wait for anything. */
  cleanUpOnExit(cleanUp: () => void): Disposable;
}
