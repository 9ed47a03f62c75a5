import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readKnownDifferences } from "../repository.ts";

const difference = "{ direction: request, pointer: /a, says: It changed. }";

/** What a folder with one file lists. */
function read(name: string, text: string): unknown {
  const folder = mkdtempSync(join(tmpdir(), "known-difference-"));
  try {
    writeFileSync(join(folder, name), text);
    return readKnownDifferences(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

it("reads each difference of a file, with the file's date and reason", () => {
  expect(read("2026-01-02-why.yaml", `reason: Because.\ndifferences:\n  - ${difference}\n`)).toEqual([
    {
      file: "2026-01-02-why.yaml",
      date: "2026-01-02",
      reason: "Because.",
      direction: "request",
      pointer: "/a",
      says: "It changed.",
    },
  ]);
  expect(read("notes.md", "nothing")).toEqual([]);
});

const shape = "a known difference is named <date>-<what>.yaml and has a reason and a list of differences.";
const parts = "each difference has a direction, a pointer, and what the report says of it.";

it.each([
  ["why.yaml", `reason: Because.\ndifferences: [${difference}]`, shape],
  ["x2026-01-02-why.yaml", `reason: Because.\ndifferences: [${difference}]`, shape],
  ["2026-1-2-why.yaml", `reason: Because.\ndifferences: [${difference}]`, shape],
  ["2026-01-02-why.yaml", `differences: [${difference}]`, shape],
  ["2026-01-02-why.yaml", "reason: Because.", shape],
  ["2026-01-02-why.yaml", "[]", shape],
  ["2026-01-02-why.yaml", "reason: Because.\ndifferences: [5]", parts],
  ["2026-01-02-why.yaml", "reason: Because.\ndifferences: [{ pointer: /a, says: It. }]", parts],
  ["2026-01-02-why.yaml", "reason: Because.\ndifferences: [{ direction: request, says: It. }]", parts],
  ["2026-01-02-why.yaml", "reason: Because.\ndifferences: [{ direction: request, pointer: /a }]", parts],
])("rejects %s with %j", (name, text, said) => {
  expect(() => read(name, text)).toThrow(`${name}: ${said}`);
});
