import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { findMistakes } from "./check-spec.ts";
import type { JsonObject } from "./openapi-document.ts";
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

/** The mistakes of a document, each as its place and what is said. */
const mistakesIn = (document: object, maximum = 50): string[] =>
  findMistakes(document as JsonObject, (path) => path.join("."), maximum).map(({ message }) => message);

/** The mistakes of a schema A: what is said after its place, and in it. */
const mistakesOf = (A: unknown): string[] =>
  mistakesIn({ components: { schemas: { A } } }).map((message) => message.replace("components.schemas.A", ""));

describe("two limits of a schema", () => {
  it.each([
    ["minimum", "maximum"],
    ["minLength", "maxLength"],
    ["minItems", "maxItems"],
    ["minProperties", "maxProperties"],
    ["minContains", "maxContains"],
  ])("may be equal, and leave nothing if they cross: %s and %s", (least, most) => {
    expect(mistakesOf({ [least]: 4, [most]: 4 })).toEqual([]);
    expect(mistakesOf({ [least]: 5, [most]: 4 })).toEqual([
      `.${most}: A allows nothing: ${least} is 5, and ${most} is 4.`,
    ]);
  });

  it.each([
    ["minimum", "exclusiveMaximum"],
    ["exclusiveMinimum", "maximum"],
    ["exclusiveMinimum", "exclusiveMaximum"],
  ])("leave nothing if they are equal and one is exclusive: %s and %s", (least, most) => {
    expect(mistakesOf({ [least]: 3, [most]: 4 })).toEqual([]);
    expect(mistakesOf({ [least]: 4, [most]: 4 })).toEqual([
      `.${most}: A allows nothing: ${least} is 4, and ${most} is 4.`,
    ]);
    expect(mistakesOf({ [least]: "5", [most]: 4 })).toEqual([`.${least}: ${least} has to be a number, got "5".`]);
  });
});

