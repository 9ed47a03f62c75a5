import { describe, expect, it } from "vitest";
import type { OpenAPIDocument } from "../document/openapi-document.ts";
import { emitValidators, type EmittedValidators } from "./emit-validators.ts";

const text = { type: "string" };
const file = { type: "string", format: "binary" };
const limits = { mediaTypes: ["image/png"], square: true, exclusiveMaximumBytes: 10 };
const image = { ...file, "x-image-limits": limits };
const tree = { $ref: "#/components/schemas/Tree" };
const schemas = { Tree: { type: "object", properties: { below: tree } }, File: file, Image: image };

function validatorsOf(paths: object): EmittedValidators {
  const document = { openapi: "3.1.0", info: { title: "Pets", version: "1.0.0" }, paths, components: { schemas } };
  return emitValidators(document as unknown as OpenAPIDocument, {
    name: "pets.yaml",
    command: "npx codegen",
    extension: ".js",
    runtime: "a-runtime",
  });
}

/** The module with the validator of one body, without line breaks and marks for bundlers; undefined if it has none. */
function moduleOf(type: string, schema: unknown, more: object = {}): string | undefined {
  const requestBody = { content: { [type]: { schema } }, ...more };
  const { text: module } = validatorsOf({ "/pets": { post: { operationId: "addPet", requestBody } } });
  return module?.replaceAll(/\s+/g, " ").replaceAll("/* @__PURE__ */ ", "");
}

const objectOf = (properties: object, more: object = {}): object => ({ type: "object", properties, ...more });

