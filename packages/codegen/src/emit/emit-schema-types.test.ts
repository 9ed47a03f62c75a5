import { describe, expect, it } from "vitest";
import { emitSchemaTypes } from "./emit-schema-types.ts";
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
