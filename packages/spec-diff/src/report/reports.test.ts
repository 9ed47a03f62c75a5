import { expect, it } from "vitest";
import type { SpecDiff } from "../diff-specs.ts";
import type { Change } from "../policy/change.ts";
import { reportJson } from "./report-json.ts";
import { reportMarkdown } from "./report-markdown.ts";
import { reportText } from "./report-text.ts";

const change: Change = {
  direction: "request",
  pointer: "/paths/~1trees/get/parameters/0/schema/maximum",
  document: "head",
  level: "major",
  reason: "Callers outside the new limit are rejected: maximum was 10 and is 4.",
  rule: "limit-tightened",
  undecided: false,
  opinion: "schema",
  operations: ["GET /trees"],
};

const diff: SpecDiff = {
  base: "before.yaml",
  head: "after.yaml",
  bump: "major",
  opinions: { schema: "major", types: "minor" },
  disagreements: [{ operation: "GET /trees", direction: "request", schema: "major", types: "none" }],
  changes: [
    change,
    {
      ...change,
      direction: "response",
      pointer: "/a",
      level: "minor",
      reason: "It is new, a|b\nor c.",
      rule: "added",
      undecided: true,
      opinion: "types",
      operations: ["GET /a", "GET /b", "GET /c", "GET /d"],
    },
    { ...change, pointer: "", level: "patch", reason: "A title.", rule: "description-changed", operations: [] },
    { ...change, level: "none", reason: "Nothing.", rule: "extension-changed", operations: ["GET /a", "GET /b"] },
  ],
  warnings: ["before.yaml:1:1: something is odd."],
};

const nothing: SpecDiff = {
  ...diff,
  bump: "none",
  opinions: { schema: "none", types: "none" },
  disagreements: [],
  changes: [],
  warnings: [],
};

it("reports every change for people, the highest level first, with rule, marks and operations", () => {
  expect(reportText(diff)).toBe(`before.yaml → after.yaml

major (1)
  request  /paths/~1trees/get/parameters/0/schema/maximum
           Callers outside the new limit are rejected: maximum was 10 and is 4.
           limit-tightened · GET /trees

minor (1)
  response /a
           It is new, a|b
or c.
           added, undecided, by types · GET /a, GET /b, 2 more

patch (1)
  request  /
           A title.
           description-changed

none (1)
  request  /paths/~1trees/get/parameters/0/schema/maximum
           Nothing.
           extension-changed · GET /a, GET /b

Bump: major (by schema: major, by types: minor)
The opinions differ on the request of GET /trees: by schema major, by types none.
Warning: before.yaml:1:1: something is odd.
`);
});

it("tells people in a sentence that nothing changed", () => {
  expect(reportText(nothing)).toBe(`before.yaml → after.yaml

Nothing changed that a caller or a reader could see.

Bump: none (by schema: none, by types: none)
`);
});

it("reports every change for a pull request, as a table for each level, with its cells escaped", () => {
  expect(reportMarkdown(diff)).toBe(`### The contract: a major change

\`before.yaml\` → \`after.yaml\`. By schema: **major**, by types: **minor**.

#### Breaking (1)

| | Where | What it means | Operations |
| --- | --- | --- | --- |
| request | \`/paths/~1trees/get/parameters/0/schema/maximum\` | Callers outside the new limit are rejected: maximum was 10 and is 4. | GET /trees |

#### New (1)

| | Where | What it means | Operations |
| --- | --- | --- | --- |
| response | \`/a\` | It is new, a\\|b or c. (undecided) | GET /a, GET /b, 2 more |

#### Words and details (1)

| | Where | What it means | Operations |
| --- | --- | --- | --- |
| request | \`/\` | A title. |  |

#### Outside the contract (1)

| | Where | What it means | Operations |
| --- | --- | --- | --- |
| request | \`/paths/~1trees/get/parameters/0/schema/maximum\` | Nothing. | GET /a, GET /b |

- The opinions differ on the request of GET /trees: by schema major, by types none.
- Warning: before.yaml:1:1: something is odd.
`);
});

it("tells a pull request that nothing changed", () => {
  expect(reportMarkdown(nothing)).toBe(`### The contract: no bump

\`before.yaml\` → \`after.yaml\`. By schema: **none**, by types: **none**.
`);
});

it("reports the whole difference for machines, with what a command adds", () => {
  expect(JSON.parse(reportJson(diff, { exitCode: 1 }))).toEqual({ ...diff, exitCode: 1 });
  expect(reportJson(nothing)).toBe(`${JSON.stringify(nothing, null, 2)}\n`);
});