describe("the validator of a body", () => {
  it.each(["application/json", "application/merge-patch+json", "application/json; charset=utf-8"])(
    "is one of JSON for %s",
    (type) => {
      expect(moduleOf(type, text)).toMatch(
        /import \{ suggestValue, type Validator \} from "@image-variations\/validation"; import \{ createJsonValidator \} from "@image-variations\/validation\/json"; \/\*\* Checks the body of POST \/pets\. \*\/ export const validateAddPet: Validator = createJsonValidator\(\{ type: "string", \}, \{ suggest: suggestValue, optional: true \}\); $/,
      );
    },
  );

  it.each<[kind: string, type: string, schema: object]>([
    ["JSON", "application/json", text],
    ["a form", "multipart/form-data", objectOf({ name: text })],
    ["a form with JSON in it", "multipart/form-data", objectOf({ tree })],
  ])("of %s is left out of a bundle that does not use it: each call is marked as pure", (_, type, schema) => {
    const requestBody = { content: { [type]: { schema } } };
    const { text: module } = validatorsOf({ "/pets": { post: { operationId: "addPet", requestBody } } });
    const calls = module!.match(/(\/\* @__PURE__ \*\/ )?create\w+\(/g)!;
    expect(calls.filter((call) => !call.startsWith("/*"))).toEqual([]);
  });

  it("may be missing, unless the body is required", () => {
    expect(moduleOf("application/json", text, { required: true })).toContain("{ suggest: suggestValue })");
    expect(moduleOf("application/json", text, { required: false })).toContain("optional: true })");
  });

  it.each(["multipart/form-data", "multipart/mixed", "application/x-www-form-urlencoded"])(
    "is one of parameters for %s",
    (type) => {
      expect(moduleOf(type, objectOf({ name: text }, { required: ["name"] }))).toMatch(
        /import \{ createValidator, suggestValue, type Validator \} from "@image-variations\/validation"; import \{ warnIfMisspelt \} from "@image-variations\/validation\/json"; .* = createValidator\(\[ \{ name: "name", kind: "string", required: true, \}, \], \{ suggest: suggestValue, unknown: warnIfMisspelt \}\); $/,
      );
    },
  );

  it.each<[what: string, schema: object]>([
    ["has parts of all", objectOf({ name: text }, { allOf: [objectOf({ age: text })] })],
    ["is one of some", objectOf({ name: text }, { oneOf: [objectOf({ age: text })] })],
    ["is any of some", objectOf({ name: text }, { anyOf: [objectOf({ age: text })] })],
    ["does not list its properties", { type: "object", required: ["name"] }],
  ])("is one of JSON for a form that %s", (_, schema) => {
    expect(moduleOf("multipart/form-data", schema)).toContain("= createJsonValidator({");
  });

  it("does not look for misspelt parameters if no others are allowed", () => {
    const module = moduleOf("multipart/form-data", objectOf({ name: text }, { additionalProperties: false }));
    expect(module).toContain("{ suggest: suggestValue });");
    expect(module).not.toContain("warnIfMisspelt");
  });

  it("has the rules that several bodies refer to once, and says of all what is not checked, in the order of the alphabet", () => {
    const module = moduleOf("application/json", { allOf: [tree, tree], not: {}, if: {}, contains: {} });
    expect(module).toContain("// Not checked: contains, if, not. ");
    expect(module).toContain(
      'const schemas: JsonSchemas = { Tree: { type: "object", properties: { below: { $ref: "Tree", }, }, }, };',
    );
    expect(module).toContain("{ schemas, suggest: suggestValue, optional: true }");
    expect(module).toContain("import { createJsonValidator, type JsonSchemas } from");
    const without = moduleOf("application/json", text)!;
    expect(without).not.toMatch(/Not checked|JsonSchemas|schemas/);
  });

  it("is missing if nothing can be checked, and the reason is told for each operation", () => {
    const withBody = (type: string, schema?: object): object => ({
      operationId: "x",
      requestBody: { content: { [type]: { ...(schema && { schema }) } } },
    });
    const paths = {
      "/a": {
        get: { operationId: "x" },
        post: withBody("image/png", file),
        put: withBody("application/jsonish", text),
      },
      "/b": { post: withBody("application/json"), put: withBody("multipart/form-data", objectOf({})) },
    };
    const nothing = "its schema does not say what is allowed";
    expect(validatorsOf(paths)).toEqual({
      text: undefined,
      left: [
        "PUT /a has no validator: its body is application/jsonish, and not JSON or a form.",
        "POST /a has no validator: its body is image/png, and not JSON or a form.",
        `PUT /b has no validator: ${nothing}.`,
        `POST /b has no validator: ${nothing}.`,
      ],
    });
    const { text: module, left } = validatorsOf({ ...paths, "/c": { post: withBody("application/json", text) } });
    expect(module).toContain("/** Checks the body of POST /c. */");
    expect(left).toHaveLength(4);
  });
});

describe("a parameter of a form", () => {
  it.each<[what: string, schema: object, row: string]>([
    ["has a rule of the tables", { ...text, maxLength: 5 }, 'kind: "string", maximum: 5,'],
    [
      "is an image with limits",
      image,
      'kind: "image", mediaTypes: ["image/png"], square: true, exclusiveMaximumBytes: 10,',
    ],
    [
      "is a list of images with limits",
      { type: "array", items: { $ref: "#/components/schemas/Image" }, maxItems: 2 },
      'kind: "images", mediaTypes: ["image/png"], square: true, exclusiveMaximumBytes: 10, maximum: 2,',
    ],
    ["is a file", file, 'kind: "json", rules: { type: "file", },'],
    ["is a file by reference", { $ref: "#/components/schemas/File" }, 'kind: "json", rules: { type: "file", },'],
    [
      "is a list of files",
      { type: "array", items: { $ref: "#/components/schemas/File" }, minItems: 1, maxItems: 2 },
      'kind: "json", rules: { type: "array", items: { type: "file", }, minItems: 1, maxItems: 2, },',
    ],
    [
      "has a rule that the tables don't know",
      { type: "integer", multipleOf: 2 },
      'kind: "json", rules: { type: "integer", multipleOf: 2, },',
    ],
    ["has a limit with a wrong value", { ...text, maxLength: "5" }, 'kind: "json", rules: { type: "string", },'],
    ["has a pattern that is not one", { ...text, pattern: "[" }, 'kind: "json", rules: { type: "string", },'],
    ["has a pattern that is one", { ...text, pattern: "^a" }, 'kind: "string", pattern: "^a",'],
    [
      "is described in words that are not a pattern",
      { ...text, description: "A ([ b.", example: "[" },
      'kind: "string", },',
    ],
    ["has a type that does not exist", { type: "blob" }, 'kind: "json", rules: {},'],
    ["contains itself", tree, 'kind: "json", rules: { $ref: "Tree", },'],
  ])("that %s has its row", (_, schema, row) => {
    const module = moduleOf("multipart/form-data", objectOf({ x: schema }))!.replaceAll(" ", "");
    expect(module).toContain(`createValidator([{name:"x",${row.replaceAll(" ", "")}`);
  });

  it.each<[what: string, schema: object, options: string]>([
    ["text", text, "{ suggest: suggestValue, unknown: warnIfMisspelt }"],
    ["an image", image, "{ inspect: inspectPng, suggest: suggestValue, unknown: warnIfMisspelt }"],
    [
      "images",
      { type: "array", items: image },
      "{ inspect: inspectPng, suggest: suggestValue, unknown: warnIfMisspelt }",
    ],
    ["a file", file, "{ suggest: suggestValue, json: createJsonCheck(), unknown: warnIfMisspelt }"],
    ["a tree", tree, "{ suggest: suggestValue, json: createJsonCheck(schemas), unknown: warnIfMisspelt }"],
  ])("that is %s brings what checks it, and nothing else", (_, schema, options) => {
    const module = moduleOf("multipart/form-data", objectOf({ x: schema }))!;
    expect(module).toContain(`], ${options});`);
    for (const name of ["inspectPng", "createJsonCheck", "JsonSchemas"]) {
      const imported = new RegExp(`import [^;]*\\b${name}\\b`).test(module);
      expect({ name, imported }).toEqual({
        name,
        imported: name === "JsonSchemas" ? schema === tree : options.includes(name),
      });
    }
  });

  it("is required if the form says so, unless only responses have it", () => {
    const required = ["a", "b", "c"];
    const properties = { a: text, b: { ...text, readOnly: true }, c: file, d: text };
    const rows = /createValidator\(\[(.*)\], /.exec(
      moduleOf("multipart/form-data", objectOf(properties, { required }))!,
    )![1]!;
    const names = [...rows.matchAll(/name: "(\w)",( kind: "\w+",)? required: true/g)].map(([, name]) => name);
    expect(names).toEqual(["a", "c"]);
  });
});
