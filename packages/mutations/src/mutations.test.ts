import { expect, test } from "vitest";
import { drawSample } from "./draw-sample.ts";
import { describeMutant, isKilled } from "./sampled-mutant.ts";

test("the same seed draws the same sample, without repeating an item", () => {
  const items = Array.from({ length: 100 }, (_, index) => index);
  const sample = drawSample(items, 20, 7);
  expect(new Set(sample).size).toBe(20);
  expect(drawSample(items, 20, 7)).toEqual(sample);
  expect(drawSample(items, 20, 8)).not.toEqual(sample);
  expect(drawSample(items, 200, 7).toSorted((a, b) => a - b)).toEqual(items);
});

test.for([
  { status: "Killed", killed: true },
  { status: "Timeout", killed: true },
  { status: "Survived", killed: false },
  { status: "NoCoverage", killed: false },
])("a mutant with the status $status counts as killed: $killed", ({ status, killed }) => {
  const at = { line: 0, column: 0 };
  expect(isKilled({ path: "a.ts", start: at, end: at, mutatorName: "", replacement: "", status })).toBe(killed);
});

test("a mutant is described by its place, its original text and its replacement, each in one line", () => {
  const source = "const a = 1;\nif (a > 0) {\n  go();\n}\n";
  const mutant = { path: "src/a.ts", mutatorName: "", status: "Survived" };
  const condition = { ...mutant, start: { line: 1, column: 4 }, end: { line: 1, column: 9 }, replacement: "true" };
  expect(describeMutant(condition, source)).toBe("src/a.ts:2: a > 0 → true");
  const block = { ...mutant, start: { line: 1, column: 11 }, end: { line: 3, column: 1 }, replacement: "{}" };
  expect(describeMutant({ ...block, status: "NoCoverage" }, source)).toBe(
    "src/a.ts:2: { go(); } → {} (no test reaches it)",
  );
});
