import { describe, expect, it } from "vitest";
import { posix } from "node:path";
import type { DocumentSource } from "./document-source.ts";
import type { JsonObject } from "./openapi-document.ts";
import type { ParsedOpenAPI } from "./parse-openapi.ts";
import { readOpenAPI } from "./read-openapi.ts";
import { SpecError } from "./spec-error.ts";

/** Files that lie on no disk. */
function sourceOf(files: Readonly<Record<string, string>>): DocumentSource {
  return {
    read(location) {
      const text = files[location];
      if (text === undefined) throw new SpecError(`${location} can't be read: there is no such file.`);
      return text;
    },
    resolve: (reference, from) => posix.join(posix.dirname(from), reference),
    label: (location) => location,
  };
}

async function read(files: Readonly<Record<string, string>>): Promise<ParsedOpenAPI> {
  return await readOpenAPI("openapi.yaml", sourceOf(files));
}

const head = "openapi: 3.1.0\ninfo: { title: Pets, version: 1.0.0 }\n";

describe("a document in several files becomes one", () => {
  it("whose components have the names that they had", async () => {
    const { document } = await read({
      "openapi.yaml": `${head}paths:
  /pets:
    get:
      parameters: [{ $ref: "shared/parameters.yaml#/limit" }]
      responses:
        "200": { $ref: shared/responses.yaml#/Pets }
components:
  schemas:
    Animal: { $ref: schemas/pet.yaml }
`,
      "shared/parameters.yaml": "limit: { name: limit, in: query, schema: { type: integer } }",
      "shared/responses.yaml": `Pets:
  description: Pets.
  content: { application/json: { schema: { type: array, items: { $ref: ../schemas/pet.yaml } } } }`,
      "schemas/pet.yaml":
        "type: object\nproperties: { parent: { $ref: pet.yaml }, tag: { $ref: '#/$defs/tag' } }\n$defs: { tag: { type: string } }",
    });
    expect(document.components).toMatchObject({
      parameters: { limit: { name: "limit" } },
      responses: {
        Pets: { content: { "application/json": { schema: { items: { $ref: "#/components/schemas/Animal" } } } } },
      },
      schemas: {
        Animal: {
          properties: { parent: { $ref: "#/components/schemas/Animal" }, tag: { $ref: "#/components/schemas/tag" } },
        },
        tag: { type: "string" },
      },
    });
  });

  it("in which two parts of one name are kept apart", async () => {
    const { document } = await read({
      "openapi.yaml": `${head}paths: {}
components:
  schemas:
    A: { properties: { x: { $ref: "a.yaml#/Id" }, y: { $ref: "b.yaml#/Id" } } }
    Id: { type: boolean }
`,
      "a.yaml": "Id: { type: string }",
      "b.yaml": "Id: { type: integer }",
    });
    expect((document.components as JsonObject).schemas).toMatchObject({
      A: { properties: { x: { $ref: "#/components/schemas/Id_2" }, y: { $ref: "#/components/schemas/Id_3" } } },
      Id: { type: "boolean" },
      Id_2: { type: "string" },
      Id_3: { type: "integer" },
    });
  });

  it("with path items, operations and maps written where they stand", async () => {
    const { document } = await read({
      "openapi.yaml": `${head}paths:\n  /pets: { $ref: pets.yaml }\n  /cats: { get: { $ref: "pets.yaml#/get" } }\n  /dogs: { summary: Dogs., $ref: pets.yaml }\n`,
      "pets.yaml": "get: { responses: { $ref: responses.yaml } }",
      "responses.yaml": '"204": { description: None. }',
    });
    const get = { responses: { "204": { description: "None." } } };
    expect(document.paths).toEqual({ "/pets": { get }, "/cats": { get }, "/dogs": { get, summary: "Dogs." } });
    expect(document).not.toHaveProperty("components");
  });

  it("with references of its paths to each other as they were", async () => {
    const { document } = await read({
      "openapi.yaml": `${head}paths: { /a: { $ref: a.yaml }, /b: { $ref: "#/paths/~1a" } }\n`,
      "a.yaml": "get: { responses: {} }",
    });
    expect(document.paths).toEqual({ "/a": { get: { responses: {} } }, "/b": { $ref: "#/paths/~1a" } });
  });

  it("with what another file refers to inside itself, and with the whole first file as a component", async () => {
    const { document } = await read({
      "openapi.yaml": `${head}paths: { /pets: { $ref: pets.yaml } }\n`,
      "pets.yaml": `get: { $ref: "#/x-get" }
x-get: { responses: { "200": { description: All., content: { a/b: { schema: { $ref: openapi.yaml } } } } } }
`,
    });
    const content = { "a/b": { schema: { $ref: "#/components/schemas/openapi" } } };
    expect(document.paths).toMatchObject({
      "/pets": { get: { responses: { "200": { description: "All.", content } } } },
    });
    expect(document.components).toMatchObject({ schemas: { openapi: { openapi: "3.1.0" } } });
  });

  it("with references back to the first file, and mappings by file", async () => {
    const { document } = await read({
      "openapi.yaml": `${head}paths: {}
components:
  schemas:
    Pet: { oneOf: [{ $ref: cat.yaml }], discriminator: { propertyName: kind, mapping: { cat: cat.yaml } } }
    Name: { type: string }
`,
      "cat.yaml": "properties: { name: { $ref: 'openapi.yaml#/components/schemas/Name' } }",
    });
    expect((document.components as JsonObject).schemas).toMatchObject({
      Pet: { discriminator: { mapping: { cat: "#/components/schemas/cat" } } },
      cat: { properties: { name: { $ref: "#/components/schemas/Name" } } },
    });
  });

  it("and errors lead to the file that was written by hand", async () => {
    const parsed = await read({
      "openapi.yaml": `${head}paths: {}\ncomponents: { schemas: { A: { properties: { x: { $ref: a.yaml } } } } }\n`,
      "a.yaml": "type: object\nproperties:\n  name:\n    type: strng\n",
    });
    expect(parsed).not.toHaveProperty("text");
    expect(parsed.locate(["components", "schemas", "a", "properties", "name", "type"])).toBe("a.yaml:4:11");
  });
});

