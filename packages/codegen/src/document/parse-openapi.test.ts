import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseOpenAPI } from "./parse-openapi.ts";
import { SpecError } from "./spec-error.ts";

const head = "openapi: 3.1.0\ninfo: { title: Blank, version: 1.0.0 }\npaths: {}\ncomponents:\n  schemas:\n";

it.for([
  { name: "a mapping", text: "    A:\n      example: |+\n        \n      type: string\n" },
  { name: "a list", text: "    A:\n      oneOf:\n        - example: |+\n            \n          type: string\n" },
  { name: "a folded one", text: "    A:\n      example: >-\n          \n         \n      type: string\n" },
  {
    name: "text with spaces of its own",
    text: "    A:\n      example: |\n        a\n          \n        b\n      type: string\n",
  },
])("a block scalar that is nothing but spaces has the value that YAML gives it, in $name", ({ text }) => {
  const { document } = parseOpenAPI(head + text, "blank.yaml");
  expect(document).toEqual(parse(head + text));
});

/** What is said of a text that is not a document. */
function saidOf(text: string): string {
  try {
    parseOpenAPI(text, "api.yaml");
  } catch (error) {
    expect(error).toBeInstanceOf(SpecError);
    return (error as Error).message;
  }
  return "nothing";
}

describe("a text that is not an OpenAPI 3.0 or 3.1 document is rejected with what it is:", () => {
  const wanted = "expected an OpenAPI 3.0 or 3.1 document, got";

  it.each<[text: string, said: string]>([
    [" \n\t\n", "1:1: the spec is empty; it has to be an OpenAPI document."],
    ["5", "1:1: expected an OpenAPI document, got the number 5."],
    ["true", "1:1: expected an OpenAPI document, got the boolean true."],
    ["[]", "1:1: expected an OpenAPI document, got a list."],
    ["a".repeat(100), `1:1: expected an OpenAPI document, got the string "${"a".repeat(59)}.`],
    ["info: {}", `1:1: ${wanted} openapi: undefined.`],
    ["info: {}\nopenapi: 3.1", `2:10: ${wanted} openapi: 3.1.`],
    ["openapi: 3.2.0", `1:10: ${wanted} openapi: "3.2.0".`],
    ["openapi: [3.1.0]", `1:10: ${wanted} openapi: ["3.1.0"].`],
    ["opnapi: 3.1.0", `1:9: ${wanted} openapi: undefined. Did you mean openapi, not opnapi?`],
    ["openapi: 2.0.0\nopenapy: 3.1.0", `1:10: ${wanted} openapi: "2.0.0".`],
    ['info: {}\nswagger: "2.0"', `2:10: ${wanted} swagger: "2.0".`],
    ['opnapi: 3.1.0\nswagger: "2.0"', `2:10: ${wanted} swagger: "2.0".`],
    ["overlay: 1.0.0", `1:10: ${wanted} overlay: "1.0.0". Name it with --overlay, beside its document or --base.`],
  ])("%j", (text, said) => {
    expect(saidOf(text)).toBe(`api.yaml:${said}`);
  });
});

describe("a key that is there twice is rejected with its place:", () => {
  it.each([
    ["x-a: { b: 1, c: 2, b: 3 }", "1:20", "b"],
    ["x-a:\n  - b: 1\n  - b: 1\n    b: 2", "4:5", "b"],
    ["x-a:\n  - [[{ b: 1, b: 2 }]]", "2:15", "b"],
    ['x-a: { 200: 1, "200": 2 }', "1:16", "200"],
    ["? [a]\n: { b: 1, b: 2 }", "2:11", "b"],
  ])("%j", (text, place, key) => {
    expect(saidOf(text)).toBe(`api.yaml:${place}: the spec is not valid YAML. The key ${key} is there twice.`);
  });
});

it("accepts keys that are lists, of which two may have the same items in another order", () => {
  expect(saidOf("? [a, b]\n: 1\n? [b, a]\n: 2\n")).toMatch(/got openapi: undefined\.$/);
});

describe("aliases", () => {
  it.each(["", "x-b: !mine text\n"])(
    "that lead into what contains them are rejected, whichever parser reads %j",
    (before) => {
      expect(saidOf(`${before}x-a: &a\n  b: [*a]\n`)).toBe(
        "api.yaml:1:1: an alias of the spec leads into what contains it.",
      );
    },
  );

  it("may be many in a text that only the slower parser takes, for a tag of its own", () => {
    const aliases = Array.from({ length: 200 }, () => "  - *one\n").join("");
    const text = `openapi: 3.1.0\nx-tagged: !mine text\nx-many:\n  - &one { a: 1 }\n${aliases}`;
    const { document, locate } = parseOpenAPI(text, "api.yaml");
    expect(document["x-tagged"]).toBe("text");
    expect(document["x-many"]).toEqual(Array.from({ length: 201 }, () => ({ a: 1 })));
    expect(locate(["x-many", 200])).toBe("api.yaml:204:5");
  });
});

