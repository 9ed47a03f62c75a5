import type { JsonValue } from "@image-variations/codegen/document";
import type { Level } from "../policy/level.ts";

/** One change to a schema, made to what is sent and to what is received, there and back: four changes. */
export interface SchemaRow {
  readonly name: string;
  /** Where, below the schema of a pet. */
  readonly at: string;
  readonly before?: JsonValue;
  readonly after?: JsonValue;
  /** Expected of a request there and back, and of a response there and back. */
  readonly request: readonly [Level, Level];
  readonly response: readonly [Level, Level];
  /** What the change does to the values that are legal, there and back. */
  readonly reasons: readonly [string, string];
  readonly version?: "3.0.3";
}

const narrows = {
  request: ["major", "minor"],
  response: ["minor", "major"],
} as const;
const widens = {
  request: ["minor", "major"],
  response: ["major", "minor"],
} as const;
const replaces = {
  request: ["major", "major"],
  response: ["major", "major"],
} as const;
const words = {
  request: ["patch", "patch"],
  response: ["patch", "patch"],
} as const;
const same = {
  request: ["none", "none"],
  response: ["none", "none"],
} as const;
const fewer = ["fewer values are legal", "more values are legal"] as const;
const more = ["more values are legal", "fewer values are legal"] as const;
const other = ["other values are legal", "other values are legal"] as const;
const equal = ["the same values are legal, said otherwise", "the same values are legal, said otherwise"] as const;
const prose = ["only people read it", "only people read it"] as const;

const refs = (...names: readonly string[]): JsonValue =>
  names.map((name) => ({ $ref: `#/components/schemas/${name}` }));

const text: JsonValue = { type: "string" };
const number: JsonValue = { type: "number" };
const object = (properties: { readonly [name: string]: JsonValue }): { readonly [keyword: string]: JsonValue } => ({
  type: "object",
  properties,
});
/** A property of any name, also of one that an object literal takes for something else. */
const named = (name: string, schema: JsonValue): JsonValue => ({
  type: "object",
  properties: Object.fromEntries([[name, schema]]),
});
/** Two branches that a discriminator leads to, one of them with these properties. */
const tagged = (properties: { readonly [name: string]: JsonValue }): JsonValue => ({
  oneOf: [
    { ...object({ kind: text }), required: ["kind"] },
    { ...object({ kind: text, ...properties }), required: ["kind"] },
  ],
  discriminator: { propertyName: "kind" },
});
const bare = {
  array: { type: "array", items: text },
  object: object({ name: text }),
  string: { type: "string", maxLength: 5 },
} as const;

