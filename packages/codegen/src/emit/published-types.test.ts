import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { OpenAPIDocument } from "../document/openapi-document.ts";
import { parseSpec } from "../document/read-spec.ts";
import { SpecError } from "../document/spec-error.ts";
import { renamedTypes } from "./published-types.ts";
import { targets } from "../generate/targets.ts";

const text = readFileSync(new URL("../../../../specs/image-variations.yaml", import.meta.url), "utf8");
const names = Object.keys(parseSpec(text, "spec.yaml").components!.schemas!);

function renamed(name: string): string {
  return text.replaceAll(new RegExp(`\\b${name}\\b`, "g"), "Renamed");
}

const published = [
  "ImageCreateVariationParams",
  "ImageModel",
  "ImagesResponse",
  "Image",
  "Usage",
  "InputTokensDetails",
  "OutputTokensDetails",
  "ErrorResponse",
  "ErrorObject",
];

describe("the types that the packages publish", () => {
  it("are all there, by the names of the schemas or by others", () => {
    const schemas = [...names, ...renamedTypes(parseSpec(text, "spec.yaml")).keys()];
    expect(schemas).toEqual(expect.arrayContaining(published));
  });

  it.each(names)("are all there when the schema %s is renamed", (name) => {
    const own = [...renamedTypes(parseSpec(text, "spec.yaml"))];
    const all = own.map(([type, schema]) => [type, schema === name ? "Renamed" : schema]);
    const after = published.includes(name) ? [...all, [name, "Renamed"]] : all;
    const renamedOnes = [...renamedTypes(parseSpec(renamed(name), "spec.yaml"))];
    expect(renamedOnes.toSorted()).toEqual(after.toSorted());
  });

  it("are emitted under both names", async () => {
    const reference = /responses:\s+"200":[\s\S]*?\$ref: "#\/components\/schemas\/(\w+)"/.exec(text)![1]!;
    const document = parseSpec(renamed(reference), "spec.yaml");
    const target = targets.find(({ output }) => output === "packages/client/src/generated/schema.ts")!;
    const types = await target.emit(document, "spec.yaml");
    expect(types).toContain('export interface Renamed extends Schema<"Renamed"> {}');
    expect(types).toContain('export interface ImagesResponse extends Schema<"Renamed"> {}');
  });

  it("are missed by name if no schema stands in their place", () => {
    const document = parseSpec("openapi: 3.1.0\npaths:\n  /a: { get: {} }\n", "spec.yaml");
    expect(() => renamedTypes(document)).toThrow(
      "components.schemas: the packages publish a type ImageCreateVariationParams, and the spec has neither a schema of that " +
        "name nor a $ref to another one at paths./images/variations.post.requestBody.content.multipart/form-data.schema; " +
        "keep one of them.",
    );
  });

  const params = { $ref: "#/components/schemas/Mine" };
  const bodyOf = (schema: unknown): object => ({ content: { "multipart/form-data": { schema } } });
  const documentWith = (post: unknown): OpenAPIDocument => {
    const components = {
      schemas: {
        ...Object.fromEntries(published.slice(1).map((name) => [name, {}])),
        Mine: { properties: { a: params } },
      },
      requestBodies: { One: { $ref: "#/components/requestBodies/Two" }, Two: bodyOf(params) },
    };
    return { paths: { "/images/variations": { post } }, components } as unknown as OpenAPIDocument;
  };

  it.each([
    ["its place", bodyOf(params)],
    ["the end of several references", { $ref: "#/components/requestBodies/One" }],
  ])("are found at %s", (_, requestBody) => {
    expect([...renamedTypes(documentWith({ requestBody }))]).toEqual([["ImageCreateVariationParams", "Mine"]]);
  });

  it.each([
    null,
    5,
    {},
    { requestBody: null },
    { requestBody: "text" },
    { requestBody: { $ref: 5 } },
    { requestBody: bodyOf(undefined) },
    { requestBody: bodyOf(null) },
    { requestBody: bodyOf("#/components/schemas/Mine") },
    { requestBody: bodyOf({ $ref: 5 }) },
    { requestBody: bodyOf({ $ref: "#/components/requestBodies/Two" }) },
    { requestBody: bodyOf({ $ref: "#/components/schemas/Mine/properties/a" }) },
  ])("are missed by name if the operation is %j", (post) => {
    expect(() => renamedTypes(documentWith(post))).toThrow(SpecError);
  });

  it("are found among alternatives by the first one that is a reference, if there is one", () => {
    const documentOf = (...anyOf: readonly unknown[]): OpenAPIDocument => {
      const document = documentWith({ requestBody: bodyOf({ properties: { model: { anyOf } } }) });
      const { ImageModel: _, ...schemas } = document.components!.schemas!;
      return { ...document, components: { schemas: { ...schemas, ImageCreateVariationParams: {} } } };
    };
    expect([...renamedTypes(documentOf(null, { type: "string" }, params))]).toEqual([["ImageModel", "Mine"]]);
    expect(() => renamedTypes(documentOf(null, { type: "string" }))).toThrow("publish a type ImageModel");
  });
});