describe("the components of a document in several files", () => {
  /** The schemas of a document whose property x is what is given. */
  const schemasOf = async (x: string, files: Readonly<Record<string, string>>): Promise<JsonObject> => {
    const components = `components: { schemas: { Root: { properties: { x: ${x} } } } }\n`;
    const { document } = await read({ "openapi.yaml": `${head}paths: {}\n${components}`, ...files });
    return (document.components as { schemas: JsonObject }).schemas;
  };

  it.each([
    ["pet.yaml", "pet.yaml", "pet"],
    ["parts/my pet.v1.yml", "parts/my pet.v1.yml", "my_pet.v1"],
    ["pet.JSON", "pet.JSON", "pet"],
    ["pet.json5", "pet.json5", "pet.json5"],
    ["pet.yaml#", "pet.yaml", "pet"],
    ["pet.yaml#/Cat", "pet.yaml", "Cat"],
    ["pet.yaml#/x~1y", "pet.yaml", "x_y"],
    ["pet.yaml#cat", "pet.yaml", "cat"],
    [".yaml", ".yaml", "part"],
  ])("are called by the last name of the reference, %s in %s: %s", async (reference, file, name) => {
    const found = { type: "string" };
    const components = { schemas: { Any: { ...found, $anchor: "cat" } } };
    const text = JSON.stringify({ ...found, Cat: found, "x/y": found, components });
    const schemas = await schemasOf(`{ $ref: "${reference}" }`, { [file]: text });
    expect(schemas).toMatchObject({
      Root: { properties: { x: { $ref: `#/components/schemas/${name}` } } },
      [name]: { type: "string" },
    });
  });

  it("come from a file that is nothing but a schema, by the anchors that it and its parts have", async () => {
    const schemas = await schemasOf(`{ oneOf: [{ $ref: "pet.yaml#pet" }, { $ref: "pet.yaml#tag" }] }`, {
      "pet.yaml": `$anchor: pet\nproperties: { tag: { $ref: "#tag" } }\n$defs: { Tag: { $anchor: tag, type: string } }\n`,
    });
    const tag = { $ref: "#/components/schemas/tag" };
    expect(schemas).toMatchObject({
      Root: { properties: { x: { oneOf: [{ $ref: "#/components/schemas/pet" }, tag] } } },
      pet: { properties: { tag } },
      tag: { type: "string" },
    });
  });

  it("have the first name that their author chose, also if there are several, and one place for each kind", async () => {
    const { document } = await read({
      "openapi.yaml": `${head}paths: {}
components:
  schemas: { A: { $ref: "x.yaml#/Id" }, B: { $ref: "x.yaml#/Id" }, C: { items: { $ref: "x.yaml#/Id" } } }
  examples: { E: { $ref: "x.yaml#/Id" } }
  headers: { H: { schema: { $ref: "x.yaml#/Other" } }, I: { $ref: "x.yaml#/Head" } }
  parameters: { P: { name: p, in: query, examples: { a: { $ref: "x.yaml#/Other" } } } }
`,
      "x.yaml": "Id: { type: string }\nOther: { type: integer }\nHead: { schema: { $ref: '#/Id' } }\n",
    });
    const schema = { $ref: "#/components/schemas/A" };
    expect(document.components).toEqual({
      schemas: { A: { type: "string" }, B: schema, C: { items: schema }, Other: { type: "integer" } },
      examples: { E: { type: "string" }, Other: { type: "integer" } },
      headers: { H: { schema: { $ref: "#/components/schemas/Other" } }, I: { schema } },
      parameters: { P: { name: "p", in: "query", examples: { a: { $ref: "#/components/examples/Other" } } } },
    });
  });

  it.each([
    ["cat.yaml", "#/components/schemas/cat"],
    ["cat.yml", "#/components/schemas/cat_2"],
    ["CAT.JSON", "#/components/schemas/CAT"],
    ["cat.yaml#/Cat", "#/components/schemas/Cat"],
    ["parts/cat", "#/components/schemas/cat_3"],
    ["cat", "cat"],
    ["cat.yamlx", "cat.yamlx"],
    ["#/components/schemas/Root", "#/components/schemas/Root"],
  ])("are named by a discriminator: %s is %s", async (target, place) => {
    const text = '{ "type": "object", "Cat": { "type": "object" } }';
    const files = ["cat.yaml", "cat.yml", "CAT.JSON", "parts/cat"];
    const mapping = ["cat.yaml", "cat.yml", "parts/cat", target].map((one, index) => `${index}: "${one}"`).join(", ");
    const { Root } = await schemasOf(
      `{ discriminator: { propertyName: kind, mapping: { ${mapping}, odd: 5 } } }`,
      Object.fromEntries(files.map((file) => [file, text])),
    );
    expect(Root).toMatchObject({ properties: { x: { discriminator: { mapping: { 3: place, odd: 5 } } } } });
  });

  it("are named by a discriminator in another file as that file sees them", async () => {
    const schemas = await schemasOf("{ $ref: pet.yaml }", {
      "pet.yaml": "discriminator: { propertyName: kind, mapping: { cat: '#/Cat', dog: Dog } }\nCat: { type: object }\n",
    });
    expect(schemas).toMatchObject({
      pet: { discriminator: { mapping: { cat: "#/components/schemas/Cat", dog: "Dog" } } },
      Cat: { type: "object" },
    });
  });

  it("lead to the place where they were written by hand, also if they were a part of a file", async () => {
    const { locate } = await read({
      "openapi.yaml": `${head}paths: {}\ncomponents: { schemas: { A: { items: { $ref: "a.yaml#/x/Pet" } } } }\n`,
      "a.yaml": "x:\n  Pet:\n    properties:\n      name: { type: string }\n",
    });
    expect(locate(["components", "schemas", "Pet", "properties", "name", "type"])).toBe("a.yaml:4:21");
    expect(locate(["components", "schemas", "Other"])).toBe("openapi.yaml:4:24");
  });
});