/** Changes to schemas. */
export const schemaRows: readonly SchemaRow[] = [
  // Types
  {
    name: "integer to number",
    at: "/properties/age/type",
    before: "integer",
    after: "number",
    ...widens,
    reasons: more,
  },
  {
    name: "string to number",
    at: "/properties/breed",
    before: { type: "string" },
    after: { type: "number" },
    ...replaces,
    reasons: other,
  },
  {
    name: "one type to two",
    at: "/properties/weight/type",
    before: "number",
    after: ["number", "string"],
    ...widens,
    reasons: more,
  },
  {
    name: "any value to a string",
    at: "/properties/home",
    before: {},
    after: { type: "string" },
    ...narrows,
    reasons: fewer,
  },
  {
    name: "null becomes legal",
    at: "/properties/name/type",
    before: "string",
    after: ["string", "null"],
    ...widens,
    reasons: more,
  },
  {
    name: "null becomes legal (3.0)",
    version: "3.0.3",
    at: "/properties/name/nullable",
    after: true,
    ...widens,
    reasons: more,
  },
  {
    name: "null as a branch",
    at: "/properties/home",
    before: { $ref: "#/components/schemas/Home" },
    after: { anyOf: [{ $ref: "#/components/schemas/Home" }, { type: "null" }] },
    ...widens,
    reasons: more,
  },
  {
    name: "null as a branch or in the type",
    at: "/properties/nickname",
    before: { type: ["string", "null"] },
    after: { oneOf: [{ type: "string" }, { type: "null" }] },
    ...same,
    reasons: equal,
  },
  // Values
  {
    name: "an enum grows",
    at: "/properties/kind/enum",
    before: ["cat", "dog"],
    after: ["cat", "dog", "otter"],
    ...widens,
    reasons: more,
  },
  {
    name: "an enum is introduced",
    at: "/properties/breed/enum",
    after: ["unknown", "mixed"],
    ...narrows,
    reasons: fewer,
  },
  {
    name: "an enum in another order",
    at: "/properties/kind/enum",
    before: ["cat", "dog"],
    after: ["dog", "cat"],
    ...same,
    reasons: equal,
  },
  {
    name: "an enum of one or a const",
    at: "/properties/kind",
    before: { type: "string", enum: ["cat"] },
    after: { type: "string", const: "cat" },
    ...same,
    reasons: equal,
  },
  {
    name: "another const",
    at: "/properties/kind",
    before: { const: "cat" },
    after: { const: "dog" },
    ...replaces,
    reasons: other,
  },
  {
    name: "names beside any string",
    at: "/properties/kind/anyOf",
    before: [{ type: "string" }, { enum: ["cat"] }],
    after: [{ type: "string" }, { enum: ["cat", "dog"] }],
    request: ["minor", "patch"],
    response: ["minor", "patch"],
    reasons: ["a new name is known, and every string was legal", "a name is forgotten, and every string stays legal"],
  },
  // Limits
  { name: "a maximum is lowered", at: "/properties/age/maximum", before: 30, after: 20, ...narrows, reasons: fewer },
  { name: "a minimum is lowered", at: "/properties/age/minimum", before: 0, after: -1, ...widens, reasons: more },
  { name: "a maximum is introduced", at: "/properties/weight/maximum", after: 100, ...narrows, reasons: fewer },
  {
    name: "a limit is excluded",
    at: "/properties/weight",
    before: { type: "number", minimum: 1 },
    after: { type: "number", exclusiveMinimum: 1 },
    ...narrows,
    reasons: fewer,
  },
  {
    name: "a limit is excluded (3.0)",
    version: "3.0.3",
    at: "/properties/weight",
    before: { type: "number", minimum: 1 },
    after: { type: "number", minimum: 1, exclusiveMinimum: true },
    ...narrows,
    reasons: fewer,
  },
  {
    name: "an integer's limit in other words",
    at: "/properties/age",
    before: { type: "integer", minimum: 1 },
    after: { type: "integer", exclusiveMinimum: 0 },
    ...same,
    reasons: equal,
  },
  { name: "a longer text", at: "/properties/name/maxLength", before: 40, after: 80, ...widens, reasons: more },
  { name: "a text that may be empty", at: "/properties/name/minLength", before: 1, after: 0, ...widens, reasons: more },
  { name: "a shorter list", at: "/properties/tags/maxItems", before: 5, after: 3, ...narrows, reasons: fewer },
  { name: "a list of different items", at: "/properties/tags/uniqueItems", after: true, ...narrows, reasons: fewer },
  { name: "a multiple", at: "/properties/age/multipleOf", before: 2, after: 4, ...narrows, reasons: fewer },
  { name: "a pattern is introduced", at: "/properties/breed/pattern", after: "^[a-z]+$", ...narrows, reasons: fewer },
  {
    name: "another pattern",
    at: "/properties/code/pattern",
    before: "^[a-z]+$",
    after: "^[A-Z]+$",
    ...replaces,
    reasons: other,
  },
  { name: "a format is introduced", at: "/properties/breed/format", after: "uuid", ...narrows, reasons: fewer },
  {
    name: "another format",
    at: "/properties/born/format",
    before: "date",
    after: "date-time",
    ...replaces,
    reasons: other,
  },
  {
    name: "a wider format",
    at: "/properties/age",
    before: { type: "integer", format: "int32" },
    after: { type: "integer", format: "int64" },
    ...widens,
    reasons: more,
  },
  {
    name: "a format that the limits imply",
    at: "/properties/age/format",
    after: "int32",
    ...same,
    reasons: equal,
  },
  {
    name: "a format that every number has",
    at: "/properties/weight/format",
    after: "double",
    ...same,
    reasons: equal,
  },
  {
    name: "an empty list of branches",
    at: "/properties/breed/oneOf",
    after: [],
    ...same,
    reasons: equal,
  },
  // Objects
  {
    name: "an optional property",
    at: "/properties/colour",
    after: { type: "string" },
    request: ["minor", "major"],
    response: ["minor", "major"],
    reasons: ["callers may pass it over", "callers that use it find it gone"],
  },
  {
    name: "a property becomes required",
    at: "/required",
    before: ["name"],
    after: ["name", "kind"],
    ...narrows,
    reasons: ["it can't be left out", "it can be left out"],
  },
  {
    name: "a property is renamed",
    at: "/properties",
    before: { pet: { type: "string" } },
    after: { animal: { type: "string" } },
    ...replaces,
    reasons: ["the old name is gone", "the old name is gone"],
  },
  {
    name: "a property becomes read-only",
    at: "/properties/age/readOnly",
    after: true,
    request: ["major", "minor"],
    response: ["none", "none"],
    reasons: ["only responses have it", "requests may have it too"],
  },
  {
    name: "a property becomes write-only",
    at: "/properties/age/writeOnly",
    after: true,
    request: ["none", "none"],
    response: ["major", "minor"],
    reasons: ["only requests have it", "responses may have it too"],
  },
  {
    name: "other properties are rejected",
    at: "/properties/home",
    before: { type: "object", properties: { a: {} } },
    after: { type: "object", properties: { a: {} }, additionalProperties: false },
    ...narrows,
    reasons: fewer,
  },
  {
    name: "the type of other properties",
    at: "/properties/labels/additionalProperties/type",
    before: "string",
    after: "integer",
    ...replaces,
    reasons: other,
  },
  {
    name: "a property deep below",
    at: "/properties/size/properties/width/type",
    before: "integer",
    after: "string",
    ...replaces,
    reasons: other,
  },
  {
    name: "a schema that contains itself",
    at: "/properties/tags/items",
    before: { $ref: "#/components/schemas/Home" },
    after: { $ref: "#/components/schemas/Failure" },
    ...replaces,
    reasons: ["the old properties are gone", "the old properties are gone"],
  },
  // Unions
  {
    name: "a branch is added",
    at: "/properties/food/oneOf",
    before: refs("Fish", "Hay"),
    after: refs("Fish", "Hay", "Seeds"),
    ...widens,
    reasons: more,
  },
  {
    name: "one schema becomes a branch",
    at: "/properties/food",
    before: { $ref: "#/components/schemas/Fish" },
    after: { oneOf: refs("Fish", "Hay") },
    ...widens,
    reasons: more,
  },
  {
    name: "branches in another order",
    at: "/properties/food/oneOf",
    before: refs("Fish", "Hay"),
    after: refs("Hay", "Fish"),
    ...same,
    reasons: equal,
  },
  {
    name: "a union of one",
    at: "/properties/food",
    before: { $ref: "#/components/schemas/Fish" },
    after: { oneOf: refs("Fish") },
    ...same,
    reasons: equal,
  },
  {
    name: "allOf of one",
    at: "/properties/food",
    before: { $ref: "#/components/schemas/Fish" },
    after: { allOf: refs("Fish") },
    ...same,
    reasons: equal,
  },
  {
    name: "allOf or all in one",
    at: "/properties/home",
    before: { type: "object", properties: { a: { type: "string" }, b: { type: "string" } } },
    after: {
      allOf: [
        { type: "object", properties: { a: { type: "string" } } },
        { type: "object", properties: { b: { type: "string" } } },
      ],
    },
    ...same,
    reasons: equal,
  },
  {
    name: "allOf demands more",
    at: "/properties/home",
    before: { $ref: "#/components/schemas/Home" },
    after: { allOf: [{ $ref: "#/components/schemas/Home" }, { required: ["city"] }] },
    ...narrows,
    reasons: ["it can't be left out", "it can be left out"],
  },
  {
    name: "two types or two branches",
    at: "/properties/weight",
    before: { type: ["number", "string"] },
    after: { oneOf: [{ type: "number" }, { type: "string" }] },
    ...same,
    reasons: equal,
  },
  {
    name: "not",
    at: "/properties/breed/not",
    after: { const: "wolf" },
    ...replaces,
    reasons: ["what it excludes can't be decided", "what it excluded can't be decided"],
  },
  {
    name: "discriminated by another property",
    at: "/properties/food/discriminator",
    before: { propertyName: "fish" },
    after: { propertyName: "hay" },
    ...replaces,
    reasons: ["callers look at another property", "callers look at another property"],
  },
  {
    name: "a reference or its target",
    at: "/properties/food",
    before: { $ref: "#/components/schemas/Seeds" },
    after: { type: "object", required: ["seeds"], properties: { seeds: { type: "integer" } } },
    ...same,
    reasons: equal,
  },
  // Lists beside limits
  {
    name: "a maximum beside an enum",
    at: "/properties/age",
    before: { type: "integer", enum: [1, 2, 3] },
    after: { type: "integer", enum: [1, 2, 3], maximum: 2 },
    ...narrows,
    reasons: fewer,
  },
  {
    name: "a pattern beside an enum",
    at: "/properties/kind",
    before: { type: "string", enum: ["cat", "otter"] },
    after: { type: "string", enum: ["cat", "otter"], pattern: "^c" },
    ...narrows,
    reasons: fewer,
  },
  {
    name: "a limit beside an enum that keeps it anyway",
    at: "/properties/age",
    before: { type: "integer", enum: [1, 2, 3] },
    after: { type: "integer", enum: [1, 2, 3], maximum: 9, multipleOf: 1 },
    ...same,
    reasons: equal,
  },
  {
    name: "a range or values beyond it",
    at: "/properties/age",
    before: { type: "integer", minimum: 0, maximum: 10 },
    after: { type: "integer", enum: [1, 20] },
    ...replaces,
    reasons: other,
  },
  // Branches that others leave room for
  {
    name: "a property widens in a branch, and another branch leaves room for it",
    at: "/properties/food/anyOf",
    before: [object({ kind: text }), object({ kind: text, price: number })],
    after: [object({ kind: text }), object({ kind: text, price: { type: ["number", "string"] } })],
    ...widens,
    reasons: ["callers were told of a number", "callers that send text were told that they may"],
  },
  {
    name: "a limit widens in a branch, and another is any object",
    at: "/properties/food/oneOf",
    before: [{ type: "object" }, object({ name: { type: "string", maxLength: 5 } })],
    after: [{ type: "object" }, object({ name: { type: "string", maxLength: 9 } })],
    ...widens,
    reasons: ["callers were told of at most 5", "callers were told of at most 9"],
  },
  {
    name: "a limit widens under a discriminator",
    at: "/properties/food",
    before: tagged({ size: { type: "string", maxLength: 5 } }),
    after: tagged({ size: text }),
    ...widens,
    reasons: more,
  },
  {
    name: "a property of one branch or of two that exclude each other",
    at: "/properties/food",
    before: { ...object({ fish: text, hay: text }), required: ["fish", "hay"] },
    after: { ...object({ fish: text, hay: text }), oneOf: [{ required: ["fish"] }, { required: ["hay"] }] },
    request: ["major", "major"],
    response: ["major", "minor"],
    reasons: ["who sends both fits both, and oneOf rejects it", "one of them is no longer enough"],
  },
  {
    name: "any text or one of two forms that exclude each other",
    at: "/properties/breed",
    before: { type: "string", maxLength: 9 },
    after: {
      oneOf: [
        { type: "string", maxLength: 9 },
        { type: "string", maxLength: 9, pattern: "^a" },
      ],
    },
    request: ["major", "minor"],
    response: ["minor", "minor"],
    reasons: ["what begins with a fits both, and oneOf rejects it", "everything is legal again"],
  },
  // Unions of bare types
  ...(
    [
      ["a length of at least nothing", { type: "string", minLength: 0 }],
      ["a pattern that everything matches", { type: "string", pattern: ".*" }],
      ["readOnly: false", { type: "string", readOnly: false }],
      ["an allOf of one", { allOf: [{ type: "string" }] }],
      ["a nullable: false", { type: "string", nullable: false }],
      ["a reference to it", { $ref: "#/components/schemas/Name" }],
    ] as const
  ).map(([what, branch]): SchemaRow => ({
    name: `a union of bare types, one of them with ${what}`,
    at: "/properties/weight",
    before: { oneOf: [{ type: "string" }, { type: "number" }] },
    after: { oneOf: [branch, { type: "number" }] },
    ...same,
    reasons: equal,
  })),
  {
    name: "two types, one of which gets a limit",
    at: "/properties/weight",
    before: { type: ["string", "number"] },
    after: { anyOf: [{ type: "string", maxLength: 5 }, { type: "number" }] },
    ...narrows,
    reasons: fewer,
  },
  {
    name: "one of two types is another one, and the rest gets a limit",
    at: "/properties/weight",
    before: { oneOf: [{ type: "string" }, { type: "number" }] },
    after: { oneOf: [{ type: "string", maxLength: 5 }, { type: "boolean" }] },
    ...replaces,
    reasons: other,
  },
  {
    name: "an object of which nothing is said gets properties, beside text",
    at: "/properties/home",
    before: { oneOf: [{ type: "string" }, { type: "object" }] },
    after: { oneOf: [{ type: "string" }, object({ city: text })] },
    request: ["minor", "major"],
    response: ["minor", "major"],
    reasons: ["there is more to say", "what was described is gone"],
  },
  // One type as a list
  ...(["array", "object", "string"] as const).map((type): SchemaRow => ({
    name: `the type ${type} as a list of one, in a list`,
    at: "/properties/tags/items",
    before: bare[type],
    after: { ...bare[type], type: [type] },
    ...same,
    reasons: equal,
  })),
  // Patterns
  ...([".*", "^.*$", "^", "[\\s\\S]*", "^(.*)$"] as const).map((pattern): SchemaRow => ({
    name: `a pattern becomes ${pattern}`,
    at: "/properties/code/pattern",
    before: "^[a-z]+$",
    after: pattern,
    ...widens,
    reasons: more,
  })),
  // Names that are keywords elsewhere
  ...(
    "content default properties examples example enum const items schema schemas headers required mapping format type " +
    "minimum parameters responses discriminator nullable readOnly x-name __proto__ $ref"
  )
    .split(" ")
    .flatMap((name): SchemaRow[] => [
      {
        name: `the same in other words, in a property called ${name}`,
        at: "/properties/home",
        before: named(name, { type: ["string", "null"] }),
        after: named(name, { anyOf: [{ type: "string" }, { type: "null" }] }),
        ...same,
        reasons: equal,
      },
      {
        name: `another type, in a property called ${name}`,
        at: "/properties/home",
        before: named(name, text),
        after: named(name, number),
        ...replaces,
        reasons: other,
      },
    ]),
  // The image
  {
    name: "a smaller image",
    at: "/properties/image/x-image-limits/exclusiveMaximumBytes",
    before: 4_194_304,
    after: 4_000_000,
    ...narrows,
    reasons: fewer,
  },
  {
    name: "an image of any shape",
    at: "/properties/image/x-image-limits/square",
    before: true,
    after: false,
    ...widens,
    reasons: more,
  },
  {
    name: "another type of image",
    at: "/properties/image/x-image-limits/mediaTypes",
    before: ["image/png"],
    after: ["image/png", "image/webp"],
    ...widens,
    reasons: more,
  },
  // What is said beside
  {
    name: "another default",
    at: "/properties/breed/default",
    before: "unknown",
    after: "mixed",
    request: ["major", "major"],
    response: ["patch", "patch"],
    reasons: ["who leaves it out gets something else", "who leaves it out gets something else"],
  },
  {
    name: "a default is told",
    at: "/properties/code/default",
    after: "a",
    request: ["minor", "major"],
    response: ["patch", "patch"],
    reasons: ["what was open is promised", "what was promised is open"],
  },
  { name: "a description", at: "/description", before: "A pet.", after: "A pet, any pet.", ...words, reasons: prose },
  { name: "an example", at: "/properties/name/example", after: "Otto", ...words, reasons: prose },
  {
    name: "deprecated",
    at: "/properties/breed/deprecated",
    after: true,
    request: ["minor", "patch"],
    response: ["minor", "patch"],
    reasons: ["tools warn from now on", "tools no longer warn"],
  },
  {
    name: "a vendor extension",
    at: "/properties/name/x-order",
    after: 1,
    ...same,
    reasons: ["it is outside the contract", "it is outside the contract"],
  },
];
