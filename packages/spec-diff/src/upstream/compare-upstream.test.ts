import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { parseDocument, stringify, type Document } from "yaml";
import { parameterPath, valueAt } from "../sources/spec-text.ts";
import { parseSource } from "../sources/parse-source.ts";
import type { NamedSource } from "../sources/read-source.ts";
import { compareUpstream } from "./compare-upstream.ts";
import { sliceText } from "./slice-text.ts";
import { readKnownDifferences } from "./known-difference.ts";

const repository = fileURLToPath(new URL("../../../../", import.meta.url));
const text = readFileSync(join(repository, "specs/image-variations.yaml"), "utf8");
const ours: NamedSource = { ...parseSource(text, "ours.yaml", "base"), ours: true };
const folder = mkdtempSync(join(tmpdir(), "knownDifferences-"));
afterAll(() => rmSync(folder, { recursive: true }));

const n = parameterPath(text, "n");
const { maximum } = valueAt(text, n) as { maximum: number };
const raise = (document: Document): void => document.setIn([...n, "maximum"], maximum + 10);

/** Our contract, said as the official document says it: 3.1 with `nullable`, among many other operations. */
function official(change: (document: Document) => void = () => {}, others = 0): NamedSource {
  const document = parseDocument(text);
  document.setIn([...n, "type"], "integer");
  document.setIn([...n, "nullable"], true);
  change(document);
  for (let index = 0; index < others; index++) {
    const schema = { $ref: `#/components/schemas/Other${index}` };
    const response = { description: "Fine.", content: { "application/json": { schema } } };
    const description = "Another operation, of which there are many in the official document. ".repeat(6);
    const operation = { operationId: `other${index}`, description, responses: { "200": response } };
    document.setIn(["paths", `/others/${index}`], document.createNode({ get: operation }));
    const properties = { name: { type: "string", description: "A name. ".repeat(40) }, next: schema };
    document.setIn(["components", "schemas", `Other${index}`], document.createNode({ type: "object", properties }));
  }
  return { ...parseSource(document.toString(), "official.yaml", "head"), ours: false };
}

it("understands nullable in a 3.1 document, and warns of it", async () => {
  const source = official();
  expect(source.warnings).toEqual([
    expect.stringMatching(/^official\.yaml:\d+:\d+: OpenAPI 3\.1 has no "nullable" .*; 1 of them read as/),
  ]);
  const { diff } = await compareUpstream(ours, source, []);
  expect(diff).toMatchObject({ bump: "none", changes: [] });
});

it("says what would change for our callers, and not what is listed as meant", async () => {
  const source = official(raise);
  const { diff } = await compareUpstream(ours, source, []);
  expect(diff).toMatchObject({ bump: "minor", changes: [{ level: "minor", rule: "limit-loosened" }] });

  const [change] = diff.changes;
  const { direction, pointer, reason } = change!;
  const differences = [{ direction, pointer, says: reason }];
  writeFileSync(join(folder, "2026-01-02-more.yaml"), stringify({ reason: "Ten are enough.", differences }));
  const knownDifferences = readKnownDifferences(folder);
  expect(knownDifferences).toMatchObject([{ date: "2026-01-02", reason: "Ten are enough." }]);
  expect(await compareUpstream(ours, source, knownDifferences)).toMatchObject({
    diff: { bump: "none", changes: [] },
    knownDifferences: [{ change, knownDifference: { date: "2026-01-02" } }],
    outdated: [],
  });
  expect((await compareUpstream(ours, official(), knownDifferences)).outdated).toEqual(knownDifferences);
});

it.each([
  { what: "is about it", change: {}, known: true },
  { what: "has the sentence as a block", change: { says: "{says}\n" }, known: true },
  { what: "is about another direction", change: { direction: "response" }, known: false },
  { what: "is about another place", change: { pointer: "/info" }, known: false },
  { what: "says something else", change: { says: "It changed." }, known: false },
])("a listed difference that $what covers a change: $known", async ({ change: more, known }) => {
  const { diff } = await compareUpstream(ours, official(raise), []);
  const { direction, pointer, reason } = diff.changes[0]!;
  const listed = { file: "a.yaml", date: "2026-01-02", reason: "Meant.", direction, pointer, says: reason, ...more };
  const { diff: rest, outdated } = await compareUpstream(ours, official(raise), [
    { ...listed, says: listed.says.replace("{says}", reason) },
  ]);
  expect({ left: rest.changes.length, outdated: outdated.length }).toEqual({
    left: known ? 0 : 1,
    outdated: known ? 0 : 1,
  });
});

