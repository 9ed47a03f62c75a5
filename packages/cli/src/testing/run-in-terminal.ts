import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { IPty } from "@lydell/node-pty";
import headless from "@xterm/headless";
import { onTestFinished } from "vitest";

/** The command as it is built. */
export const program: string = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

interface PseudoTerminals {
  spawn(file: string, args: readonly string[], options: object): IPty;
}

/** Why there are no pseudo-terminals here; undefined if there are. Its binaries come from npm, for the usual systems. */
export const noTerminalBecause: string | undefined = loadPty() ? undefined : "node-pty has no binary for this system";

if (noTerminalBecause && process.env["CI"]) throw new Error(`${noTerminalBecause}, and CI must have one.`);

/** A command that runs in a terminal. */
export interface TerminalRun {
  /** What is on the screen now, line by line, without empty lines at the end. */
  screen(): Promise<string[]>;
  /** Everything that the command has written. */
  output(): string;
  /** Resolves when the command has written it; rejects if it ends without. */
  written(pattern: RegExp): Promise<void>;
  type(text: string): void;
  resize(columns: number, rows: number): Promise<void>;
  /** The exit code, when the command has ended. */
  readonly exited: Promise<number>;
}

interface Options {
  readonly workingDirectory: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
}

/** Runs the built command in a terminal until the test has finished. */
export function runInTerminal(args: readonly string[], options: Options): TerminalRun {
  const { workingDirectory, environment = {}, columns = 80, rows = 30 } = options;
  const pty = loadPty();
  if (!pty) throw new Error(noTerminalBecause);
  const { PATH = "", SystemRoot = "" } = process.env;
  const terminal = pty.spawn(process.execPath, [program, ...args], {
    name: "xterm-256color",
    cols: columns,
    rows,
    cwd: workingDirectory,
    env: { PATH, SystemRoot, TERM: "xterm-256color", ...environment },
  });
  const screen = new headless.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 1_000 });
  let output = "";
  let isOver = false;
  const listeners = new Set<() => void>();
  const tell = (): void => listeners.forEach((listener) => listener());
  terminal.onData((data) => {
    output += data;
    screen.write(data);
    tell();
  });
  const exited = new Promise<number>((resolve) => {
    terminal.onExit(({ exitCode }) => {
      isOver = true;
      tell();
      resolve(exitCode);
    });
  });
  onTestFinished(() => {
    if (!isOver) terminal.kill();
  });
  return {
    exited,
    output: () => output,
    written: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!pattern.test(output) && !isOver) return;
          listeners.delete(look);
          if (pattern.test(output)) resolve();
          else reject(new Error(`The command ended without writing ${pattern}:\n${output}`));
        };
        listeners.add(look);
        look();
      }),
    screen: () =>
      new Promise((resolve) => {
        screen.write("", () => {
          const { active } = screen.buffer;
          const lines = Array.from(
            { length: active.length },
            (_, y) => active.getLine(y)?.translateToString(true) ?? "",
          );
          resolve(lines.slice(0, lines.findLastIndex((line) => line !== "") + 1));
        });
      }),
    type: (text) => terminal.write(text),
    resize: (newColumns, newRows) =>
      new Promise((resolve) => {
        // When what was written before is on the screen.
        screen.write("", () => {
          screen.resize(newColumns, newRows);
          terminal.resize(newColumns, newRows);
          resolve();
        });
      }),
  };
}

function loadPty(): PseudoTerminals | undefined {
  try {
    return createRequire(import.meta.url)("@lydell/node-pty") as PseudoTerminals;
  } catch {
    return undefined;
  }
}
