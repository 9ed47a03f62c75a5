import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { queryTerminal, type TerminalInput, type TerminalReply } from "./query-terminal.ts";

/** A keyboard on which these pieces arrive once the terminal is asked. */
function keyboard(pieces: readonly string[]): {
  readonly input: TerminalInput;
  readonly write: () => void;
  readonly log: string[];
} {
  const log: string[] = [];
  const events = new EventEmitter();
  const input: TerminalInput = {
    isRaw: false,
    setRawMode: (isRaw) => log.push(`raw ${isRaw}`),
    on: (event, listener) => events.on(event, listener),
    off: (event, listener) => events.off(event, listener),
    resume: () => log.push("resume"),
    pause: () => log.push("pause"),
    unshift: (data) => log.push(`typed ${Buffer.from(data).toString("latin1")}`),
  };
  const write = (): void => {
    for (const piece of pieces) setImmediate(() => events.emit("data", Buffer.from(piece, "latin1")));
  };
  return { input, write, log };
}

async function ask(
  pieces: readonly string[],
  timeout?: number,
): Promise<{ reply: TerminalReply | undefined; log: string[] }> {
  const { input, write, log } = keyboard(pieces);
  const reply = await queryTerminal({ input, write, timeout, onInterrupt: () => log.push("interrupt") });
  return { reply, log };
}

const quiet = ["raw true", "resume", "pause", "raw false"];

test.for<[string, readonly string[], TerminalReply]>([
  [
    "kitty",
    ["\u001b_Gi=31;OK\u001b\\\u001b[6;20;9t\u001b[?62;c"],
    { hasKitty: true, hasSixel: false, cell: { width: 9, height: 20 } },
  ],
  ["foot", ["\u001b[6;18;8t", "\u001b[?62;4;22c"], { hasKitty: false, hasSixel: true, cell: { width: 8, height: 18 } }],
  ["xterm without graphics", ["\u001b[?64;1;2;6;9;15c"], { hasKitty: false, hasSixel: false, cell: undefined }],
  [
    "one that has no more than a VT100 with number 4",
    ["\u001b[?4;1c"],
    { hasKitty: false, hasSixel: false, cell: undefined },
  ],
  [
    "one that knows the protocol, but not the format",
    ["\u001b_Gi=31;EINVAL:bad\u001b\\\u001b[?62;c"],
    { hasKitty: false, hasSixel: false, cell: undefined },
  ],
  [
    "one that says a character has no size",
    ["\u001b[6;0;0t\u001b[?1;4c"],
    { hasKitty: false, hasSixel: true, cell: undefined },
  ],
  [
    "one whose response arrives byte by byte",
    [..."\u001b[6;18;8t\u001b[?62;4c"],
    { hasKitty: false, hasSixel: true, cell: { width: 8, height: 18 } },
  ],
])("reads the response of %s", async ([, pieces, expected]) => {
  const { reply, log } = await ask(pieces);
  expect(reply).toEqual(expected);
  expect(log).toEqual(quiet);
});

test("does not wait for a terminal that never responds", async () => {
  const { reply, log } = await ask([], 5);
  expect(reply).toBeUndefined();
  expect(log).toEqual(quiet);
});

test("gives back what was typed meanwhile", async () => {
  const { reply, log } = await ask(["ls", "\u001b[?62;4c", "\n"]);
  expect(reply?.hasSixel).toBe(true);
  expect(log).toContain("typed ls");
});

test("interrupts if Ctrl-C was typed meanwhile", async () => {
  const { log } = await ask(["\u0003", "\u001b[?62;4c"]);
  expect(log).toEqual([...quiet, "interrupt"]);
});
