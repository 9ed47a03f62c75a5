/* oxlint-disable no-control-regex -- escape sequences begin with a control character. */

/** The keyboard's side of a terminal, as `process.stdin` is one. */
export interface TerminalInput {
  readonly isRaw?: boolean;
  setRawMode(isRaw: boolean): unknown;
  on(event: "data", listener: (data: Uint8Array) => void): unknown;
  off(event: "data", listener: (data: Uint8Array) => void): unknown;
  resume(): unknown;
  pause(): unknown;
  unshift(data: Uint8Array): unknown;
}

/** What a terminal said of itself. */
export interface TerminalReply {
  readonly hasKitty: boolean;
  readonly hasSixel: boolean;
  /** The size of a character in pixels, if it said so. */
  readonly cell: { readonly width: number; readonly height: number } | undefined;
}

/** How a terminal is asked. */
export interface QueryOptions {
  readonly input: TerminalInput;
  readonly write: (text: string) => void;
  /** How long to wait, in milliseconds. @default 300 */
  readonly timeout?: number | undefined;
  /** Called if Ctrl-C is typed meanwhile, which the terminal does not turn into a signal then. */
  readonly onInterrupt: () => void;
}

/** An image that is only asked about; the size of a character; and last what every terminal responds to. */
const questions = "\u001b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u001b\\\u001b[16t\u001b[c";
const kittyReply = /\u001b_Gi=31;([^\u001b]*)\u001b\\/;
const cellReply = /\u001b\[6;(\d+);(\d+)t/;
const attributesReply = /\u001b\[\?([\d;]*)c/;
const sixelAttribute = "4";

/**
 * Asks a terminal what it can show. What is typed meanwhile is not lost.
 *
 * @returns Undefined if it does not respond in time.
 */
export async function queryTerminal(options: QueryOptions): Promise<TerminalReply | undefined> {
  const { input, write, timeout = 300, onInterrupt } = options;
  const wasRaw = input.isRaw ?? false;
  let received = "";
  let listener: (data: Uint8Array) => void = () => {};
  let timer: NodeJS.Timeout | undefined;
  try {
    input.setRawMode(true);
    await new Promise<void>((resolve) => {
      timer = setTimeout(resolve, timeout);
      listener = (data) => {
        received += Buffer.from(data).toString("latin1");
        if (attributesReply.test(received)) resolve();
      };
      input.on("data", listener);
      input.resume();
      write(questions);
    });
  } finally {
    clearTimeout(timer);
    input.off("data", listener);
    input.pause();
    input.setRawMode(wasRaw);
  }
  const typed = [kittyReply, cellReply, attributesReply].reduce((text, reply) => text.replace(reply, ""), received);
  if (typed.includes("\u0003")) onInterrupt();
  else if (typed) input.unshift(Buffer.from(typed, "latin1"));
  return readReply(received);
}

function readReply(received: string): TerminalReply | undefined {
  const attributes = attributesReply.exec(received)?.[1]?.split(";");
  if (!attributes) return undefined;
  const [, height, width] = cellReply.exec(received) ?? [];
  const cell = { width: Number(width), height: Number(height) };
  return {
    hasKitty: kittyReply.exec(received)?.[1] === "OK",
    hasSixel: attributes.slice(1).includes(sixelAttribute),
    cell: cell.width > 0 && cell.height > 0 ? cell : undefined,
  };
}
