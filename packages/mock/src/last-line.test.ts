import { expect, test } from "vitest";
import { lastLine } from "./last-line.ts";

test("Prism's own fatal line is quoted without its decoration", () => {
  const log = `[4:45:46 PM] › [CLI] …  awaiting  Starting Prism…
[4:45:46 PM] › [CLI] ✖  fatal     No operations found in the current file.
      --seed      Provide a seed [string] [required] [default: null]
Error: No operations found in the current file.
    at createServer (createServer.js:66:15)
`;
  expect(lastLine(log)).toBe("No operations found in the current file.");
});

test("an empty fatal line gives way to what the system said", () => {
  const log = `[4:45:50 PM] › [CLI] ✖  fatal     
      --seed      Provide a seed [string] [required] [default: null]

listen EADDRINUSE: address already in use 127.0.0.1:45671
`;
  expect(lastLine(log)).toBe("listen EADDRINUSE: address already in use 127.0.0.1:45671");
});

test("an uncaught error is quoted without its stack", () => {
  const log = `SyntaxError: Unterminated string in JSON at position 2
    at JSON.parse (<anonymous>)

Node.js v24.21.0
`;
  expect(lastLine(log)).toBe("SyntaxError: Unterminated string in JSON at position 2");
});

test("otherwise the last line that says anything is quoted", () => {
  expect(lastLine("first\nsecond\n\n")).toBe("second");
  expect(lastLine("")).toBe("(nothing)");
});