const paths = { "/a": { get: { parameters: [{ name: "q", in: "query" }] } } };
const documentOf = (schemas: object): string =>
  JSON.stringify({ openapi: "3.1.0", info: { title: "Lost", version: "1.0.0" }, paths, components: { schemas } });

describe("references that lead nowhere", () => {
  it.each([
    ["#/components/schemas/Modle", "did you mean #/components/schemas/Model?"],
    ["#/components/schemas/Modle/properties/a~1b", "did you mean #/components/schemas/Model/properties/a~1b?"],
    ["#/component/schemas/Model", "did you mean #/components/schemas/Model?"],
    ["#/components/schemas/Model/properties/lost", undefined],
    ["#/components/schemas/Model/type/length", undefined],
    ["#/paths/~1a/get/parameters/1", undefined],
    ["#/components/schemas/Model/default/lost", undefined],
    ["#/otters", undefined],
    ["#otters", undefined],
  ])("are told with what was probably meant: %s", (reference, meant) => {
    const Model = { type: "object", default: null, properties: { "a/b": { type: "string" } } };
    const said = saidOf(documentOf({ Model, A: { $ref: reference } }));
    expect(said.replace(/^api\.yaml:1:\d+: /, "")).toBe(
      `$ref "${reference}" leads nowhere${meant === undefined ? "." : `; ${meant}`}`,
    );
  });

  it("are told one by one, at most twenty at a time", () => {
    const lost = (count: number): object =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`A${index}`, { $ref: "#/otters" }]));
    expect(saidOf(documentOf(lost(2))).split("\n")).toHaveLength(2);
    expect(saidOf(documentOf(lost(25))).split("\n")).toHaveLength(20);
  });

  it("are told once of all circles, beside those that lead nowhere", () => {
    const to = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
    const said = saidOf(
      documentOf({ A: to("B"), B: to("A"), C: to("D"), D: to("C"), E: to("A"), F: { $ref: "#/otters" } }),
    );
    expect(said.split("\n").map((line) => line.replace(/^api\.yaml:1:\d+: /, ""))).toEqual([
      '$ref "#/components/schemas/B" leads only to other references, in a circle.',
      '$ref "#/otters" leads nowhere.',
    ]);
  });
});

describe("a document that is read", () => {
  const text = documentOf({ A: { $ref: "#/components/schemas/B" }, B: { type: "string" } });

  it("is handed on with its version and its text, and is checked before its references are followed", () => {
    const seen: unknown[] = [];
    const parsed = parseOpenAPI(text, "api.json", ["3.1"], (document, locate) =>
      seen.push(document, locate(["openapi"])),
    );
    expect(parsed).toMatchObject({ document: JSON.parse(text) as object, version: "3.1.0", text });
    expect(seen).toEqual([JSON.parse(text), "api.json:1:12"]);
    expect(() =>
      parseOpenAPI(documentOf({ A: { $ref: "#/otters" } }), "api.json", ["3.1"], () => {
        throw new SpecError("This is checked first.");
      }),
    ).toThrow("This is checked first.");
  });

  it.each<[path: (string | number)[], place: string]>([
    [[], "1:1"],
    [["info", "title"], "2:16"],
    [["info", "lost", "title"], "2:7"],
    [["paths", "/a", "get", "tags", 1], "6:20"],
    [["paths", "/a", "get", "tags", 5], "6:13"],
    [["paths", "/a", "get", "responses", "200", "description"], "8:29"],
    [["paths", "/a", "get", "responses", 200], "8:14"],
    [["paths", "/a", "get", "operationId", "length"], "5:20"],
  ])("has the place of %j at %s", (path, place) => {
    const yaml = `openapi: 3.1.0
info: { title: Places, version: 1.0.0 }
paths:
  /a: { get: {
      operationId: getA,
      tags: [ a,   b],
      responses: {
        200: { description: Yes. } } } }
`;
    expect(parseOpenAPI(yaml, "api.yaml").locate(path)).toBe(`api.yaml:${place}`);
  });
});
