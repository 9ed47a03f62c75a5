import { describe, expect, it } from "vitest";
import { emitSchemaTypes } from "../repository.ts";
import type { OpenAPIDocument } from "../document/openapi-document.ts";

const upload = { name: "Uploadable", from: "./uploadable.ts" };
const toCompare = { named: false, openObjects: true, described: false };

const document = {
  openapi: "3.1.0",
  info: { title: "Pets", version: "1.0.0" },
  paths: {
    "/pets": {
      summary: "SAID",
      post: {
        summary: "SAID",
        description: "SAID",
        parameters: [{ name: "q", in: "query", description: "SAID", example: "SAID", schema: { type: "string" } }],
        requestBody: {
          description: "SAID",
          content: {
            "application/json": { schema: { $ref: "#/components/schemas/Pet" }, examples: { a: { value: "SAID" } } },
          },
        },
        responses: { "200": { description: "SAID" } },
      },
    },
  },
  components: {
    schemas: {
      Pet: {
        title: "SAID",
        description: "SAID",
        type: "object",
        example: "SAID",
        properties: {
          title: { type: "string", title: "SAID", format: "uuid", minLength: 2 },
          description: { type: "integer", format: "int32" },
          image: { type: "string", format: "binary", description: "SAID" },
          open: { type: "object", properties: {} },
        },
      },
    },
  },
} as unknown as OpenAPIDocument;

describe("types that are compared and not published", () => {
  const types = emitSchemaTypes(document, "pets.yaml", upload, toCompare);

  it("say nothing that is only told to people", () => {
    expect(types).not.toContain("SAID");
    expect(types).not.toContain("uuid");
    expect(types).not.toContain("int32");
  });

  it("have every property, also one that is called like an annotation", () => {
    expect(types).toContain("title?: string;");
    expect(types).toContain("description?: number;");
  });

  it("have the type of an upload for a file, and its import", () => {
    expect(types).toContain("image?: Uploadable;");
    expect(types).toContain('import type { Uploadable } from "./uploadable.ts";');
  });

  it("let an object of which nothing is said hold anything", () => {
    expect(types).toContain("open?: Record<string, unknown>;");
    expect(emitSchemaTypes(document, "pets.yaml", upload, { ...toCompare, openObjects: false })).toContain(
      "open?: Record<string, never>;",
    );
  });

  it("have no names of their own, unlike those that are published, which are told to people too", () => {
    expect(types).not.toMatch(/^export (type|interface) Pet\b/m);
    const published = emitSchemaTypes(document, "pets.yaml", upload);
    expect(published).toMatch(/^export (type|interface) Pet\b/m);
    expect(published).toContain("SAID");
    expect(published).toContain("@minLength 2");
  });

  it("leave the document as it was", () => {
    const before = structuredClone(document);
    emitSchemaTypes(document, "pets.yaml", upload, toCompare);
    expect(document).toEqual(before);
  });
});

describe("a limit of an image is told", () => {
  const limits = (more: object): OpenAPIDocument =>
    ({
      openapi: "3.1.0",
      info: { title: "Pets", version: "1.0.0" },
      paths: {},
      components: {
        schemas: {
          A: {
            type: "object",
            properties: {
              image: {
                type: "string",
                format: "binary",
                "x-image-limits": {
                  mediaTypes: ["image/png", "image/jpeg"],
                  exclusiveMaximumBytes: 4_194_304,
                  ...more,
                },
              },
            },
          },
        },
      },
    }) as unknown as OpenAPIDocument;

  it.each([
    [{ square: true }, "Limits: image/png or image/jpeg, equal width and height, fewer than 4,194,304 bytes."],
    [{ square: false }, "Limits: image/png or image/jpeg, fewer than 4,194,304 bytes."],
  ])("with %o", (more, sentence) => {
    expect(emitSchemaTypes(limits(more), "pets.yaml", upload)).toContain(sentence);
  });
});
