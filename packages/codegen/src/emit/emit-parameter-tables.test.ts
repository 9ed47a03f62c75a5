import { describe, expect, it } from "vitest";
import { emitParameterTables } from "./emit-parameter-tables.ts";
import type { OpenAPIDocument, SchemaObject } from "../document/openapi-document.ts";

function documentWith(properties: Record<string, SchemaObject>, required: readonly string[] = []): OpenAPIDocument {
  return {
    openapi: "3.1.0",
    info: { title: "Example", version: "1.0.0" },
    servers: [{ url: "https://{host}/v1", variables: { host: { default: "api.example.com" } } }],
    security: [{ bearerAuth: [] }],
    paths: {
      "/images": {
        post: {
          operationId: "createImage",
          requestBody: {
            content: {
              "multipart/form-data": {
                schema: { type: "object", required, properties },
              },
            },
          },
        },
      },
    },
    components: { schemas: { Known: { type: "string", enum: ["a", "b"] } } },
  };
}

const tables = (properties: Record<string, SchemaObject>, required?: readonly string[]): string =>
  emitParameterTables(documentWith(properties, required), "example.yaml");

describe("parameter tables", () => {
  it("say of each parameter what the schema says, and null apart", () => {
    const text = tables({ size: { type: ["string", "null"], enum: ["s", "m", null], default: "m" } }, ["size"]);
    expect(text).toContain("export const createImage: ParameterTable = [");
    expect(text).toContain('name: "size",\n    kind: "string",\n    required: true,\n    nullable: true,');
    expect(text).toContain('allowed: ["s", "m"]');
  });

  it("read an open set as known names, through references", () => {
    const text = tables({
      model: { anyOf: [{ type: "string" }, { $ref: "#/components/schemas/Known" }, { type: "null" }] },
    });
    expect(text).toContain('kind: "string",\n    nullable: true,\n    known: ["a", "b"],');
  });

  it("read a union as nullable if one of its types is", () => {
    const known: SchemaObject = { type: ["string", "null"], enum: ["a", null] };
    expect(tables({ model: { anyOf: [{ type: "string" }, known] } })).toContain("nullable: true,");
    expect(tables({ model: { anyOf: [{ type: ["string", "null"] }, { enum: ["a"], type: "string" }] } })).toContain(
      'nullable: true,\n    known: ["a"],',
    );
  });

  it("know one image and several", () => {
    const limits = { mediaTypes: ["image/png"], square: false, exclusiveMaximumBytes: 10 };
    const image: SchemaObject = { type: "string", format: "binary", "x-image-limits": limits };
    const text = tables({ one: image, several: { type: "array", items: image, maxItems: 16 } });
    expect(text).toContain('kind: "image"');
    expect(text).toContain('kind: "images"');
    expect(text).toContain("maximum: 16");
  });

  it.each<[schema: object, row: string]>([
    [{ type: "string" }, 'kind: "string",'],
    [{ type: ["null", "boolean"] }, 'kind: "boolean", nullable: true,'],
    [{ type: "string", enum: ["a", null], default: "a" }, 'kind: "string", default: "a", allowed: ["a"],'],
    [{ type: "string", minLength: 0, maxLength: 5, minimum: 1 }, 'kind: "string", minimum: 1, maximum: 5,'],
    [
      { type: "number", minimum: 0, maximum: 0.5, pattern: "^a" },
      'kind: "number", minimum: 0, maximum: 0.5, pattern: "^a",',
    ],
    [
      { type: "array", items: { type: "string", format: "binary" }, minItems: 0, default: null },
      'kind: "images", default: null, minimum: 0,',
    ],
    [{ anyOf: [{ type: "integer" }] }, 'kind: "integer",'],
    [{ oneOf: [{ type: ["integer", "null"] }], default: 5 }, 'kind: "integer", nullable: true, default: 5,'],
    [{ anyOf: [{ type: "string" }, { type: "string" }] }, 'kind: "string", known: [],'],
    [
      { anyOf: [{ $ref: "#/components/schemas/Known" }, { type: ["string", "null"] }] },
      'kind: "string", nullable: true, known: ["a", "b"],',
    ],
  ])("say of %j: %s", (schema, row) => {
    expect(tables({ x: schema as SchemaObject }).replaceAll(/\s+/g, " ")).toContain(`[ { name: "x", ${row} }, ];`);
  });

  it.each([
    [{ type: "string", "x-image-limit": 1, "ax-b": 1 }, /the keyword "ax-b" is not understood/],
    [{}, /need one type beside null, got undefined/],
    [{ type: "null" }, /need one type beside null, got "null"/],
    [
      { type: "array", items: { type: "object" } },
      /createImage\.x\[\]: the validator's tables don't know the type "object"/,
    ],
    [{ type: "array" }, /createImage\.x\[\]: the validator's tables need one type beside null, got undefined/],
    [{ anyOf: [{ type: "null" }] }, /of unions/],
    [{ anyOf: [{ $ref: "#/components/schemas/Known" }, { type: "string", enum: ["c"] }] }, /of unions/],
    [{ anyOf: [{ type: "string" }, { type: "string", format: "binary" }] }, /of unions/],
    [{ type: "integer", multipleOf: 2 }, /createImage\.x: the keyword "multipleOf" is not understood/],
    [{ type: ["string", "integer"] }, /need one type beside null, got \["string","integer"\]/],
    [{ type: "object" }, /don't know the type "object"/],
    [{ type: "array", items: { type: "string" } }, /of arrays/],
    [{ anyOf: [{ type: "string" }, { type: "integer" }] }, /of unions/],
    [
      {
        anyOf: [
          { type: "string", maxLength: 5 },
          { type: "string", enum: ["a"] },
        ],
      },
      /of unions/,
    ],
  ])("reject %j instead of losing a rule in silence", (schema, message) => {
    expect(() => tables({ x: schema as SchemaObject })).toThrow(message);
    expect(() => tables({ x: schema as SchemaObject })).toThrowErrorMatchingSnapshot();
  });
});
