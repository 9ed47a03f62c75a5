import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseSpec } from "@image-variations/codegen/document";
import { addEntry, removeEntry, replaceValue } from "@image-variations/spec-diff/repository";
import { defaultEdits, specEdits } from "./spec-edits.ts";

const text = readFileSync(new URL("../../../specs/image-variations.yaml", import.meta.url), "utf8");

describe("the edits of a trial", () => {
  it("are at least six, each of its own name", () => {
    expect(defaultEdits.length).toBeGreaterThanOrEqual(6);
    expect(new Set(specEdits.map(({ name }) => name)).size).toBe(specEdits.length);
  });

  it.each(specEdits)(
    "$name: the spec is still one, and the lines that were not edited are as they were",
    ({ apply }) => {
      let edited: string;
      try {
        edited = apply(text);
      } catch (error) {
        // In a trial this runs on a spec that is edited already: a parameter may be gone, or the edit may be made.
        expect((error as Error).message).toMatch(/^The spec has (no .+|.+ already)\.$/);
        return;
      }
      expect(() => parseSpec(edited, "edited.yaml")).not.toThrow();
      const lines = new Set(text.split("\n"));
      const others = edited.split("\n").filter((line) => !lines.has(line));
      expect(others.length).toBeLessThan(70);
      expect(edited.length).toBeGreaterThan(text.length * 0.9);
    },
  );
});

describe("the text of a spec", () => {
  const small = "a:\n  b: 1 # one\n  c:\n    - x\n    - y\n\nd: { e: 2 }\n";

  it("keeps its comments and its form where a value is replaced", () => {
    expect(replaceValue(small, ["a", "b"], "2")).toBe(small.replace("1 #", "2 #"));
    expect(replaceValue(small, ["d", "e"], "[3]")).toBe(small.replace("e: 2", "e: [3]"));
  });

  it("gets an entry at the end of a mapping, indented as the others", () => {
    expect(addEntry(small, ["a"], ["z:", "  y: 1"])).toBe(small.replace("- y\n", "- y\n  z:\n    y: 1\n"));
  });

  it("loses an entry with its lines", () => {
    expect(removeEntry(small, ["a", "c"])).toBe("a:\n  b: 1 # one\n\nd: { e: 2 }\n");
    expect(() => removeEntry(small, ["a", "q"])).toThrow("The spec has no a.q.");
  });
});
