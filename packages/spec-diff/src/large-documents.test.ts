import { Session } from "node:inspector/promises";
import { describe, expect, it, vi } from "vitest";
import { diffSpecs, parseSource, type SpecDiff } from "./index.ts";

// As long as a slow machine needs; what these documents must not do is to take minutes.
vi.setConfig({ testTimeout: 900_000 });

type Schemas = Readonly<Record<string, unknown>>;

function documentOf(schemas: Schemas): string {
  const content = { "application/json": { schema: { $ref: "#/components/schemas/C0" } } };
  return JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Large", version: "1.0.0" },
    paths: { "/a": { post: { requestBody: { content }, responses: { "200": { description: "Yes.", content } } } } },
    components: { schemas },
  });
}

async function diff(schemasFor: (maximum: number) => Schemas): Promise<SpecDiff> {
  const [base, head] = [10, 9].map((maximum, index) =>
    parseSource(documentOf(schemasFor(maximum)), `${index}.json`, "base"),
  );
  return await diffSpecs(base!, head!);
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** How many calls of our functions something takes: unlike time, it is the same on every machine. */
async function stepsOf(action: () => Promise<unknown>): Promise<number> {
  const session = new Session();
  session.connect();
  try {
    await session.post("Profiler.enable");
    await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
    await action();
    const { result } = await session.post("Profiler.takePreciseCoverage");
    const ours = result.filter(
      ({ url }) => /\/packages\/(spec-diff|codegen)\/src\//.test(url) && !url.includes(".test."),
    );
    const counts = ours.flatMap(({ functions }) => functions.flatMap(({ ranges: [whole] }) => whole?.count ?? 0));
    return counts.reduce((sum, count) => sum + count, 0);
  } finally {
    await session.post("Profiler.stopPreciseCoverage");
    session.disconnect();
  }
}

/** Makes the schemas of a document of some size, with the one limit that changes. */
type Make = (count: number) => (maximum: number) => Schemas;

const chain =
  (link: (next: string) => unknown): Make =>
  (count) =>
  (maximum) => ({
    ...Object.fromEntries(range(count).map((index) => [`C${index}`, link(`#/components/schemas/C${index + 1}`)])),
    [`C${count}`]: { type: "integer", maximum },
  });

const tagged: Make = (count) => (maximum) => ({
  ...Object.fromEntries(
    range(count).map((index) => [
      `B${index}`,
      {
        type: "object",
        required: ["kind"],
        // The property that tells the branches apart is not the first one.
        properties: { value: { type: "integer", maximum: index === 7 ? maximum : 10 }, kind: { const: `k${index}` } },
      },
    ]),
  ),
  C0: { oneOf: range(count).map((index) => ({ $ref: `#/components/schemas/B${index}` })) },
});

const untagged: Make = (count) => (maximum) => ({
  C0: {
    anyOf: range(count).map((index) => ({
      type: "object",
      properties: { [`value${index}`]: { type: "integer", maximum: maximum + index } },
    })),
  },
});

const links: readonly { readonly name: string; readonly link: (next: string) => unknown }[] = [
  { name: "alone", link: (next) => ({ $ref: next }) },
  { name: "each with a description beside it", link: (next) => ({ $ref: next, description: "A link." }) },
  { name: "each in a property", link: (next) => ({ type: "object", properties: { next: { $ref: next } } }) },
];

describe("30,000 references, one after the other,", () => {
  it.for(links)("$name, lead to the one limit that changed", async ({ link }) => {
    const { bump, changes } = await diff(chain(link)(30_000));
    expect(bump).toBe("major");
    const rules = changes.filter(({ opinion }) => opinion === "schema").map(({ rule, level }) => `${level} ${rule}`);
    expect(rules.toSorted()).toEqual(["major limit-tightened", "minor limit-tightened"]);
  });
});

describe("a union of 2,000 branches", () => {
  const count = 2_000;

  it("tells of the one branch that changed, among tagged ones", async () => {
    const { changes } = await diff(tagged(count));
    expect(changes.map(({ level, pointer }) => `${level} ${pointer}`)).toEqual([
      "major /components/schemas/B7/properties/value/maximum",
      "minor /components/schemas/B7/properties/value/maximum",
    ]);
  });

  it("tells of every branch if all changed, without names or tags", async () => {
    const { bump, changes, warnings } = await diff(untagged(count));
    expect(bump).toBe("major");
    expect(changes.filter(({ level }) => level === "major")).toHaveLength(count);
    expect(warnings.join()).toContain("at most 500 are compared by types");
  });
});

describe("a union of more branches than types are compared of", () => {
  it("is not warned of if nothing changed", async () => {
    const { bump, warnings } = await diff(() => untagged(501)(10));
    expect({ bump, warnings }).toEqual({ bump: "none", warnings: [] });
  });
});

describe("the steps of a comparison", () => {
  it.for([
    ...links.map(({ name, link }) => ({ name: `a chain of references, ${name}`, make: chain(link), count: 3_000 })),
    { name: "a union of tagged branches", make: tagged, count: 1_000 },
    { name: "a union of branches without names", make: untagged, count: 1_000 },
  ])("grow with the size of $name, and not with its square", async ({ make, count }) => {
    const half = await stepsOf(() => diff(make(count / 2)));
    const whole = await stepsOf(() => diff(make(count)));
    expect(whole / half).toBeLessThan(2.2);
  });
});
