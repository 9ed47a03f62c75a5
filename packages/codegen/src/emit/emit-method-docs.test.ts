import { expect, it } from "vitest";
import type { JsonObject, OpenAPIDocument } from "../document/openapi-document.ts";
import { methodNames } from "../prepare/operation-names.ts";
import { emitMethodDocs } from "./emit-method-docs.ts";

const done = { responses: { "204": { description: "Done." } } };

function docsOf(paths: object): string {
  const document = {
    openapi: "3.1.0",
    info: { title: "Images", version: "1.0.0" },
    paths,
    components: { schemas: { Size: { type: "string", enum: ["s", "m", null] } } },
  };
  return emitMethodDocs(
    document as unknown as OpenAPIDocument,
    methodNames(document as unknown as JsonObject),
    "images.yaml",
  );
}

/** The row of a parameter with a schema. */
function rowOf(schema: unknown, required: readonly string[] = []): string {
  const content = { "application/json": { schema: { type: "object", properties: { x: schema }, required } } };
  const docs = docsOf({ "/x": { post: { ...done, operationId: "x", tags: ["x"], requestBody: { content } } } });
  return docs.split("\n").find((line) => line.startsWith("| `x`"))!;
}

const limits = { mediaTypes: ["image/png", "image/webp"], exclusiveMaximumBytes: 4_194_304 };

it.each<[schema: unknown, values: string]>([
  [{ type: "string" }, "text"],
  [{ type: "string", minLength: 2 }, "text, at least 2 characters"],
  [{ type: "string", maxLength: 8 }, "text, at most 8 characters"],
  [{ type: "string", minLength: 0, maxLength: 8 }, "text, 0 to 8 characters"],
  [{ type: "integer", minimum: 1 }, "whole number, at least 1"],
  [{ type: "number", maximum: 0.5 }, "number, at most 0.5"],
  [{ type: "number", minimum: 0, maximum: 1 }, "number, 0 to 1"],
  [{ type: "boolean" }, "boolean"],
  [{ type: ["null", "integer"] }, "whole number"],
  [{ type: "null" }, "null"],
  [{}, "anything"],
  [true, "anything"],
  [{ $ref: "#/components/schemas/Size" }, "`s`, `m`"],
  [{ type: "array", items: { type: "string" } }, "list of text"],
  [{ type: "array", items: { type: "integer" }, minItems: 1, maxItems: 3 }, "list, 1 to 3 of whole number"],
  [{ type: "array", items: { $ref: "#/components/schemas/Size" }, maxItems: 3 }, "list, at most 3 of `s`, `m`"],
  [{ anyOf: [{ $ref: "#/components/schemas/Size" }, { type: "string" }, { type: "null" }] }, "`s`, `m`, or text"],
  [{ oneOf: [{ type: "integer", maximum: 5 }, { type: "null" }] }, "whole number, at most 5"],
  [{ type: "string", format: "binary" }, "file"],
  [
    { type: "string", format: "binary", "x-image-limits": { ...limits, square: true } },
    "file: image/png or image/webp, square, fewer than 4,194,304 bytes",
  ],
  [
    { type: "string", format: "binary", "x-image-limits": { ...limits, square: false } },
    "file: image/png or image/webp, fewer than 4,194,304 bytes",
  ],
])("says of the values of %j: %s", (schema, values) => {
  const cells = rowOf(schema).split(" | ");
  expect(cells[1]!.trimEnd()).toBe(values);
  expect(cells.slice(2).join("")).toMatch(/^ +\|$/);
});

it("says of a parameter whether it is required, its default, and what it is in one line", () => {
  const schema = { type: "boolean", default: false, description: " Whether\n  a | b.\n" };
  expect(rowOf(schema, ["x"])).toBe("| `x`, required | boolean | `false` | Whether a \\| b. |");
});

it("writes a section for each method, with a table as wide as what is in it", () => {
  const body = (type: string, properties?: object): object => ({
    requestBody: { content: { [type]: { schema: { type: "object", ...(properties && { properties }) } } } },
  });
  expect(
    docsOf({
      "/images": {
        get: { ...done, operationId: "list", tags: ["images"] },
        post: {
          ...done,
          ...body("multipart/form-data", {
            prompt: { type: "string", description: "What to draw." },
            n: { type: "integer", default: 1 },
          }),
          operationId: "make",
          tags: ["images"],
          summary: "Make images.",
          description: "Makes images.\n\nAs many as you like.\n",
        },
      },
      "/pets": {
        post: {
          ...done,
          ...body("application/json"),
          operationId: "add",
          "x-client-method": "pets.add",
          summary: "Add a pet.",
        },
      },
    }),
  ).toMatchSnapshot();
});
