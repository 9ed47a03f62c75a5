import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { parseSpec, readSpec } from "./read-spec.ts";
import { SpecError } from "./spec-error.ts";

const head = "openapi: 3.1.0\ninfo: { title: t, version: 1.0.0 }\n";
const paths = "paths:\n  /a:\n    get: { operationId: a }\n";

describe("a spec that can't be used", () => {
  it.each([
    ["no YAML", `${head}paths:\n  /a: {\n`, /^api\.yaml:\d+:\d+: the spec is not valid YAML\. /],
    ["a tab", `${head}paths:\n\t/a: {}\n`, /^api\.yaml:4:1: the spec is not valid YAML\. /],
    ["an empty file", "", /^api\.yaml:1:1: the spec is empty; it has to be an OpenAPI document\.$/],
    ["a comment", "# soon\n", /^api\.yaml:1:1: expected an OpenAPI document, got nothing but comments or null\.$/],
    ["a list", "- a\n", /^api\.yaml:1:1: expected an OpenAPI document, got a list\.$/],
    ["a word", "soon\n", /^api\.yaml:1:1: expected an OpenAPI document, got the string "soon"\.$/],
    [
      "50 MB",
      "#".repeat(50_000_000),
      /^api\.yaml:1:1: the spec has 50\.0 MB; at most 32\.0 MB are read\. Cut out what matters\.$/,
    ],
    ["Swagger", `swagger: "2.0"\n`, /^api\.yaml:1:10: expected an OpenAPI 3\.1 document, got swagger: "2\.0"\.$/],
    [
      "another version",
      "openapi: 2.0.0\n",
      /^api\.yaml:1:10: expected an OpenAPI 3\.1 document, got openapi: "2\.0\.0"\.$/,
    ],
    ["no version", paths, /expected an OpenAPI 3\.1 document, got openapi: undefined\.$/],
    ["no paths", head, /^api\.yaml:1:1: the spec has no paths, so there is nothing to generate\.$/],
    ["empty paths", `${head}paths: {}\n`, /^api\.yaml:3:8: the spec has no paths/],
    [
      "a reference to nowhere",
      `${head}${paths}components:\n  schemas:\n    A: { $ref: "#/components/schemas/B" }\n`,
      /^api\.yaml:8:16: \$ref "#\/components\/schemas\/B" leads nowhere\.$/,
    ],
    [
      "a reference to another file",
      `${head}${paths}components:\n  schemas:\n    A: { $ref: "other.yaml#/A" }\n`,
      /^api\.yaml:8:16: \$ref "other\.yaml#\/A" leads out of the file; bundle everything into one file first\.$/,
    ],
    [
      "references in a circle",
      `${head}${paths}components:\n  schemas:\n    A: { $ref: "#/components/schemas/B" }\n    B: { $ref: "#/components/schemas/A" }\n`,
      /leads only to other references, in a circle\.$/,
    ],
    ["an alias to nowhere", `${head}${paths}x-a: *nowhere\n`, /^api\.yaml/],
  ])("is rejected in one sentence that says where: %s", (_, text, message) => {
    const read = (): unknown => parseSpec(text, "api.yaml");
    expect(read).toThrow(SpecError);
    expect(read).toThrow(message);
    expect(() => parseSpec(text, "api.yaml")).not.toThrow(/\n/);
    expect(read).toThrowErrorMatchingSnapshot();
  });

  it("is rejected if it lacks an operation that is needed, with the place of its path or of all paths", () => {
    const needed =
      (path: string): (() => unknown) =>
      () =>
        parseSpec(head + paths, "api.yaml", [{ method: "post", path }]);
    const said = "which the packages' hand-written code calls; add it, or keep it where it was.";
    expect(needed("/a")).toThrow(new SpecError(`api.yaml:5:5: the spec has no POST /a, ${said}`));
    expect(needed("/b")).toThrow(new SpecError(`api.yaml:4:3: the spec has no POST /b, ${said}`));
    expect(() => parseSpec(head + paths, "api.yaml", [{ method: "get", path: "/a" }])).not.toThrow();
  });

  it("is rejected if the file is missing", () => {
    expect(() => readSpec("nowhere.yaml")).toThrow(/^nowhere\.yaml: the spec cannot be read \(ENOENT\)\.$/);
  });
});

