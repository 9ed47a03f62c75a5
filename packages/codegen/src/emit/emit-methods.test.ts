import { describe, expect, it } from "vitest";
import type { JsonObject, OpenAPIDocument } from "../document/openapi-document.ts";
import { methodNames } from "../prepare/operation-names.ts";
import { emitMethods } from "./emit-methods.ts";

const reference = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
const content = (schema: object, type = "application/json"): object => ({ content: { [type]: { schema } } });
const body = (schema: object, type?: string): object => ({ requestBody: content(schema, type) });
const responses = (schema: object): object => ({ responses: { "200": { description: "Fine.", ...content(schema) } } });
const schemas = {
  Make: { type: "object", required: ["prompt", "n"], properties: { prompt: { type: "string" } } },
  Images: { type: "object" },
  $: { type: "object" },
  Other: { type: "object" },
};
const makes = { ...body(reference("Make")), ...responses(reference("Images")) };

/** The methods of a client with these operations, each at a path and with a method of its own. */
function methodsOf(
  operations: Readonly<Record<string, object>>,
  aliases: ReadonlyMap<string, string> = new Map(),
): string {
  const paths = Object.fromEntries(
    Object.entries(operations).map(([method, { parameters, ...operation }]: [string, { parameters?: unknown }]) => [
      `/${method}`,
      {
        ...(parameters !== undefined && { parameters }),
        post: { operationId: method, "x-client-method": method, ...operation },
      },
    ]),
  );
  const document = { openapi: "3.1.0", info: { title: "Images", version: "1.0.0" }, paths, components: { schemas } };
  return emitMethods(
    document as unknown as OpenAPIDocument,
    methodNames(document as unknown as JsonObject),
    "images.yaml",
    { aliases, runtime: "a-runtime" },
  );
}

describe("a method of our own client", () => {
  const byPlace = '  readonly make: Method<paths["/images.make"]["post"]>;';

  it.each<[what: string, operation: object, line: string]>([
    [
      "its body and its response have names",
      makes,
      "  make(body: Make, options?: RequestOptions | null): APIPromise<Images>;",
    ],
    ["its body has no name", { ...makes, ...body(schemas.Make) }, byPlace],
    ["its response has no name", { ...makes, ...responses(schemas.Images) }, byPlace],
    [
      "its body is a part of a schema",
      { ...makes, ...body({ $ref: "#/components/schemas/Make/properties/prompt" }) },
      byPlace,
    ],
    ["it has no body", responses(reference("Images")), byPlace],
    ["it has a parameter", { ...makes, parameters: [{ name: "q", in: "query" }] }, byPlace],
  ])("is written by names or by its place: if %s", (_, operation, line) => {
    expect(methodsOf({ "images.make": operation }).split("\n")).toContain(line);
  });

  it("has the names of aliases before those of the schemas", () => {
    const methods = methodsOf({ "images.make": makes }, new Map([["ImageMakeParams", "Make"]]));
    expect(methods).toContain("make(body: ImageMakeParams, ");
    expect(methods).toContain('import type { ImageMakeParams, Images } from "./schema.ts";\n');
  });

  it("has an example with what is required, its description or summary, and the errors of uploads if it has some", () => {
    const methods = methodsOf({
      "images.make": { ...makes, summary: "Make.", description: "Makes */ images.\nAll of them." },
      "images.edit": { ...makes, ...body(reference("Make"), "multipart/form-data"), summary: "Edit an image." },
      "images.list": { ...responses(reference("Images")), summary: "List." },
      "images.other": { ...makes, ...body(reference("Other")) },
    });
    const docs = Object.fromEntries(
      [...methods.matchAll(/ \/\*\*\n([^]*?)\*\/\n {2}(?:readonly )?(\w+)/g)].map(([, text, name]) => [name, text]),
    );
    expect(docs["make"]).toContain("* Makes *\\/ images. All of them.\n");
    expect(docs["make"]).toContain("* await client.images.make({ prompt, n });\n");
    expect(docs["make"]).toMatch(/is not what the contract says\.\n\s*$/);
    expect(docs["edit"]).toContain("* Edit an image.\n");
    expect(docs["edit"]).toMatch(/contract says; TypeError if .*\n .*UploadError if .* too large\.\n\s*$/);
    expect(docs["list"]).toContain("* await client.images.list();\n");
    expect(docs["other"]).toContain("* await client.images.other();\n");
  });
});

describe("what the methods of our own client import", () => {
  it.each<[what: string, operation: object, runtime: string, schema: string]>([
    ["of methods by names", makes, "APIPromise, RequestOptions", "Images, Make"],
    ["of methods by place", responses(reference("Images")), "Method", "paths"],
    ["of names with a dollar", { ...makes, ...body(reference("$")) }, "APIPromise, RequestOptions", "$, Images"],
    [
      "and not what docs alone mention",
      { ...makes, description: "Like Other, Method and paths." },
      "APIPromise, RequestOptions",
      "Images, Make",
    ],
  ])("is what is used: %s", (_, operation, runtime, schema) => {
    const [, imports] = methodsOf({ "images.make": operation }).split("\n\n");
    expect(imports).toBe(`import type { ${runtime} } from "a-runtime";\nimport type { ${schema} } from "./schema.ts";`);
  });

  it("is used by whole names alone, and not by parts of others", () => {
    const methods = methodsOf({
      "images.make": { ...makes, ...body(reference("$")) },
      "other.list": responses(schemas.Images),
    });
    expect(methods).toContain('import type { $, Images, paths } from "./schema.ts";');
    expect(methods).toContain("}\n\n/** The methods of `client.other`. */\nexport interface OtherMethods {");
    expect(methods).toContain("  readonly images: ImagesMethods;\n  readonly other: OtherMethods;\n");
  });
});
