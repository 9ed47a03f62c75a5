import { describe, expect, it } from "vitest";
import { parseOpenAPI } from "@image-variations/codegen/document";
import { parseSource } from "../index.ts";
import { sourceOf } from "./parse-source.ts";

/** A document with some schemas and a description. */
function textOf(schemas: readonly string[], { version = "3.1.0", words = "Words." } = {}): string {
  const components = schemas.map((schema, index) => `    S${index}:\n      ${schema}\n`).join("");
  return `openapi: ${version}\ninfo:\n  title: Pets\n  description: ${words}\ncomponents:\n  schemas:\n${components}`;
}

function warningsOf(schemas: readonly string[], more: Parameters<typeof textOf>[1] = {}): readonly string[] {
  return parseSource(textOf(schemas, more), "pets.yaml", "head").warnings;
}

const warning = (place: string, count: number): string =>
  `pets.yaml:${place}: OpenAPI 3.1 has no "nullable" (say type: [string, "null"]); ${count} of them read as OpenAPI 3.0 meant them.`;

describe("a document of OpenAPI 3.1 with nullable", () => {
  it.each([
    { schemas: ["nullable: true"], place: "8:17", count: 1 },
    { schemas: ["'nullable' :  true"], place: "8:21", count: 1 },
    { schemas: ['{ type: string, "nullable": true }'], place: "8:35", count: 1 },
    { schemas: ["type: string", "nullable: true", "nullable: true"], place: "10:17", count: 2 },
    // What stands in a property of that name is not a keyword, and what is said to be false says nothing.
    { schemas: ["properties: { nullable: { type: string } }", "nullable: true"], place: "10:17", count: 1 },
    { schemas: ["nullable: false", "nullable: true"], place: "10:17", count: 1 },
    { schemas: ["example: { nullable: true }", "nullable: true"], place: "10:17", count: 1 },
    { schemas: ["x-nullable: true", "nullable: true"], place: "10:17", count: 1 },
  ])("is warned of once, with the place of the first of $count: $schemas", ({ schemas, place, count }) => {
    expect(warningsOf(schemas)).toEqual([warning(place, count)]);
    // Words that look like the keyword do not move the place.
    expect(warningsOf(schemas, { words: "'Say nullable: true.'" })).toEqual([warning(place, count)]);
  });

  it.each([
    { schema: "nullable: true", words: "Words.", looks: false },
    { schema: "'nullable' :  true", words: "Words.", looks: false },
    { schema: '{ type: string, "nullable":true }', words: "Words.", looks: false },
    { schema: "nullable: true", words: "'See x-nullable: true, nullable: trueish.'", looks: false },
    { schema: "nullable: true", words: "'See nullable: true.'", looks: true },
    { schema: "nullable: !!bool true", words: "Words.", looks: true },
  ])("is parsed again for the place only if the text does not tell it: $schema, $words", ({ schema, words, looks }) => {
    const parsed = parseOpenAPI(textOf([schema], { words }), "pets.yaml");
    const { warnings } = sourceOf({ ...parsed, locate: () => "looked up" }, "pets.yaml", "head");
    expect(warnings.map((text) => text.startsWith("looked up"))).toEqual([looks]);
  });

  it.each([["type: string"], ["nullable: false"], ["x-nullable: true"], ["properties: { nullable: true }"]])(
    "is not warned of if no schema has it: %s",
    (schema) => {
      expect(warningsOf([schema])).toEqual([]);
    },
  );
});

it("knows a document's side, label and version, and where its parts are", () => {
  const { spec } = parseSource(textOf(["type: string"]), "pets.yaml", "head");
  expect(spec).toMatchObject({
    side: "head",
    label: "pets.yaml",
    version: "3.1.0",
    document: { info: { title: "Pets" } },
  });
  expect(spec.locate?.(["info", "title"])).toBe("pets.yaml:3:10");
});

it("does not warn of nullable in OpenAPI 3.0, which has it", () => {
  expect(warningsOf(["{ type: string, nullable: true }"], { version: "3.0.3" })).toEqual([]);
});
