import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseSpec } from "./read-spec.ts";
import { SpecError } from "./spec-error.ts";

const text = `openapi: 3.1.0
info: { title: Images, version: 1.0.0 }
paths:
  /images:
    post:
      operationId: createImage
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              $ref: "#/components/schemas/Params"
      responses:
        "200":
          description: Fine.
components:
  schemas:
    Params:
      type: object
      required: [image]
      properties:
        image:
          type: string
          format: binary
          x-image-limits:
            mediaTypes: [image/png]
            square: true
            exclusiveMaximumBytes: 4194304
            warningFromBytes: 4000000
        n:
          type: integer
          minimum: 1
          maximum: 10
          default: 1
        size:
          type: [string, "null"]
          enum: [small, large, null]
          default: large
        model:
          anyOf:
            - type: string
            - $ref: "#/components/schemas/Model"
          default: a
        user:
          type: string
          minLength: 1
          maxLength: 64
          pattern: ^\\w+$
    Model:
      type: string
      enum: [a, b]
`;

/** A slip: what is written in the place of what, and what is said of it, after the line and the column. */
const slips: readonly (readonly [what: string, from: string, to: string, said: RegExp])[] = [
  // Limits
  [
    "a maximum below the minimum",
    "maximum: 10",
    "maximum: 0",
    /33:20: n allows nothing: minimum is 1, and maximum is 0\.$/,
  ],
  ["a maximum that is text", "maximum: 10", 'maximum: "10"', /33:20: maximum has to be a number, got "10"\.$/],
  ["a maximum that is nothing", "maximum: 10", "maximum:", /maximum has to be a number, got nothing\.$/],
  ["a length below zero", "minLength: 1", "minLength: -1", /minLength has to be a whole number, 0 or more, got -1\.$/],
  ["a length of half a character", "maxLength: 64", "maxLength: 6.5", /maxLength has to be a whole number/],
  [
    "lengths that leave nothing",
    "maxLength: 64",
    "maxLength: 0",
    /user allows nothing: minLength is 1, and maxLength is 0\.$/,
  ],
  [
    "exclusive limits that leave nothing",
    "maximum: 10",
    "exclusiveMaximum: 1",
    /n allows nothing: minimum is 1, and exclusiveMaximum is 1/,
  ],
  [
    "an exclusive limit as OpenAPI 3.0 had it",
    "maximum: 10",
    "exclusiveMaximum: true",
    /exclusiveMaximum has to be a number, got true\.$/,
  ],
  ["an invalid pattern", "pattern: ^\\w+$", 'pattern: "(["', /pattern is not a regular expression: /],
  // Lists
  ["a value twice", "enum: [a, b]", "enum: [a, b, a]", /enum has "a" twice\.$/],
  ["null twice", "enum: [small, large, null]", "enum: [null, small, large, null]", /enum has null twice\.$/],
  ["no value at all", "enum: [a, b]", "enum: []", /enum has to be a list of at least one value, got \[\]\.$/],
  ["a value in place of a list", "enum: [a, b]", "enum: a", /enum has to be a list of at least one value, got "a"\.$/],
  [
    "a name in place of a list",
    "required: [image]",
    "required: image",
    /required has to be a list of names, got "image"\.$/,
  ],
  [
    "a required truth, as in a parameter",
    "required: [image]",
    "required: true",
    /required has to be a list of names, got true\.$/,
  ],
  ["a required name twice", "required: [image]", "required: [image, image]", /required has "image" twice\.$/],
  [
    "a misspelt required name",
    "required: [image]",
    "required: [imgae]",
    /Params requires imgae, and describes image\. Did you mean image\?$/,
  ],
  // Types
  ["a misspelt type", "type: integer", "type: interger", /type has to be one of string, .*, got "interger"\.$/],
  ["a type of another language", "type: integer", "type: int", /type has to be one of string, .*, got "int"\.$/],
  [
    "a null type that is not text",
    'type: [string, "null"]',
    "type: [string, null]",
    /type has to be one of .*, got \["string",null\]\.$/,
  ],
  // Defaults
  [
    "a default above the maximum",
    "default: 1\n",
    "default: 11\n",
    /34:20: the default of n is 11, and must be <= 10\.$/,
  ],
  ["a default of another type", "default: 1\n", 'default: "1"\n', /the default of n is "1", and must be integer\.$/],
  [
    "a default that is not listed",
    "default: large",
    "default: medium",
    /the default of size is "medium", and must be equal to one of the allowed values: \["small","large",null\]\.$/,
  ],
  [
    "a default that no branch allows",
    "default: a",
    "default: 5",
    /the default of model is 5, and must match a schema in anyOf\.$/,
  ],
  // Words
  [
    "a misspelt keyword",
    "maximum: 10",
    "maxmium: 10",
    /n has a key "maxmium" that OpenAPI does not know here\. Did you mean maximum\?$/,
  ],
  ["a keyword in another case", "minLength: 1", "minlength: 1", /Did you mean minLength\?$/],
  [
    "a misspelt key of an operation",
    "operationId:",
    "operationID:",
    /post has a key "operationID" .* Did you mean operationId\?$/,
  ],
  ["a misspelt method", "    post:", "    pots:", /\/images has a key "pots" .* Did you mean post\?$/],
  ["a misspelt part of the document", "components:", "component:", /Did you mean components\?$/],
  ["a misspelt kind of component", "  schemas:\n    Params", "  schema:\n    Params", /Did you mean schemas\?$/],
  [
    "an invalid status",
    '"200":',
    '"2000":',
    /a response is named by its status, such as "200", or default, got "2000"\.$/,
  ],
  // The image's limits
  [
    "a misspelt limit",
    "exclusiveMaximumBytes",
    "exclusiveMaximumByte",
    /x-image-limits has mediaTypes, .*, not "exclusiveMaximumByte"\. Did you mean exclusiveMaximumBytes\?$/,
  ],
  [
    "a limit that is missing",
    "            square: true\n",
    "",
    /x-image-limits has no square; it has to be true or false\.$/,
  ],
  [
    "a limit that is text",
    "exclusiveMaximumBytes: 4194304",
    "exclusiveMaximumBytes: 4 MB",
    /exclusiveMaximumBytes has to be a whole number above 0, got "4 MB"\.$/,
  ],
  [
    "a type in place of a list",
    "mediaTypes: [image/png]",
    "mediaTypes: image/png",
    /mediaTypes has to be a list of media types/,
  ],
  [
    "an invalid media type",
    "mediaTypes: [image/png]",
    "mediaTypes: [png]",
    /mediaTypes has to be a list of media types/,
  ],
  ["a yes in place of true", "square: true", "square: yes", /square has to be true or false, got "yes"\.$/],
  [
    "a warning above the limit",
    "warningFromBytes: 4000000",
    "warningFromBytes: 5000000",
    /never warns: warningFromBytes is 5000000, and exclusiveMaximumBytes 4194304\.$/,
  ],
  [
    "limits that are nothing",
    "            mediaTypes: [image/png]\n            square: true\n            exclusiveMaximumBytes: 4194304\n            warningFromBytes: 4000000\n",
    "",
    /x-image-limits has to be an object, got nothing; is the indentation right\?$/,
  ],
  // Indentation that is still YAML
  [
    "an operation beside its path",
    "  /images:\n    post:",
    "  /images:\n  post:",
    /(\/images has to be an object, got nothing|a path begins with a slash, got "post"); is the indentation right\?$/,
  ],
  [
    "a path beside the paths",
    "paths:\n  /images:\n    post:",
    "paths: {}\n/images:\n    post:",
    /the document has a key "\/images" that OpenAPI does not know here\. Is the indentation right\?$/,
  ],
  [
    "a property beside the properties",
    "        user:\n",
    "      user:\n",
    /Params has a key "user" that OpenAPI does not know here\. Is the indentation right\?$/,
  ],
  [
    "properties that are nothing",
    "      properties:\n",
    "      properties:\n      x-lost:\n",
    /properties has to be an object, got nothing; is the indentation right\?$/,
  ],
  [
    "a misspelt name in a reference",
    '"#/components/schemas/Model"',
    '"#/components/schemas/Modle"',
    /\$ref "#\/components\/schemas\/Modle" leads nowhere; did you mean #\/components\/schemas\/Model\?$/,
  ],
  [
    "a schema that is nothing",
    "    Model:\n      type: string\n      enum: [a, b]\n",
    "    Model:\n",
    /Model has to be an object, got nothing; is the indentation right\?$/,
  ],
  [
    "branches that are not a list",
    '          anyOf:\n            - type: string\n            - $ref: "#/components/schemas/Model"',
    "          anyOf:\n            type: string",
    /anyOf has to be a list, got .*; is the indentation right\?$/,
  ],
  [
    "responses that are nothing",
    '      responses:\n        "200":\n          description: Fine.\n',
    "      responses:\n",
    /responses has to be an object, got nothing; is the indentation right\?$/,
  ],
  [
    "content that is a word",
    "          multipart/form-data:\n            schema:\n              $ref",
    "          multipart/form-data: form\n          x-lost:\n            schema:\n              $ref",
    /multipart\/form-data has to be an object, got "form"; is the indentation right\?$/,
  ],
];

