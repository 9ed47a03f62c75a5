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
      "openapi.yaml": `${head}paths:\n  /pets: { $ref: pets.yaml }\n  /cats: { get: { $ref: "pets.yaml#/get" } }\n`,
      "pets.yaml": "get: { responses: { $ref: responses.yaml } }",
      "responses.yaml": '"204": { description: None. }',
    });
    const get = { responses: { "204": { description: "None." } } };
    expect(document.paths).toEqual({ "/pets": { get }, "/cats": { get } });
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
      name: "a path item that contains itself",
      files: { "openapi.yaml": `${head}paths:\n  /a: { $ref: a.yaml }\n`, "a.yaml": "$ref: a.yaml" },
      said: `a.yaml: $ref "a.yaml" leads to itself.`,
    },
  ])("$name", async ({ files, said }) => {
    await expect(read(files as Record<string, string>)).rejects.toThrow(said);
  });
});
