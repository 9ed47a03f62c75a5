import { describe, expect, it } from "vitest";
import { emitSchemaTypes, schemaTypeNames } from "./emit-schema-types.ts";
import type { OpenAPIDocument, SchemaObject } from "../document/openapi-document.ts";

/** The types of one schema named Example, without the rest of the file. */
async function typesOf(schema: SchemaObject): Promise<string> {
  const document: OpenAPIDocument = {
    openapi: "3.1.0",
    info: { title: "Example", version: "1.0.0" },
    paths: {},
    components: { schemas: { Example: schema } },
  };
  const text = emitSchemaTypes(document, "example.yaml", { name: "Uploadable", from: "./uploadable.ts" });
  return text.slice(text.indexOf("    schemas: {"), text.indexOf("    responses:"));
}

describe("the traps of openapi-typescript", () => {
  it("a default does not make a property required", async () => {
    const types = await typesOf({ type: "object", properties: { n: { type: "integer", default: 1 } } });
    expect(types).toContain("n?: number;");
    expect(types).toContain("@default 1");
  });

  it("a file is the upload type, and not a string", async () => {
    const types = await typesOf({
      type: "object",
      required: ["image"],
      properties: {
        image: { type: "string", format: "binary" },
        images: { type: "array", items: { type: "string", format: "binary" } },
      },
    });
    expect(types).toContain("image: Uploadable;");
    expect(types).toContain("images?: Uploadable[];");
  });

  it.each(["discount%", "%", "100%zz", "a%2", "a%25b", "~1%", "#/%"])("a property may be called %j", async (name) => {
    const types = await typesOf({
      type: "object",
      properties: {
        [name]: { type: "object", properties: { [name]: { type: "array", items: { type: "object" } } } },
      },
    });
    expect(types.split(`${JSON.stringify(name)}?: `)).toHaveLength(3);
  });

  it("an open set of names keeps its names", async () => {
    const known: SchemaObject = { type: "string", enum: ["a", "b"] };
    const types = await typesOf({
      type: "object",
      properties: {
        inline: { anyOf: [{ type: "string" }, known] },
        nullable: { anyOf: [{ type: "string" }, known, { type: "null" }] },
        plain: { type: ["string", "null"] },
      },
    });
    expect(types).toContain('inline?: (string & {}) | ("a" | "b");');
    expect(types).toContain('nullable?: (string & {}) | ("a" | "b") | null;');
    expect(types).toContain("plain?: string | null;");
  });

  it("limits stand in the documentation", async () => {
    const types = await typesOf({
      type: "object",
      properties: {
        n: { type: "integer", description: "How many.", minimum: 1, maximum: 10 },
        name: { type: "string", minLength: 2, maxLength: 8, pattern: "^a" },
        image: {
          type: "string",
          format: "binary",
          description: "An image.",
          "x-image-limits": { mediaTypes: ["image/png"], square: true, exclusiveMaximumBytes: 4_194_304 },
        },
      },
    });
    expect(types).toMatch(/How many\.\n\s+\*\n\s+\* @minimum 1\n\s+\* @maximum 10\n/);
    expect(types).toMatch(/@minLength 2\n\s+\* @maxLength 8\n\s+\* @pattern \^a\n/);
    expect(types).toContain("Limits: image/png, equal width and height, fewer than 4,194,304 bytes.");
  });

  it("gives every schema a name, and keeps a comment from being ended by what it quotes", async () => {
    const document: OpenAPIDocument = {
      openapi: "3.1.0",
      info: { title: "Example", version: "1.0.0" },
      paths: {},
      components: {
        schemas: { Thing: { type: "object", description: "Ends */ here." }, Word: { type: "string", enum: ["a"] } },
      },
    };
    const text = emitSchemaTypes(document, "example.yaml", { name: "Uploadable", from: "./uploadable.ts" });
    expect(text).toContain('/** Ends *\\/ here. */\nexport interface Thing extends Schema<"Thing"> {}');
    expect(text).toMatch(/\n\/\*\* \S.+ \*\/\nexport (?:interface|type) paths\b/);
    expect(text).toContain('export type Word = Schema<"Word">;');
  });
});

/** The file of some schemas and paths. */
function fileOf(schemas: object, paths: object = {}, components: object = {}): string {
  const info = { title: "Example", version: "1.0.0" };
  const document = { openapi: "3.1.0", info, paths, components: { ...components, schemas } };
  const upload = { name: "Uploadable", from: "./uploadable.ts" };
  return emitSchemaTypes(document as unknown as OpenAPIDocument, "example.yaml", upload);
}

