import type { OutputStream } from "../command-line/cli-context.ts";

/** What a fake stream is, and who is told of its text. */
export interface FakeStreamOptions {
  /** The size of the terminal that it is. @default it is not a terminal */
  readonly terminal?: { readonly columns: number; readonly rows: number } | undefined;
  /** @default false */
  readonly colors?: boolean;
  readonly onText?: ((text: string) => void) | undefined;
}

/** A stream that keeps what is printed to it. */
export interface FakeStream extends OutputStream {
  /** All of it, byte for byte. */
  readonly bytes: Buffer;
  /** All of it, as text. */
  readonly text: string;
  /** Forgets what was printed. */
  clear(): void;
  /** Makes the terminal as wide as this. */
  resize(columns: number): void;
}

/** A stream in place of a process's own. */
export function fakeStream({ terminal, colors = false, onText }: FakeStreamOptions = {}): FakeStream {
  const listeners = new Set<() => void>();
  const { rows = 24 } = terminal ?? {};
  let { columns = 80 } = terminal ?? {};
  let chunks: Uint8Array[] = [];
  return {
    isTerminal: terminal !== undefined,
    rows,
    colors,
    get columns() {
      return columns;
    },
    get bytes() {
      return Buffer.concat(chunks);
    },
    get text() {
      return this.bytes.toString();
    },
    write(data) {
      chunks.push(typeof data === "string" ? Buffer.from(data) : data);
      if (typeof data === "string") onText?.(data);
    },
    drained: async () => {},
    onResize(listener) {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
    clear() {
      chunks = [];
    },
    resize(wanted) {
      columns = wanted;
      for (const listener of listeners) listener();
    },
  };
}