it("a document in one file has its text", async () => {
  const text = `${head}paths: {}\n`;
  expect((await read({ "openapi.yaml": text })).text).toBe(text);
});

describe("what can't be followed is told with its place:", () => {
  it.for([
    {
      name: "a file that is missing",
      files: { "openapi.yaml": `${head}paths:\n  /a: { $ref: none.yaml }\n` },
      said: `openapi.yaml:4:15: $ref "none.yaml" can't be followed. none.yaml can't be read: there is no such file.`,
    },
    {
      name: "a place that its file does not have",
      files: { "openapi.yaml": `${head}paths:\n  /a: { $ref: "a.yaml#/none" }\n`, "a.yaml": "x: {}" },
      said: `openapi.yaml:4:15: $ref "a.yaml#/none" leads nowhere: a.yaml has no #/none.`,
    },
    {
      name: "a file that is not YAML",
      files: { "openapi.yaml": `${head}paths:\n  /a: { $ref: a.yaml }\n`, "a.yaml": "x: [" },
      said: `openapi.yaml:4:15: $ref "a.yaml" can't be followed. a.yaml:1:5: the spec is not valid YAML.`,
    },
    {
      name: "a file that a discriminator names",
      files: {
        "openapi.yaml": `${head}paths: {}\ncomponents: { schemas: { A: { discriminator: { propertyName: a, mapping: { b: b.yaml } } } } }\n`,
      },
      said: `openapi.yaml:4:79: $ref "b.yaml" can't be followed. b.yaml can't be read: there is no such file.`,
    },
    {
      name: "a path item that contains itself",
      files: { "openapi.yaml": `${head}paths:\n  /a: { $ref: a.yaml }\n`, "a.yaml": "$ref: a.yaml" },
      said: `a.yaml:1:7: $ref "a.yaml" leads to itself.`,
    },
  ])("$name", async ({ files, said }) => {
    await expect(read(files as Record<string, string>)).rejects.toThrow(said);
  });
});