describe("parseSpec", () => {
  it.each(slips)("reports a slip that is still YAML in one sentence, with line and column: %s", (_, from, to, said) => {
    expect(text).toContain(from);
    const read = (): unknown =>
      parseSpec(
        text.replace(from, () => to),
        "api.yaml",
      );
    expect(read).toThrow(SpecError);
    expect(read).toThrow(said);
    expect(read).toThrow(/^api\.yaml:\d+:\d+: [^\n]*[.?]$/);
    expect(read).toThrowErrorMatchingSnapshot();
  });

  it("rejects an operationId that two operations have", () => {
    const twice = text.replace("    post:\n", "    get: { operationId: createImage }\n    post:\n");
    expect(() => parseSpec(twice, "api.yaml")).toThrow(/the operationId createImage is that of GET \/images too\.$/);
  });
});

describe("parseSpec, given a valid spec,", () => {
  it("accepts the document of these tests, and ours", () => {
    expect(() => parseSpec(text, "api.yaml")).not.toThrow();
    const ours = new URL("../../../../specs/image-variations.yaml", import.meta.url);
    expect(() => parseSpec(readFileSync(ours, "utf8"), "ours.yaml")).not.toThrow();
  });

  it.each([
    ["an unknown keyword with a word", "minimum: 1", "minimum: 1\n          ordering: first"],
    ["an extension of any kind", "minimum: 1", "minimum: 1\n          x-order: { a: [1, 1] }"],
    [
      "properties named like keywords",
      "        n:\n",
      "        maxmium:\n          type: string\n        default:\n          type: integer\n        n:\n",
    ],
    ["a required property that is not described", "required: [image]", "required: [image, otters]"],
    ["a default of null where null is allowed", "default: large", "default: null"],
    ["any value, and none", "          default: a\n", "          default: a\n        any: true\n        none: false\n"],
  ])("accepts %s", (_, from, to) => {
    expect(() =>
      parseSpec(
        text.replace(from, () => to),
        "api.yaml",
      ),
    ).not.toThrow();
  });
});
