import { expect, test } from "vitest";
import { fakeStream } from "../testing/fake-stream.ts";
import type { CreateEvent } from "./create-events.ts";
import { lineReporter } from "./line-reporter.ts";

/** What is written for these events, a line each. */
function linesFor(events: readonly CreateEvent[]): string[] {
  const stderr = fakeStream();
  using reporter = lineReporter({ stdout: stderr, stderr });
  for (const event of events) reporter.report(event);
  return stderr.text
    .trimEnd()
    .split("\n")
    .map((line) => line.trim());
}

const making = (image: string, done: number): CreateEvent => ({ event: "making", image, done });
const saved = (image: string, index: number): CreateEvent => ({
  event: "saved",
  image,
  index,
  path: `${index}.png`,
  bytes: 1_000,
  seconds: 1,
});

test("a stage is told once for each input, however many images are saved meanwhile", () => {
  const lines = linesFor([
    making("otter.png", 0.1),
    saved("otter.png", 1),
    making("otter.png", 0.6),
    saved("otter.png", 2),
    making("harbour.png", 0.1),
    saved("harbour.png", 1),
    making("harbour.png", 0.9),
  ]);
  expect(lines.filter((line) => line === "making the images")).toHaveLength(2);
  expect(lines.filter((line) => line.startsWith("Saved"))).toHaveLength(3);
});

test("a stage is told again after a failed attempt", () => {
  const image = "otter.png";
  const lines = linesFor([
    { event: "waiting", image },
    { event: "retrying", image, reason: "503" },
    { event: "waiting", image },
  ]);
  expect(lines.filter((line) => line === "waiting for the response")).toHaveLength(2);
});