it("cuts the operation out of 3 MB in seconds", async () => {
  const start = performance.now();
  const source = official(raise, 2_600);
  expect(JSON.stringify(source.spec.document).length).toBeGreaterThan(2_500_000);
  const { diff } = await compareUpstream(ours, source, []);
  expect(diff.changes).toHaveLength(1);
  // The text is written and read here too, on a machine that does other things besides.
  expect(performance.now() - start).toBeLessThan(30_000);
});

it.each([
  {
    what: "other servers",
    key: "servers",
    value: [{ url: "https://b.example" }],
    rules: ["server-added", "server-removed"],
  },
  { what: "no servers", key: "servers", value: undefined, rules: ["server-removed"] },
  { what: "no credentials", key: "security", value: [], rules: ["security-requirement-removed"] },
  {
    what: "no credentials and nothing said of them",
    key: "security",
    value: undefined,
    rules: ["security-requirement-removed"],
  },
  {
    what: "another title, which is not the operation's",
    key: "info",
    value: { title: "All", version: "9.0.0" },
    rules: [],
  },
])("says of a whole document what concerns the operation: $what", async ({ key, value, rules }) => {
  const source = official((document) => (value === undefined ? document.delete(key) : document.set(key, value)));
  const { diff } = await compareUpstream(ours, source, []);
  expect(diff.changes.map(({ rule }) => rule).toSorted()).toEqual(rules);
});

it("keeps differences in descriptions and extensions apart", async () => {
  const { diff, descriptions } = await compareUpstream(
    ours,
    official((document) => {
      document.setIn([...n, "description"], "How many.");
      document.setIn([...n, "x-note"], "New.");
    }),
    [],
  );
  expect(diff).toMatchObject({ bump: "none", changes: [] });
  expect(descriptions.map(({ rule }) => rule).toSorted()).toEqual(["description-changed", "extension-changed"]);
});

it("writes the slice without words, and with every name that looks like one", () => {
  const named = { title: { type: "string" }, "x-name": { type: "string" }, properties: { description: "Words." } };
  const schema = {
    title: "Words.",
    description: "Words.",
    "x-order": 1,
    "x-image-limits": { square: true },
    properties: named,
    patternProperties: { summary: { example: "Words." } },
    examples: ["Words."],
    anyOf: [{ type: "object", externalDocs: { url: "https://example.com" } }],
  };
  const slice = sliceText(official((document) => document.setIn(n, document.createNode(schema))));
  const document = parseSource(slice, "slice.yaml", "head").spec.document;
  expect(valueAt(slice, n)).toEqual({
    "x-image-limits": { square: true },
    properties: { title: { type: "string" }, "x-name": { type: "string" }, properties: {} },
    patternProperties: { summary: {} },
    anyOf: [{ type: "object" }],
  });
  expect(document).toHaveProperty(["components", "headers", "x-request-id"]);
  expect(JSON.stringify(document)).not.toMatch(/"(description|tags|x-client-method)":/);
});

it("writes the slice alone, so that a day's change can be seen", () => {
  const slice = sliceText(official(raise, 3));
  expect(slice).toMatch(/^# Cut out of the official/);
  expect(parseSource(slice, "slice.yaml", "head").spec.document.paths).toEqual({
    "/images/variations": expect.anything(),
  });
  expect(slice).not.toContain("other1");
});

it("rejects a document without the operation", async () => {
  const source = parseSource("openapi: 3.1.0\npaths:\n  /others: {}\n", "other.yaml", "head");
  await expect(compareUpstream(ours, { ...source, ours: false }, [])).rejects.toThrow(
    /^other\.yaml:3:3: the document has no POST \/images\/variations; name the official OpenAPI document/,
  );
});

it("every known difference has a date and a reason", () => {
  const knownDifferences = readKnownDifferences(join(repository, "specs/known-differences"));
  expect(knownDifferences.length).toBeGreaterThan(0);
  for (const { date, reason } of knownDifferences) {
    expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(reason).toMatch(/\.$/);
  }
});

it("rejects a known difference without its reason", () => {
  writeFileSync(join(folder, "2026-01-03-why.yaml"), "differences: []\n");
  expect(() => readKnownDifferences(folder)).toThrow(
    /^2026-01-03-why\.yaml: a known difference is named <date>-<what>\.yaml/,
  );
});