describe("the mistakes of a schema", () => {
  const limits = { mediaTypes: ["image/png"], square: true, exclusiveMaximumBytes: 1 };
  const limited = (more: object): object => ({ "x-image-limits": { ...limits, ...more } });
  const mediaTypes = "has to be a list of media types, such as image/png, got";

  it.each<[schema: unknown, mistakes: (string | RegExp)[]]>([
    // Lists
    [{ enum: [1, "1", null, "null", [1], ["1"]] }, []],
    [{ enum: [{ a: 1 }, 1, { a: 1 }] }, ['.enum.2: enum has {"a":1} twice.']],
    [
      { required: ["a", "nmae"], properties: { name: {} } },
      [".required.1: A requires nmae, and describes name. Did you mean name?"],
    ],
    [{ required: ["name", "nam"], properties: { name: {}, nam: {} } }, []],
    [{ required: ["nmae"] }, []],
    [{ required: [5] }, [".required: required has to be a list of names, got [5]."]],
    [{ pattern: "^a$" }, []],
    // Keys
    [{ "x-order": {}, ordering: "first", size: null }, []],
    [
      { ordering: {} },
      ['.ordering: A has a key "ordering" that OpenAPI does not know here. Is the indentation right?'],
    ],
    [
      { "order-x-": [] },
      ['.order-x-: A has a key "order-x-" that OpenAPI does not know here. Is the indentation right?'],
    ],
    [{ maxmium: 5 }, ['.maxmium: A has a key "maxmium" that OpenAPI does not know here. Did you mean maximum?']],
    // Kinds
    [true, []],
    [{ items: true, additionalProperties: false, allOf: [true, {}] }, []],
    [{ items: [{ type: "string" }] }, []],
    [{ items: "text" }, ['.items: items has to be an object, got "text"; is the indentation right?']],
    [{ items: [5] }, [".items.0: 0 has to be an object, got 5; is the indentation right?"]],
    [
      { allOf: {}, title: 5 },
      [".title: title has to be text, got 5.", ".allOf: allOf has to be a list, got {}; is the indentation right?"],
    ],
    ["a".repeat(58), [`: A has to be an object, got "${"a".repeat(58)}"; is the indentation right?`]],
    ["a".repeat(59), [`: A has to be an object, got "${"a".repeat(56)}…; is the indentation right?`]],
    // The limits of an image
    [limited({}), []],
    [limited({ warningFromBytes: undefined }), []],
    [
      { "x-image-limits": [limits] },
      [/^\.x-image-limits: x-image-limits has to be an object, got \[.*…; is the indentation right\?$/],
    ],
    [
      limited({ otters: 1 }),
      [
        '.x-image-limits.otters: x-image-limits has mediaTypes, square, exclusiveMaximumBytes, warningFromBytes, not "otters".',
      ],
    ],
    [limited({ mediaTypes: [] }), [`.x-image-limits.mediaTypes: x-image-limits.mediaTypes ${mediaTypes} [].`]],
    [
      limited({ mediaTypes: "image/png" }),
      [`.x-image-limits.mediaTypes: x-image-limits.mediaTypes ${mediaTypes} "image/png".`],
    ],
    ...["png", "image/png/x", "an image/png", "/png", "image/"].map((type): [object, string[]] => [
      limited({ mediaTypes: ["image/svg+xml", type] }),
      [`.x-image-limits.mediaTypes: x-image-limits.mediaTypes ${mediaTypes} ["image/svg+xml","${type}"].`],
    ]),
    ...[0, -1, 1.5, "1"].map((count): [object, string[]] => [
      limited({ exclusiveMaximumBytes: count }),
      [
        `.x-image-limits.exclusiveMaximumBytes: x-image-limits.exclusiveMaximumBytes has to be a whole number above 0, got ${JSON.stringify(count)}.`,
      ],
    ]),
    [
      limited({ warningFromBytes: 0 }),
      [".x-image-limits.warningFromBytes: x-image-limits.warningFromBytes has to be a whole number above 0, got 0."],
    ],
  ])("%j has: %j", (schema, mistakes) => {
    expect(mistakesOf(schema)).toEqual(
      mistakes.map((one) => (typeof one === "string" ? one : expect.stringMatching(one))),
    );
  });

  it("of its default are found by what every keyword says", () => {
    const said = (schema: object): string[] =>
      mistakesOf(schema).map((one) => one.replace(/^\.default: the default of A is /, ""));
    expect(said({ type: "string", default: 5 })).toEqual(["5, and must be string."]);
    expect(said({ type: "object", default: [] })).toEqual(["[], and must be object."]);
    expect(said({ type: "object", default: null })).toEqual(["nothing, and must be object."]);
    expect(said({ type: "object", default: {} })).toEqual([]);
    expect(said({ type: ["integer", "null"], default: null })).toEqual([]);
    expect(said({ type: "number", minimum: 0.5, maximum: 1.5, default: 1.2 })).toEqual([]);
    expect(said({ type: "string", maxLength: 1, pattern: "^b", default: "ac" })).toEqual([
      '"ac", and must NOT have more than 1 characters.',
    ]);
  });

  it("of its default are found beside a keyword, a format and a value that no validator knows, and nothing is printed", () => {
    const printed = (["warn", "error"] as const).map((name) => vi.spyOn(console, name));
    const tooLong = '.default: the default of A is "ab", and must NOT have more than 1 characters.';
    expect(mistakesOf({ type: "string", maxLength: 1, ordering: "first", default: "ab" })).toEqual([tooLong]);
    expect(mistakesOf({ type: "string", maxLength: 1, format: "made-up", default: "ab" })).toEqual([tooLong]);
    expect(mistakesOf({ type: "string", maxLength: 1, title: 5, default: "ab" })).toEqual([
      ".title: title has to be text, got 5.",
      tooLong,
    ]);
    for (const spy of printed) expect(spy).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });

  it("of its default are found whatever is beside it in the document", () => {
    const said = mistakesIn({
      title: 5,
      components: { schemas: { A: { type: "string", maxLength: 1, default: "ab" } } },
    });
    expect(said).toEqual([
      expect.stringMatching(/^title: /),
      expect.stringMatching(/^components\.schemas\.A\.default: /),
    ]);
  });

  it("of its default are found through references, also where names have signs of their own", () => {
    const name = "a/b~1c%20d";
    const reference = (place: string): object => ({ $ref: `#/components/schemas/${place}` });
    const schemas = {
      A: { properties: { [name]: { ...reference("a~1b~01c%2520d"), default: 5 } } },
      [name]: { type: "string" },
      Lost: { ...reference("Nowhere"), default: 5 },
    };
    expect(mistakesIn({ components: { schemas } })).toEqual([
      `components.schemas.A.properties.${name}.default: the default of ${name} is 5, and must be string.`,
    ]);
  });
});

describe("the mistakes of a document", () => {
  it("are those of its paths, its operations and its keys, each with its place", () => {
    const responses = Object.fromEntries(
      ["200", "1XX", "5XX", "default", "x-more", "600", "20", "2xx", "2000", "defaults", "ax-b"].map((status) => [
        status,
        {},
      ]),
    );
    const document = {
      openapi: "3.1.0",
      "x-more": 1,
      otters: 1,
      paths: {
        "/a": { get: { operationId: "one", responses }, put: { operationId: "one" }, post: { operationId: "one" } },
        "x-more": 1,
        "b/x-": {},
      },
    };
    const status = (name: string): string =>
      `paths./a.get.responses.${name}: a response is named by its status, such as "200", or default, got "${name}".`;
    expect(mistakesIn(document)).toEqual([
      'otters: the document has a key "otters" that OpenAPI does not know here. Is the indentation right?',
      'paths.b/x-: a path begins with a slash, got "b/x-"; is the indentation right?',
      ...["20", "600", "2000", "2xx", "defaults", "ax-b"].map((name) => status(name)),
      "paths./a.put.operationId: the operationId one is that of GET /a too.",
      "paths./a.post.operationId: the operationId one is that of PUT /a too.",
    ]);
  });

  it("are fatal where an object or a list is missing, and what depends on it is passed over", () => {
    const document = {
      paths: { "/a": { get: [], parameters: {}, post: { operationId: 5, responses: null } } },
      otters: 1,
    };
    const found = findMistakes(document as JsonObject, (path) => path.join("."), 50);
    expect(found).toEqual([
      { message: expect.stringMatching(/^otters: /) as string, isFatal: false },
      { message: "paths./a.get: get has to be an object, got []; is the indentation right?", isFatal: true },
      { message: "paths./a.parameters: parameters has to be a list, got {}; is the indentation right?", isFatal: true },
      {
        message: expect.stringMatching(
          /^paths\.\/a\.post\.responses: responses has to be an object, got nothing/,
        ) as string,
        isFatal: true,
      },
    ]);
  });

  it("are looked for until there are enough", () => {
    const document = { one: 1, two: 2, three: 3 };
    expect(mistakesIn(document, 2).map((message) => message.split(":")[0])).toEqual(["one", "two"]);
    expect(mistakesIn(document, 3)).toHaveLength(3);
    expect(mistakesIn(document, 4)).toHaveLength(3);
  });

  it("are also truths in the place of anything but a schema", () => {
    expect(mistakesIn({ components: true })).toEqual([
      "components: components has to be an object, got true; is the indentation right?",
    ]);
  });

  it("are told of the document itself if it is not an object", () => {
    expect(mistakesIn([])).toEqual([": the document has to be an object, got []; is the indentation right?"]);
  });
});
