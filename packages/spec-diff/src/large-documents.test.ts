import { describe, expect, it, vi } from "vitest";
import { diffSpecs, parseSource, type SpecDiff } from "./index.ts";

// As long as a slow machine needs; what these documents must not do is to take minutes.
vi.setConfig({ testTimeout: 120_000 });

type Schemas = Readonly<Record<string, unknown>>;

function documentOf(schemas: Schemas, start: string): string {
  const content = { "application/json": { schema: { $ref: `#/components/schemas/${start}` } } };
  return JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Large", version: "1.0.0" },
    paths: { "/a": { post: { requestBody: { content }, responses: { "200": { description: "Yes.", content } } } } },
    components: { schemas },
  });
}

async function diff(schemasFor: (maximum: number) => Schemas, start: string): Promise<SpecDiff> {
  const [base, head] = [10, 9].map((maximum, index) =>
    parseSource(documentOf(schemasFor(maximum), start), `${index}.json`, "base"),
  );
  return await diffSpecs(base!, head!);
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe("30,000 references, one after the other,", () => {
  const count = 30_000;
  const chain = (link: (next: string) => unknown) => (maximum: number) => ({
    ...Object.fromEntries(range(count).map((index) => [`C${index}`, link(`#/components/schemas/C${index + 1}`)])),
    [`C${count}`]: { type: "integer", maximum },
  });

  it.for([
    { name: "alone", link: (next: string): unknown => ({ $ref: next }) },
    {
      name: "each with a description beside it",
      link: (next: string): unknown => ({ $ref: next, description: "A link." }),
    },
    {
      name: "each in a property",
      link: (next: string): unknown => ({ type: "object", properties: { next: { $ref: next } } }),
    },
  ])("$name, lead to the one limit that changed", async ({ link }) => {
    const { bump, changes } = await diff(chain(link), "C0");
    expect(bump).toBe("major");
    const rules = changes.filter(({ opinion }) => opinion === "schema").map(({ rule, level }) => `${level} ${rule}`);
    expect(rules.toSorted()).toEqual(["major limit-tightened", "minor limit-tightened"]);
  });
});

describe("a union of 2,000 branches", () => {
  const count = 2_000;
  const tagged = (maximum: number): Schemas => ({
    ...Object.fromEntries(
      range(count).map((index) => [
        `B${index}`,
        {
          type: "object",
          required: ["kind"],
          properties: { kind: { const: `k${index}` }, value: { type: "integer", maximum: index === 7 ? maximum : 10 } },
        },
      ]),
    ),
    U: { oneOf: range(count).map((index) => ({ $ref: `#/components/schemas/B${index}` })) },
  });
  const inline = (maximum: number): Schemas => ({
    U: {
      anyOf: range(count).map((index) => ({
        type: "object",
        properties: { [`value${index}`]: { type: "integer", maximum: maximum + index } },
      })),
    },
  });

  it("tells of the one branch that changed, among tagged ones", async () => {
    const { changes } = await diff(tagged, "U");
    expect(changes.map(({ level, pointer }) => `${level} ${pointer}`)).toEqual([
      "major /components/schemas/B7/properties/value/maximum",
      "minor /components/schemas/B7/properties/value/maximum",
    ]);
  });

  it("tells of every branch if all changed, without names or tags", async () => {
    const { bump, changes, warnings } = await diff(inline, "U");
    expect(bump).toBe("major");
    expect(changes.filter(({ level }) => level === "major")).toHaveLength(count);
    expect(warnings.join()).toContain("at most 500 are compared by types");
  });
});
