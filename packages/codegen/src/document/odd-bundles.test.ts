import { posix } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DocumentSource, type JsonValue, lookUp, readOpenAPI, SpecError } from "../document.ts";

/** Files that lie on no disk. */
function sourceOf(files: Readonly<Record<string, string>>): DocumentSource {
  return {
    read(location) {
      const text = Object.hasOwn(files, location) ? files[location] : undefined;
      if (text === undefined) throw new SpecError(`${location} can't be read: there is no such file.`);
      return text;
    },
    resolve(reference, from) {
      if (reference.includes("://")) throw new SpecError("leads to the web, and only files are read");
      return posix.join(posix.dirname(from), reference);
    },
    label: (location) => location,
  };
}

const read = (files: Readonly<Record<string, JsonValue>>): ReturnType<typeof readOpenAPI> => {
  const texts = Object.entries(files).map(([name, value]) => [name, JSON.stringify(value)]);
  return readOpenAPI("openapi.json", sourceOf(Object.fromEntries(texts) as Record<string, string>));
};

const head = { openapi: "3.1.0", info: { title: "Pets", version: "1.0.0" }, paths: {} };
const pet = { $ref: "pet.json" };

describe("a document in several files that is not one is rejected with a sentence", () => {
  it.each<[what: string, root: JsonValue, said: string]>([
    ["a list", [pet], "openapi.json:1:1: expected an OpenAPI document, got a list."],
    ["a text", "pet.json", "openapi.json:1:1: expected an OpenAPI document, got "],
    [
      "one that leads nowhere",
      { ...head, components: { schemas: { A: { $ref: "lost.json" } } } },
      "lost.json can't be read",
    ],
    [
      "one that leads to the web",
      { ...head, components: { schemas: { A: { $ref: "https://a.example/b" } } } },
      "leads to the web",
    ],
    [
      "one that leads to nothing in a file",
      { ...head, components: { schemas: { A: { $ref: "pet.json#/b" } } } },
      "has no #/b",
    ],
  ])("%s", async (_, root, said) => {
    const error = await read({ "openapi.json": root, "pet.json": { type: "object" } }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(SpecError);
    expect((error as Error).message).toContain(said);
  });
});

describe("what is odd in a document in several files", () => {
  it.each<[what: string, components: JsonValue]>([
    ["components that are a list", [pet]],
    ["a section that is a list", { schemas: [pet] }],
    ["a section that is null, beside another one", { schemas: { A: pet }, parameters: null }],
    ["a component that is true", { schemas: { A: true, B: pet } }],
    ["a component with a reference that is not text", { schemas: { A: { $ref: 5 }, B: pet } }],
  ])("does not keep it from being read, or is rejected: %s", async (_, components) => {
    const outcome = await read({ "openapi.json": { ...head, components }, "pet.json": { type: "object" } }).catch(
      (error: unknown) => error,
    );
    if (outcome instanceof Error) expect(outcome).toBeInstanceOf(SpecError);
    else expect(outcome).toMatchObject({ document: { openapi: "3.1.0" } });
  });

  it("has its place in the file where it was written", async () => {
    const { document, locate } = await read({
      "openapi.json": { ...head, components: { schemas: { A: pet } } },
      "pet.json": { type: "object", properties: { name: { type: "string" } } },
    });
    expect(document.components).toMatchObject({ schemas: { A: { properties: { name: { type: "string" } } } } });
    expect(locate(["components", "schemas", "A", "properties", "name"])).toMatch(/^pet\.json:1:\d+$/);
    expect(locate(["info", "title"])).toMatch(/^openapi\.json:1:\d+$/);
  });
});

const names = ["a.json", "b/c.json"];
const references = fc
  .tuple(
    fc.constantFrom("", "a.json", "b/c.json", "../a.json", "c.json", "lost.json", "https://a.example/b"),
    fc.constantFrom("", "#", "#/A", "#/components/schemas/A", "#/components/schemas/B", "#/x~1y"),
  )
  .map(([file, pointer]) => file + pointer);
const { value: values } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<JsonValue>(null, true, 5, "string", "object"),
    references.map(($ref): JsonValue => ({ $ref })),
    fc.array(tie("value"), { maxLength: 3, size: "max" }) as fc.Arbitrary<JsonValue>,
    fc.dictionary(
      fc.constantFrom(
        "A",
        "B",
        "x/y",
        "properties",
        "items",
        "allOf",
        "oneOf",
        "discriminator",
        "mapping",
        "type",
        "$ref",
      ),
      tie("value"),
      { maxKeys: 4, size: "max" },
    ) as fc.Arbitrary<JsonValue>,
  ),
}));

it("is read with every reference leading somewhere, or rejected with a SpecError, whatever is in the files", async () => {
  const sections = fc.record({ schemas: fc.record({ A: values, B: values }), responses: fc.record({ A: values }) });
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.oneof(sections, values), values, values, async (components, one, other) => {
      const files = {
        "openapi.json": { ...head, components: components as JsonValue },
        [names[0]!]: one,
        [names[1]!]: other,
      };
      try {
        const { document } = await read(files);
        outcomes.add("read");
        const [schema] = JSON.stringify(document.components).match(/"\$ref":"[^#"][^"]*"/) ?? [];
        // Only data, such as an example, may still look like a reference to a file.
        if (schema) outcomes.add("data");
        expect(lookUp(document, "#/info/title")).toBe("Pets");
      } catch (error) {
        if (!(error instanceof SpecError)) throw error;
        expect(error.message).toMatch(/\S/);
        outcomes.add("rejected");
      }
    }),
    { numRuns: 1000 },
  );
  expect([...outcomes]).toEqual(expect.arrayContaining(["read", "rejected"]));
});