it("a reference that a source does not follow is told with its place and the source's reason", async () => {
  const files = sourceOf({ "openapi.yaml": `${head}paths:\n  /a: { $ref: "https://a.example/b" }\n` });
  const resolve = (): never => {
    throw new SpecError("leads to the web");
  };
  await expect(readOpenAPI("openapi.yaml", { ...files, resolve })).rejects.toThrow(
    new SpecError('openapi.yaml:4:15: $ref "https://a.example/b" leads to the web.'),
  );
});

it("a document of another version is rejected", async () => {
  await expect(read({ "openapi.yaml": "openapi: 2.0.0\n" })).rejects.toThrow(
    new SpecError('openapi.yaml:1:10: expected an OpenAPI 3.0 or 3.1 document, got openapi: "2.0.0".'),
  );
});

describe("what a source throws for another reason is thrown as it is:", () => {
  const error = new Error("The disk is on fire.");
  const text = `${head}paths:\n  /a: { $ref: a.yaml }\n`;
  const throwing = (): never => {
    throw error;
  };

  it.each<[what: string, source: Partial<DocumentSource>]>([
    ["where the document is read", { read: throwing }],
    ["where another file is read", { read: (location) => (location === "openapi.yaml" ? text : throwing()) }],
    ["where a reference is resolved", { resolve: throwing }],
  ])("%s", async (_, source) => {
    const files = sourceOf({ "openapi.yaml": text, "a.yaml": "get: {}" });
    await expect(readOpenAPI("openapi.yaml", { ...files, ...source })).rejects.toBe(error);
  });
});