describe("aliases", () => {
  const many = (count: number): string =>
    `x-many:\n  - &one { a: 1, b: [1, 2] }\n${Array.from({ length: count }, () => "  - *one\n").join("")}`;
  const bomb = Array.from({ length: 9 }, (_, index) => {
    const below = index === 0 ? '"otter"' : `*a${index - 1}`;
    return `x-${index}: &a${index} [${Array.from({ length: 12 }, () => below).join(", ")}]\n`;
  }).join("");

  it("may be thousands, if what they repeat is small", () => {
    expect(parseSpec(`${head}${paths}${many(5_000)}`, "api.yaml").paths).toHaveProperty("/a");
  });

  it("may not expand to more than can be held", () => {
    expect(() => parseSpec(`${head}${paths}${bomb}`, "api.yaml")).toThrow(
      /^api\.yaml:1:1: the spec's aliases expand to more than 20,000,000 values\. Write what they repeat as a schema/,
    );
  });

  it("may not lead into what contains them", () => {
    expect(() => parseSpec(`${head}${paths}x-a: &a\n  b: [*a]\n`, "api.yaml")).toThrow(/^api\.yaml:/);
  });
});

describe("what is read is the same whichever parser reads it", () => {
  it.each([
    [
      "a key twice",
      `${head}${paths}x-a: 1\nx-a: 2\n`,
      /^api\.yaml:7:1: the spec is not valid YAML\. The key x-a is there twice\.$/,
    ],
    ["a date is text", `${head}${paths}x-a: 2026-05-12\n`, undefined],
    [
      "yes is text, and statuses are names",
      `${head}paths:\n  /a:\n    get: { operationId: a, responses: { 200: { description: yes } } }\n`,
      undefined,
    ],
  ])("for %s", (_, text, message) => {
    const read = (): unknown => parseSpec(text, "api.yaml");
    if (message) expect(read).toThrow(message);
    else expect(read()).toEqual(parseYaml(text));
  });
});

describe("references", () => {
  it("are followed under responses.default, and by anchor", () => {
    const responses = (reference: string): string =>
      `${head}paths:\n  /a:\n    get:\n      operationId: a\n      responses:\n        default:\n          description: No.\n` +
      `          content: { application/json: { schema: { $ref: "${reference}" } } }\n` +
      "components:\n  schemas:\n    Error: { $anchor: error, type: object }\n";
    expect(() => parseSpec(responses("#error"), "api.yaml")).not.toThrow();
    expect(() => parseSpec(responses("#/components/schemas/Error"), "api.yaml")).not.toThrow();
    expect(() => parseSpec(responses("#nowhere"), "api.yaml")).toThrow(/:10:\d+: \$ref "#nowhere" leads nowhere\.$/);
    expect(() => parseSpec(responses("#/components/schemas/Erorr"), "api.yaml")).toThrow(/leads nowhere; did you mean/);
  });

  it("are not looked for in what is data, whatever it is called", () => {
    const schemas = `components:\n  schemas:\n    A: { type: object, default: { $ref: nowhere }, enum: [{ $ref: no }], properties: { $ref: { type: string }, default: { type: string } } }\n`;
    expect(() => parseSpec(head + paths + schemas, "api.yaml")).toThrow(/the default of A/);
    expect(() =>
      parseSpec(head + paths + schemas.replace("default: { $ref: nowhere }, ", ""), "api.yaml"),
    ).not.toThrow();
  });
});

describe("a spec that can be used", () => {
  it("may refer to itself, as trees do", () => {
    const schemas = `components:\n  schemas:\n    Tree: { properties: { child: { $ref: "#/components/schemas/Tree" } } }\n`;
    expect(parseSpec(head + paths + schemas, "api.yaml").components?.schemas).toHaveProperty("Tree");
  });

  it("may hold, as data in an example, what looks like a reference", () => {
    const schemas = `components:\n  schemas:\n    A: { type: object, example: { $ref: nowhere } }\n`;
    expect(() => parseSpec(head + paths + schemas, "api.yaml")).not.toThrow();
  });

  it("may be JSON", () => {
    const json = JSON.stringify({ openapi: "3.1.0", paths: { "/a": {} } });
    expect(parseSpec(json, "api.json").paths).toEqual({ "/a": {} });
  });
});
