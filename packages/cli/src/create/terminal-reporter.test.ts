import { expect, test } from "vitest";
import { fakeStream, type FakeStream } from "../testing/fake-stream.ts";
import { terminalReporter } from "./terminal-reporter.ts";

const fakeTerminal = (columns: number): FakeStream => fakeStream({ terminal: { columns, rows: 24 } });

test("a line that a narrower terminal has wrapped is erased as a whole, and drawn so that it fits", () => {
  const stderr = fakeTerminal(80);
  using reporter = terminalReporter({ stdout: fakeTerminal(80), stderr, n: 3, now: () => 0 });
  reporter.report({ event: "uploading", image: "otter.png", sent: 0, total: 4_000_000 });
  const drawn = stderr.text.split("\r").at(-1)!.replace("\u001B[K", "");
  const columns = 12;
  stderr.clear();
  stderr.resize(columns);
  const rowsAbove = Math.floor((drawn.length - 1) / columns);
  expect(rowsAbove).toBeGreaterThan(0);
  expect(stderr.text).toBe(`\u001B[${rowsAbove}A\r\u001B[J${drawn.slice(0, columns - 1)}`);
});

test("no line that passes is ever as wide as the terminal, whatever happens", () => {
  const stderr = fakeTerminal(30);
  using reporter = terminalReporter({ stdout: fakeTerminal(30), stderr, n: 10, now: () => 0 });
  reporter.report({ event: "uploading", image: "otter.png", sent: 0, total: 4_000_000 });
  reporter.report({ event: "uploading", image: "otter.png", sent: 1_234_567, total: 4_000_000 });
  reporter.report({ event: "waiting", image: "otter.png" });
  reporter.report({ event: "making", image: "otter.png", done: 0.5 });
  reporter.report({ event: "receiving", image: "otter.png", index: 1, bytes: 123_456_789 });
  const lines = stderr.text.split("\r\u001B[K");
  expect(lines.length).toBeGreaterThan(5);
  expect(lines.filter((line) => line.length >= 30)).toEqual([]);
});

test("what is printed to standard output stands on a line of its own, and nothing that passes is left at the end", () => {
  const [stdout, stderr] = [fakeTerminal(80), fakeTerminal(80)];
  using reporter = terminalReporter({ stdout, stderr, n: 1, now: () => 0 });
  reporter.report({ event: "waiting", image: "otter.png" });
  reporter.print("variations/otter-1.png\n");
  expect(stdout.text).toBe("variations/otter-1.png\n");
  stderr.clear();
  reporter.report({ event: "done", images: 1, bytes: 10, seconds: 1 });
  expect(stderr.text).toBe("\r\u001B[KDone      1 image, 10 B, in 1.0 s\n\r\u001B[K");
});