describe("the type of a schema's name", () => {
  it.each<[schema: object, isInterface: boolean]>([
    [{ type: "object" }, true],
    [{ type: ["object", "null"] }, false],
    [{ type: "object", oneOf: [{ type: "object" }] }, false],
    [{ type: "object", anyOf: [{ type: "object" }] }, false],
    [{ type: "object", allOf: [{ type: "object" }] }, false],
    [{ type: "array", items: {} }, false],
  ])("of %j is an interface: %s", (schema, isInterface) => {
    const file = fileOf({ Example: schema });
    expect(file.includes('/** Example */\nexport interface Example extends Schema<"Example"> {}\n')).toBe(isInterface);
    expect(file.includes('/** Example */\nexport type Example = Schema<"Example">;\n')).toBe(!isInterface);
  });

  it.each([
    [
      ["a-b", "a_b"],
      ["a_b_", "a_b"],
    ],
    [["1a"], ["_1a"]],
    [["-"], ["_"]],
    [[""], ["_"]],
    [
      ["Record", "Record_"],
      ["Record__", "Record_"],
    ],
    [
      ["a.b", "a b", "a$b"],
      ["a_b", "a_b_", "a$b"],
    ],
    [
      ["paths", "string", "Uploadable", "class"],
      ["paths_", "string_", "Uploadable_", "class_"],
    ],
    [["Größe"], ["Größe"]],
  ])("is one that TypeScript allows and nothing else has: those of %j are %j", (schemas, names) => {
    const file = fileOf(Object.fromEntries(schemas.map((name) => [name, { type: "string" }])));
    const found = [...file.matchAll(/^export type (\S+) = Schema<"(.*)">;$/gm)];
    expect(found.map(([, name]) => name)).toEqual(names);
    expect(found.map(([, , schema]) => schema)).toEqual(schemas);
  });

  it("is missing if there are no schemas", () => {
    expect(fileOf({})).not.toContain("Schema<");
  });

  it("is told by its description, or by its name, and has those of aliases beside it", () => {
    const document = {
      openapi: "3.1.0",
      info: { title: "Example", version: "1.0.0" },
      paths: {},
      components: { schemas: { A: { type: "object", description: "Ends */ here." } } },
    };
    const aliases = new Map([["B", "A"]]);
    expect([...schemaTypeNames(document, aliases)]).toEqual([["A", "B"]]);
    expect([...schemaTypeNames(document)]).toEqual([["A", "A"]]);
    expect([...schemaTypeNames({ ...document, components: {} })]).toEqual([]);
    const upload = { name: "Uploadable", from: "./uploadable.ts" };
    const file = emitSchemaTypes(document, "example.yaml", upload, { aliases });
    expect(file).toMatch(
      /\n\/\*\* Ends \*\\\/ here\. \*\/\nexport interface A extends Schema<"A"> \{\}\n\n\/\*\* Ends \*\\\/ here\. \*\/\nexport interface B extends Schema<"A"> \{\}\n$/,
    );
  });
});

describe("the types of a document", () => {
  it("import the type of an upload only if a schema is a file, and not if it is mentioned alone", () => {
    const line = 'import type { Uploadable } from "./uploadable.ts";\n';
    expect(fileOf({ A: { type: "string", format: "binary" } })).toContain(line);
    expect(fileOf({ A: { type: "string", description: "An Uploadable." } })).not.toContain(line);
    expect(fileOf({ A: { type: "object", properties: { Uploadable: { type: "string" } } } })).not.toContain(line);
  });

  it("follow a parameter that is a reference, and the branches of a discriminator", () => {
    const file = fileOf(
      {
        Pet: { oneOf: [{ $ref: "#/components/schemas/Cat" }], discriminator: { propertyName: "kind" } },
        Cat: { type: "object", properties: { kind: { type: "string" } } },
      },
      {
        "/a": {
          get: { parameters: [{ $ref: "#/components/parameters/Limit" }], responses: { "204": { description: "" } } },
        },
      },
      { parameters: { Limit: { name: "limit", in: "query", schema: { type: "integer", default: 5 } } } },
    );
    expect(file).toMatch(/limit\?: components\["parameters"\]\["Limit"\];/);
    expect(file).toMatch(/kind: "Cat";/);
  });

  it("tell what is odd in a description or in a limit as it is, or not at all", async () => {
    expect(await typesOf({ type: "integer", description: 5 } as unknown as SchemaObject)).toContain("@description 5");
    const odd = { type: "integer", minimum: true, description: "A." } as unknown as SchemaObject;
    expect(await typesOf(odd)).not.toContain("@minimum");
    expect(await typesOf({ type: "integer", format: "int32" })).toContain("Format: int32");
  });

  it("tell of lists how many items they have, and of a limit alone nothing else", async () => {
    const types = await typesOf({
      type: "object",
      properties: { a: { type: "array", items: {}, minItems: 1, maxItems: 3 }, b: { type: "integer", minimum: 0 } },
    });
    expect(types).toMatch(/\/\*\*\n +\* @minItems 1\n +\* @maxItems 3\n +\*\//);
    expect(types).toMatch(/\/\*\* @minimum 0 \*\/\n/);
  });

  it("keep a union without text, and text that may be null, as they are", async () => {
    const types = await typesOf({
      type: "object",
      properties: { a: { type: ["integer", "boolean"] }, b: { anyOf: [{ type: "string" }, { type: "integer" }] } },
    });
    expect(types).toContain("a?: number | boolean;");
    expect(types).toContain("b?: (string & {}) | number;");
  });
});
