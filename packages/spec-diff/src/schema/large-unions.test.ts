import { describe, expect, it, vi } from "vitest";
import { diffSpecs, parseSource } from "../index.ts";

// As long as a slow machine needs.
vi.setConfig({ testTimeout: 900_000 });

function documentOf(branches: readonly object[]): string {
  const content = { "application/json": { schema: { anyOf: branches } } };
  return JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Unions", version: "1.0.0" },
    paths: { "/a": { post: { requestBody: { content }, responses: { "200": { description: "Yes." } } } } },
  });
}

/** The rules of what is told, each with the branch that it is told of, where one is removed, added or changed below. */
async function toldOf(before: readonly object[], after: readonly object[]): Promise<string[]> {
  const [base, head] = [before, after].map((branches, index) =>
    parseSource(documentOf(branches), `${index}.json`, "base"),
  );
  const { changes } = await diffSpecs(base!, head!);
  return changes.map(({ rule, document, pointer }) => `${rule} at ${document} ${/\/anyOf\/(.*)$/.exec(pointer)?.[1]}`);
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const withProperties = (properties: object): object => ({ type: "object", properties });

describe("a branch that another one stands in for", () => {
  const matching = (pattern: string, more: object = {}): object =>
    withProperties({ a: { type: "string", pattern, ...more } });
  const others = (count: number, letter: string): object[] =>
    range(count).map((index) => matching(`^${letter}${index}`));

  it.each([
    { count: 20, found: true },
    { count: 100, found: false },
  ])("is looked for in 5,000 comparisons: found beside $count others, $found", async ({ count, found }) => {
    const told = await toldOf(
      [...others(count, "x"), matching("^z", { maxLength: 5 }), matching("^z", { maxLength: 3 })],
      [...others(count, "y"), matching("^z")],
    );
    expect(told.includes(`branch-removed at base ${count + 1}`)).toBe(!found);
    expect(told).toContain(`limit-loosened at base ${count}/properties/a/maxLength`);
  });

  it.each([
    { count: 20, found: true },
    { count: 100, found: true },
    { count: 1_010, found: false },
  ])("is looked for a million times: found beside $count others of another type, $found", async ({ count, found }) => {
    const told = await toldOf(
      [...range(count).map((minimum) => ({ type: "number", minimum })), { type: "boolean" }, { const: true }],
      [...range(count).map((index) => ({ type: "string", minLength: index + 1 })), { type: "boolean" }],
    );
    expect(told.includes(`branch-removed at base ${count + 1}`)).toBe(!found);
    expect(told.filter((line) => line.startsWith("branch-added"))).toHaveLength(count);
  });
});

describe("branches of more than 250,000 pairs", () => {
  /** Branches that say the same but for a limit, with some of another kind at their places. */
  function union(count: number, maximum: number, named: Readonly<Record<number, readonly string[]>>): object[] {
    return range(count).map((index) => {
      const names = named[index];
      return withProperties(
        names
          ? Object.fromEntries(names.map((name) => [name, { type: "boolean" }]))
          : { a: { type: "integer", maximum: maximum + index } },
      );
    });
  }

  it.each([
    { count: 510, from: 5, to: 240, same: true },
    { count: 510, from: 240, to: 5, same: true },
    { count: 510, from: 5, to: 490, same: false },
    { count: 510, from: 490, to: 5, same: false },
    { count: 300, from: 5, to: 790, same: true, grown: 800 },
  ])(
    "are the same one only near each other: $count branches, from $from to $to, $same",
    async ({ count, from, to, same, grown = count }) => {
      const told = await toldOf(
        union(count, 1_000, { [from]: ["b", "c"] }),
        union(grown, 2_000, { [to]: ["b", "c", "d"] }),
      );
      expect(told.includes(`property-added at head ${to}/properties/d`)).toBe(same);
      expect(told.includes(`branch-removed at base ${from}`)).toBe(!same);
    },
  );
});
