import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseSpec } from "../document/read-spec.ts";
import { renamedTypes } from "./published-types.ts";
import { targets } from "../generate/targets.ts";

const text = readFileSync(new URL("../../../../specs/image-variations.yaml", import.meta.url), "utf8");
const names = Object.keys(parseSpec(text, "spec.yaml").components!.schemas!);

function renamed(name: string): string {
  return text.replaceAll(new RegExp(`\\b${name}\\b`, "g"), "Renamed");
}

describe("the types that the packages publish", () => {
  it.each(names)("are all there when the schema %s is renamed", (name) => {
    const published = [...names, ...renamedTypes(parseSpec(text, "spec.yaml")).keys()];
    const document = parseSpec(renamed(name), "spec.yaml");
    const after = [...Object.keys(document.components!.schemas!), ...renamedTypes(document).keys()];
    const promised = ["ImageCreateVariationParams", "ImageModel", "ImagesResponse", "Image", "ErrorResponse"];
    expect(published).toEqual(expect.arrayContaining(promised));
    expect(after).toEqual(expect.arrayContaining(promised));
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
      /^components\.schemas: the packages publish a type ImageCreateVariationParams, and the spec has neither/,
    );
  });
});
