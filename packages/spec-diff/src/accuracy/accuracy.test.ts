import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { diffSpecs } from "../diff-specs.ts";
import type { Change } from "../policy/change.ts";
import { parseSource } from "../sources/parse-source.ts";
import { editDocument } from "./edit-document.ts";
import { exampleDocument } from "./example-document.ts";
import { listCases } from "./list-cases.ts";

const cases = listCases();

it("covers more than sixty single changes", () => {
  expect(cases.length).toBeGreaterThan(60);
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
});

it("docs/spec-changes.md has the score of the table as it is", () => {
  const page = readFileSync(new URL("../../../../docs/spec-changes.md", import.meta.url), "utf8");
  expect(page).toContain(`has ${cases.length} single changes`);
  expect(page).toContain(`${cases.length} of ${cases.length}`);
});

describe("each single change gets its level", () => {
  it.each(cases)("$name: $expected, because $reason", async ({ edits, version, expected }) => {
    const sides = (["before", "after"] as const).map((side) =>
      parseSource(
        JSON.stringify(editDocument(exampleDocument(version), edits, side)),
        `${side}.json`,
        side === "before" ? "base" : "head",
      ),
    );
    const { bump, changes, opinions, disagreements, warnings } = await diffSpecs(sides[0]!, sides[1]!, {
      names: false,
    });
    const told = changes.map(({ level, rule, pointer, opinion }) => `${level} ${opinion} ${rule} ${pointer}`);
    expect({ bump, told }).toMatchObject({ bump: expected });
    // A change that matters is told with its place and a whole sentence.
    for (const change of changes) {
      expect(change.reason).toMatch(/^[A-Z{"\d/].*[.]$/);
      expect(change.pointer).toMatch(/^(\/|$)/);
    }
    // A new sentence, place or operation shows in the diff of the snapshot; `vitest -u` accepts it.
    expect({ opinions, disagreements, warnings, changes: changes.map(describeChange) }).toMatchSnapshot();
  });
});

function describeChange({ level, direction, document, pointer, reason, rule, undecided, opinion, operations }: Change) {
  const marks = [opinion, ...(undecided ? ["undecided"] : [])].join(", ");
  return `${level}, ${rule} (${marks}), ${direction} at ${document} ${pointer || "/"}: ${reason} [${operations.join(", ")}]`;
}
