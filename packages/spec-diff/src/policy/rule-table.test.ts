import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { classify } from "./classify.ts";
import { highestLevel } from "./level.ts";
import { ruleTable } from "./rule-table.ts";
import { rules, type RuleName } from "./rules.ts";

it("docs/spec-changes.md prints the rules as they are", () => {
  const document = readFileSync(new URL("../../../../docs/spec-changes.md", import.meta.url), "utf8");
  const words = (text: string): string[] =>
    text.split("\n").map((line) => line.replaceAll(/ +/g, " ").replaceAll(/-{3,}/g, "---"));
  expect(words(document)).toEqual(expect.arrayContaining(words(ruleTable())));
});

it.each(Object.keys(rules) as RuleName[])("%s has a whole sentence for either side", (rule) => {
  for (const direction of ["request", "response", "both"] as const) {
    const { reason } = classify({ rule, direction, pointer: "", document: "head", facts: {} });
    expect(reason).toMatch(/\.$|detail$/);
  }
});

it.each(Object.keys(rules) as RuleName[])(
  "%s of the document as a whole has the higher level of both sides",
  (rule) => {
    const [request, response, both] = (["request", "response", "both"] as const).map(
      (direction) => classify({ rule, direction, pointer: "", document: "head", facts: {} }).level,
    );
    expect(both).toBe(highestLevel([request!, response!]));
  },
);
