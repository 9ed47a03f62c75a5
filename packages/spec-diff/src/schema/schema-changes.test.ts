import { describe, expect, it } from "vitest";
import { diffSpecs, parseSource, type Level } from "../index.ts";

type Schema = boolean | object;

/** Schemas that others refer to. */
const schemas = {
  Cat: { type: "object", required: ["kind"], properties: { kind: { const: "cat" }, lives: { type: "integer" } } },
  Dog: { type: "object", required: ["kind"], properties: { kind: { const: "dog" }, barks: { type: "boolean" } } },
  Yes: { const: "yes" },
  No: { const: "no" },
  Null: { type: "null" },
  Loop: { anyOf: [{ $ref: "#/components/schemas/Loop" }, { type: "string", maxLength: 2 }, { type: "integer" }] },
  TightLoop: {
    anyOf: [{ $ref: "#/components/schemas/TightLoop" }, { type: "string", maxLength: 1 }, { type: "integer" }],
  },
  Ping: { anyOf: [{ $ref: "#/components/schemas/Pong" }, { type: "string" }] },
  Pong: { anyOf: [{ $ref: "#/components/schemas/Ping" }, { type: "integer" }] },
  Member: { allOf: [{ $ref: "#/components/schemas/Member" }], type: "string", maxLength: 2 },
  TightMember: { allOf: [{ $ref: "#/components/schemas/TightMember" }], type: "string", maxLength: 1 },
};

function documentOf(schema: Schema, side: "request" | "response", openapi: string): string {
  const content = { "application/json": { schema } };
  const operation = {
    ...(side === "request" && { requestBody: { required: true, content } }),
    responses: { "200": { description: "Fine.", ...(side === "response" && { content }) } },
  };
  const info = { title: "Pets", version: "1.0.0" };
  return JSON.stringify({ openapi, info, paths: { "/pets": { post: operation } }, components: { schemas } });
}

/** The level by schema of a change on one side, and every line that is told of it, with places from the schema on. */
async function changeOf(before: Schema, after: Schema, side: "request" | "response", openapi = "3.1.0") {
  const sources = [before, after].map((schema, index) => {
    const text = documentOf(schema, side, openapi);
    return parseSource(text, `${index}.json`, index === 0 ? "base" : "head");
  });
  const { opinions, changes } = await diffSpecs(sources[0]!, sources[1]!);
  const told = changes
    .filter(({ opinion }) => opinion === "schema")
    .map(({ level, rule, document, pointer, reason, undecided }) => {
      const place = pointer.replace(/^.*application~1json\/schema/, "");
      return `${level} ${rule}${undecided ? " (undecided)" : ""} at ${document} ${place || "/"}: ${reason}`;
    });
  return { level: opinions.schema, told };
}

/** The levels of a change there and back, of what is sent and of what is received. */
async function levelsOf(before: Schema, after: Schema, openapi?: string) {
  const told: Record<string, string[]> = {};
  const levels: Record<string, Level> = {};
  for (const side of ["request", "response"] as const) {
    for (const [way, one, other] of [
      ["there", before, after],
      ["back", after, before],
    ] as const) {
      const change = await changeOf(one, other, side, openapi);
      levels[`${side} ${way}`] = change.level;
      told[`${side} ${way}`] = change.told;
    }
  }
  return { levels, told };
}

type Row = readonly [what: string, before: Schema, after: Schema, openapi?: string];

/** What each kind of change means: there and back for a request, there and back for a response. */
const kinds = {
  narrower: ["major", "minor", "minor", "major"],
  other: ["major", "major", "major", "major"],
  exclusive: ["major", "minor", "minor", "minor"],
  same: ["none", "none", "none", "none"],
  addition: ["minor", "major", "minor", "major"],
  split: ["minor", "major", "major", "major"],
} as const satisfies Record<string, readonly Level[]>;

function meaning(kind: keyof typeof kinds): Record<string, Level> {
  const [sent, sentBack, received, receivedBack] = kinds[kind];
  return {
    "request there": sent,
    "request back": sentBack,
    "response there": received,
    "response back": receivedBack,
  };
}

const text = { type: "string" };
const ref = (name: keyof typeof schemas): object => ({ $ref: `#/components/schemas/${name}` });
const [cat, dog] = [ref("Cat"), ref("Dog")];
const object = (properties: object, more: object = {}): object => ({ type: "object", properties, ...more });

/** As many different values. */
const several = (count: number): string[] => Array.from({ length: count }, (_, index) => `value ${index}`);

/** One of every rule and of every word beside them. */
const rules = {
  type: "string",
  pattern: "^a",
  format: "date",
  contentEncoding: "base64",
  contentMediaType: "text/plain",
  xml: { name: "a" },
  minLength: 1,
  not: { const: "b" },
  description: "Words.",
  default: "a",
  deprecated: true,
};

const narrower: readonly Row[] = [
  ["a format of any type", {}, { format: "uuid" }],
  ["a format of a type that has none of its own", text, { type: "string", format: "int64" }],
  ["whole numbers", { type: "number" }, { type: "number", multipleOf: 1 }],
  ["whole numbers beside integers", { type: ["integer", "number"] }, { type: ["integer", "number"], multipleOf: 1 }],
  ["a property that must not be there", object({ a: text }), object({ a: false })],
  ["a property that an allOf forbids", object({ a: text }), object({ a: text }, { allOf: [object({ a: false })] })],
  [
    "values of which a limit in an allOf leaves some",
    { enum: ["a", "bb"] },
    { enum: ["a", "bb"], allOf: [{ maxLength: 1 }] },
  ],
  ...[8, 9, 10].map((count): Row => [
    `${count} values that are listed`,
    text,
    { type: "string", enum: several(count) },
  ]),
  ...[78, 79].map((length): Row => [`a value of ${length} letters`, text, { const: "x".repeat(length) }]),
  ...["^$", "^.*$", "^(?:.*)$", "x.*", ".*x", ".+", "\\$", "."].map((pattern): Row => [
    `text that matches ${pattern}`,
    text,
    { type: "string", pattern },
  ]),
  [
    "a value beside null in a branch",
    { anyOf: [{ type: "integer" }, { enum: [null, "a", "b"] }] },
    { anyOf: [{ type: "integer" }, { enum: [null, "a"] }] },
  ],
  [
    "a branch of a second union",
    { oneOf: [cat, dog], anyOf: [object({ a: text }), object({ b: text })] },
    { oneOf: [cat, dog], anyOf: [object({ a: text }), object({ b: { type: "string", maxLength: 1 } })] },
  ],
  [
    "a property beside alternatives",
    object({ a: text }, { oneOf: [cat, dog] }),
    object({ a: { type: "string", maxLength: 1 } }, { oneOf: [cat, dog] }),
  ],
  ["a schema that is a member of its own allOf", ref("Member"), ref("TightMember")],
  ["a union that has itself as a branch", ref("Loop"), ref("TightLoop")],
  ["lists of numbers that are the same but for a comma", { enum: [[1, 2], [12]] }, { enum: [[12]] }],
  [
    "a value beside an object whose keys are in another order",
    { enum: [{ a: 1, b: 2 }, "x"] },
    { enum: [{ b: 2, a: 1 }] },
  ],
  ["a limit beside rules that stay", rules, { ...rules, maxLength: 9 }],
  [
    "a type that is rejected, of which rules are still said",
    { type: ["integer", "string"], multipleOf: 2, maximum: 9 },
    { type: "string", multipleOf: 4, maximum: 8 },
  ],
  [
    "lists that are rejected, whose items are still described",
    { type: ["array", "string"], items: { type: "string", maxLength: 1 }, minItems: 2 },
    { type: "string", items: text, minItems: 1 },
  ],
  [
    "objects that are rejected, whose properties are still described",
    { type: ["object", "string"], properties: { a: { type: "string", maxLength: 1 } }, required: ["a"] },
    { type: "string", properties: { a: text } },
  ],
  [
    "numbers, also integers, between an excluded limit and the next integer",
    { type: ["integer", "number"], exclusiveMinimum: 0 },
    { type: ["integer", "number"], minimum: 1 },
  ],
  ["unions that have each other as a branch", object({ a: ref("Ping") }), object({ a: { type: "integer" } })],
  [
    "a branch that is gone beside two that overlap",
    { oneOf: [{ type: "string", maxLength: 9 }, { type: "string", pattern: "^a" }, { type: "boolean" }] },
    {
      oneOf: [
        { type: "string", maxLength: 9 },
        { type: "string", pattern: "^a" },
      ],
    },
  ],
  ...(
    [
      ["uri", "uri-reference", "iri", "iri-reference"],
      ["uri-reference", "iri-reference"],
      ["iri", "iri-reference"],
      ["email", "idn-email"],
      ["hostname", "idn-hostname"],
    ] as const
  ).flatMap(([narrow, ...wider]) =>
    wider.map((format): Row => [
      `a format that is a part of another one, ${narrow} of ${format}`,
      { type: "string", format },
      { type: "string", format: narrow },
    ]),
  ),
  [
    "a format that is narrower than its limits",
    { type: "integer", minimum: 0, maximum: 2 ** 31 },
    { type: "integer", minimum: 0, maximum: 2 ** 31, format: "int32" },
  ],
  [
    "a format with a limit on one side",
    { type: "integer", minimum: 0 },
    { type: "integer", minimum: 0, format: "int32" },
  ],

  // Limits, from both sides.
  ["a minimum that is raised", { type: "number", minimum: 1 }, { type: "number", minimum: 2 }],
  ["a minimum that is introduced", { type: "number" }, { type: "number", minimum: 2 }],
  ["a minimum that is excluded", { type: "number", minimum: 1 }, { type: "number", exclusiveMinimum: 1 }],
  ["a maximum that is excluded", { type: "number", maximum: 1 }, { type: "number", exclusiveMaximum: 1 }],
  [
    "an excluded maximum below another",
    { type: "number", exclusiveMaximum: 2 },
    { type: "number", exclusiveMaximum: 1 },
  ],
  ["an excluded limit of integers", { type: "integer", minimum: 1 }, { type: "integer", exclusiveMinimum: 1 }],
  [
    "a minimum excluded beside a lower one",
    { type: "number", minimum: 2 },
    { type: "number", minimum: 1, exclusiveMinimum: 2 },
  ],
  [
    "an excluded limit (3.0)",
    { type: "number", maximum: 1 },
    { type: "number", maximum: 1, exclusiveMaximum: true },
    "3.0.3",
  ],
  [
    "an excluded minimum (3.0)",
    { type: "number", minimum: 1 },
    { type: "number", minimum: 1, exclusiveMinimum: true },
    "3.0.3",
  ],
  ["a shortest text", text, { type: "string", minLength: 1 }],
  ["a longest text", text, { type: "string", maxLength: 1 }],
  ["a smallest list", { type: "array", items: text }, { type: "array", items: text, minItems: 1 }],
  ["a largest list", { type: "array", items: text }, { type: "array", items: text, maxItems: 1 }],
  ["a smallest object", { type: "object" }, { type: "object", minProperties: 1 }],
  ["a largest object", { type: "object" }, { type: "object", maxProperties: 1 }],
  [
    "a limit that an allOf tightens",
    { type: "integer", maximum: 9 },
    { type: "integer", maximum: 9, allOf: [{ maximum: 8 }] },
  ],
  ["a multiple", { type: "integer" }, { type: "integer", multipleOf: 5 }],
  ["a multiple of a multiple", { type: "integer", multipleOf: 5 }, { type: "integer", multipleOf: 10 }],
  ["items that differ", { type: "array", items: text }, { type: "array", items: text, uniqueItems: true }],
  // Types.
  ["a number that becomes an integer", { type: "number" }, { type: "integer" }],
  ["one of two types", { type: ["string", "boolean"] }, text],
  ["any value that becomes a text", {}, text],
  ["a value that is impossible", text, { not: {}, type: "string", enum: [] }],
  ["null that is rejected", { type: ["string", "null"] }, text],
  ["null that an enum loses", { enum: ["a", null] }, { enum: ["a"] }],
  [
    "null that an allOf forbids",
    { allOf: [{ type: ["string", "null"] }] },
    { allOf: [{ type: ["string", "null"] }, text] },
  ],
  ["null that is rejected (3.0)", { type: "string", nullable: true }, { type: "string" }, "3.0.3"],
  // Values.
  ["values that are listed", text, { type: "string", enum: ["a", "b"] }],
  ["a value that is gone", { enum: ["a", "b"] }, { enum: ["a"] }],
  ["values that an allOf narrows", { enum: ["a", "b"] }, { enum: ["a", "b"], allOf: [{ enum: ["a", "c"] }] }],
  ["values of which a type leaves some", { enum: ["a", 1] }, { enum: ["a", 1], type: "string" }],
  [
    "values of which a limit leaves some",
    { type: "string", enum: ["a", "bb"] },
    { type: "string", enum: ["a", "bb"], maxLength: 1 },
  ],
  ["values of which a pattern leaves some", { enum: ["a", "b"] }, { enum: ["a", "b"], pattern: "a" }],
  ["values of which a multiple leaves some", { enum: [2, 3] }, { enum: [2, 3], multipleOf: 2 }],
  ["lists of which a limit leaves some", { enum: [[], [1]] }, { enum: [[], [1]], minItems: 1 }],
  ["objects of which a limit leaves some", { enum: [{}, { a: 1 }] }, { enum: [{}, { a: 1 }], maxProperties: 0 }],
  ["numbers of which an excluded limit leaves some", { enum: [1, 2] }, { enum: [1, 2], exclusiveMaximum: 2 }],
  // Objects.
  ["a property that is required", object({ a: text }), object({ a: text }, { required: ["a"] })],
  ["a name that is required and not listed", { type: "object" }, { type: "object", required: ["a"] }],
  [
    "properties of another name that are rejected",
    object({ a: text }),
    object({ a: text }, { additionalProperties: false }),
  ],
  ["names of properties that have a pattern", { type: "object" }, { type: "object", propertyNames: { pattern: "^x" } }],
  ["properties of a pattern that are typed", { type: "object" }, { type: "object", patternProperties: { "^x": text } }],
  [
    "other properties that narrow",
    { type: "object", additionalProperties: text },
    { type: "object", additionalProperties: { type: "string", maxLength: 1 } },
  ],
  [
    "other properties that two schemas type",
    { type: "object", additionalProperties: text },
    { additionalProperties: text, allOf: [{ additionalProperties: { maxLength: 1 } }], type: "object" },
  ],
  [
    "a property that an allOf narrows",
    object({ a: text }),
    object({ a: text }, { allOf: [object({ a: { maxLength: 1 } })] }),
  ],
  // Lists.
  ["items that are typed", { type: "array" }, { type: "array", items: text }],
  ["a first item that is typed", { type: "array", items: {} }, { type: "array", prefixItems: [text] }],
  [
    "a second item that is narrowed",
    { type: "array", prefixItems: [text, text] },
    { type: "array", prefixItems: [text, { type: "string", maxLength: 1 }] },
  ],
  [
    "items after the first that narrow",
    { type: "array", prefixItems: [text], items: text },
    { type: "array", prefixItems: [text], items: { type: "string", maxLength: 1 } },
  ],
  ["an item that there has to be", { type: "array" }, { type: "array", contains: text }],
  // Unions.
  ["a branch that is gone", { oneOf: [cat, dog] }, { oneOf: [cat] }],
  [
    "a branch that is gone, and the one like it allows more and less",
    { anyOf: [{ type: "string", minLength: 1, maxLength: 4 }, { type: "string", minLength: 2, maxLength: 5 }, cat] },
    { anyOf: [{ type: "string", minLength: 1, maxLength: 4 }, cat] },
  ],
  [
    "branches that overlap each other, and none that was there",
    {
      oneOf: [cat, { type: "integer" }, { type: "string", maxLength: 3 }, { type: "string", minLength: 2 }],
    },
    { oneOf: [cat, { type: "integer" }] },
  ],
  [
    "a branch that is gone, of any",
    { anyOf: [text, { type: "integer" }, { type: "object" }] },
    { anyOf: [text, { type: "integer", maximum: 3 }] },
  ],
  ["any value that becomes one of two", {}, { oneOf: [cat, dog] }],
  [
    "any value that becomes null or one of two",
    {},
    { type: ["object", "null"], oneOf: [cat, dog], description: "Beside alternatives." },
  ],
];

/** The same branches, of which any may hold, and then exactly one. */
const anyThenOne = (...branches: readonly object[]): [before: Schema, after: Schema] => [
  { anyOf: branches },
  { oneOf: branches },
];

/** Code that reads one branch or another still does, whether or not a value may fit both. */
const exclusive: readonly Row[] = [
  ["ranges of what need not be a number", ...anyThenOne({ maximum: 5 }, { minimum: 6 })],
  [
    "lengths of what is a number",
    ...anyThenOne({ type: "integer", maxLength: 3 }, { type: "integer", minLength: 4, maximum: 9 }),
  ],
  [
    "branches that both allow null",
    ...anyThenOne({ type: ["string", "null"], maxLength: 3 }, { type: ["integer", "null"], maximum: 3 }),
  ],
  [
    "tags that both may be null",
    ...anyThenOne(
      object({ kind: { enum: ["cat", null] } }, { required: ["kind"] }),
      object({ kind: { enum: ["dog", null] } }, { required: ["kind"] }),
    ),
  ],
  [
    "a closed object that has what the other requires by a pattern",
    ...anyThenOne(
      object({ a: text }, { additionalProperties: false, patternProperties: { "^b": text } }),
      object({ b: text }, { required: ["b"] }),
    ),
  ],
  [
    "ranges that overlap, one of them with an excluded limit",
    ...anyThenOne({ type: "number", exclusiveMaximum: 5 }, { type: "number", minimum: 3 }),
  ],
  [
    "a closed object that has what the other requires",
    ...anyThenOne(object({ a: text }, { additionalProperties: false }), object({ a: text }, { required: ["a"] })),
  ],
  [
    "an open object that does not say what the other requires",
    ...anyThenOne(object({ a: text }), object({ b: text }, { required: ["b"] })),
  ],
  [
    "ranges that overlap by more than a limit",
    ...anyThenOne({ type: "number", maximum: 5 }, { type: "number", minimum: 3 }),
  ],
  [
    "lengths of what may be a number, too",
    ...anyThenOne({ type: ["string", "integer"], maxLength: 3 }, { type: ["string", "integer"], minLength: 4 }),
  ],
  ["listed values beside any text", ...anyThenOne({ type: "string", enum: ["a"] }, { type: "string", minLength: 1 })],
  [
    "a tag beside any text in its place",
    ...anyThenOne(cat, object({ kind: text, barks: { type: "boolean" } }, { required: ["kind"] })),
  ],
  [
    "a tag that need not be there",
    ...anyThenOne(
      cat,
      object({ kind: { const: "dog" }, barks: { type: "boolean" } }),
      object({ kind: { const: "cat" } }),
    ),
  ],
  [
    "tags of which one has the value of another",
    ...anyThenOne(cat, object({ kind: { enum: ["cat", "dog"] } }, { required: ["kind"] })),
  ],

  [
    "branches that exclude each other where they overlap",
    {
      anyOf: [
        { type: "string", maxLength: 3 },
        { type: "string", minLength: 3 },
      ],
    },
    {
      oneOf: [
        { type: "string", maxLength: 3 },
        { type: "string", minLength: 3 },
      ],
    },
  ],
  [
    "ranges that exclude each other where they overlap",
    {
      anyOf: [
        { type: "number", maximum: 5 },
        { type: "number", minimum: 5 },
      ],
    },
    {
      oneOf: [
        { type: "number", maximum: 5 },
        { type: "number", minimum: 5 },
      ],
    },
  ],
  [
    "objects that exclude each other, and may have each other's properties",
    { anyOf: [object({ a: text }), object({ b: text })] },
    { oneOf: [object({ a: text }), object({ b: text })] },
  ],
];

const same: readonly Row[] = [
  ...["", "^", "$", ".*", ".*?", "^.*", ".*$", "(.*)", "(?:.*)", "^[^]*$", "^([\\s\\S]*)$"].map((pattern): Row => [
    `a pattern that all text matches, /${pattern}/`,
    text,
    { type: "string", pattern },
  ]),
  ...["[\\s\\S]*", "[\\S\\s]*", "[\\d\\D]*", "[\\w\\W]*"].map((pattern): Row => [
    `a pattern of all there is, /${pattern}/`,
    text,
    { type: "string", pattern },
  ]),
  [
    "integers or null that are a multiple of 1",
    { type: ["integer", "null"] },
    { type: ["integer", "null"], multipleOf: 1 },
  ],
  ["a rule of numbers for text", text, { type: "string", multipleOf: 2 }],
  ["a rule of lists for text", text, { type: "string", uniqueItems: true }],
  ...[
    { items: { maxLength: 1 } },
    { prefixItems: [{ maxLength: 1 }] },
    { contains: { maxLength: 1 } },
    { properties: { a: { maxLength: 1 } } },
    { properties: { a: text }, required: ["a"] },
    { additionalProperties: false },
    { patternProperties: { a: { maxLength: 1 } } },
    { propertyNames: { maxLength: 1 } },
  ].map((more): Row => [
    `a description of what is not text, ${Object.keys(more).join(" and ")}`,
    text,
    { type: "string", ...more },
  ]),
  ...["contentEncoding", "contentMediaType"].map((keyword): Row => [
    `a rule of text for numbers, ${keyword}`,
    { type: "integer" },
    { type: "integer", [keyword]: "base64" },
  ]),
  ["a multiple beside values that keep it", { enum: [2, 4] }, { enum: [2, 4], multipleOf: 2 }],
  [
    "limits beside values of every type that keep them",
    { enum: ["abc", [1, 2], { a: 1 }, 7, true] },
    {
      enum: ["abc", [1, 2], { a: 1 }, 7, true],
      minLength: 3,
      maxLength: 3,
      pattern: "^abc$",
      minItems: 2,
      maxItems: 2,
      minProperties: 1,
      maxProperties: 1,
      minimum: 7,
      maximum: 7,
      multipleOf: 7,
    },
  ],
  ["a length in characters, not in code units", { enum: ["😀"] }, { enum: ["😀"], maxLength: 1 }],
  ["a pattern of another dialect beside values", { enum: ["a", "b"] }, { enum: ["a", "b"], pattern: "(?i)a" }],
  [
    "an object that its other properties imply",
    { type: "object", additionalProperties: text },
    { additionalProperties: text },
  ],
  ["integers as numbers that are integers", { type: "integer" }, { allOf: [{ type: "number" }, { type: "integer" }] }],
  ["null by reference as a branch", { type: ["string", "null"] }, { oneOf: [text, ref("Null")] }],
  ["nothing but null as a branch", ref("Null"), { oneOf: [ref("Null")] }],
  ["nothing but null as a value", ref("Null"), { const: null }],
  [
    "a union that has itself as a branch",
    { anyOf: [{ type: "string", maxLength: 2 }, { type: "integer" }] },
    ref("Loop"),
  ],
  [
    "values by reference in two unions",
    object({ a: { enum: ["yes", "no"] }, b: { enum: ["yes", "no"] } }),
    object({ a: { anyOf: [ref("Yes"), ref("No")] }, b: { anyOf: [ref("Yes"), ref("No")] } }),
  ],
  [
    "values of two types as branches with limits that they keep",
    { type: ["string", "number"], enum: ["a", 1.5, 2] },
    {
      anyOf: [
        { type: "string", enum: ["a"], maxLength: 5 },
        { type: "number", enum: [1.5, 2], maximum: 9 },
      ],
    },
  ],
  [
    "integers of one branch that the numbers of another stand for",
    { anyOf: [{ type: "number", maximum: 9 }, { type: "integer", maximum: 5 }, cat] },
    { anyOf: [{ type: "number", maximum: 9 }, cat] },
  ],
  ...[
    [text, { type: ["string", "integer"], minLength: 1 }, { maxLength: 0 }],
    [{ type: ["string", "integer"] }, { type: "string", minLength: 1 }, { maxLength: 0 }],
    [{ type: "number" }, { type: "integer", minimum: 6 }, { maximum: 5 }],
    [{ type: "array" }, { type: "array", minItems: 2 }, { maxItems: 1 }],
    [{ type: "object" }, { type: "object", minProperties: 2 }, { maxProperties: 1 }],
  ].flatMap(([one, other, limit]): Row[] => {
    const [low, high] = [{ ...one, ...limit }, other!];
    const title = `branches that ${Object.keys(limit!)} tells apart, of ${JSON.stringify([low, high].map((branch) => (branch as { type: unknown }).type))}`;
    return [
      [title, ...anyThenOne(low, high)],
      [`${title}, the other way round`, ...anyThenOne(high, low)],
    ];
  }),
  [
    "a format that is just as wide as its limits",
    { type: "integer", minimum: -(2 ** 31), maximum: 2 ** 31 - 1 },
    { type: "integer", minimum: -(2 ** 31), maximum: 2 ** 31 - 1, format: "int32" },
  ],
  [
    "null in one of two branches",
    { type: ["string", "integer", "null"] },
    { anyOf: [{ type: ["string", "null"] }, { type: "integer" }] },
  ],
  [
    "an object that one member of an allOf closes",
    { type: "object", properties: { a: text }, additionalProperties: false },
    {
      type: "object",
      properties: { a: text },
      allOf: [{ additionalProperties: false }, { additionalProperties: text }],
    },
  ],
  [
    "what a member of an allOf says, and the schema itself says otherwise",
    { type: "string", description: "Mine.", allOf: [{ description: "Theirs." }] },
    { type: "string", description: "Mine.", allOf: [{ description: "Another's." }] },
  ],
  [
    "branches of listed values in another order",
    {
      anyOf: [
        { type: "string", enum: ["a", "b"], format: "x" },
        { type: "string", enum: ["c", "d"], format: "y" },
      ],
    },
    {
      anyOf: [
        { type: "string", enum: ["c", "d"], format: "y" },
        { type: "string", enum: ["a", "b"], format: "x" },
      ],
    },
  ],

  ["a limit of integers in other words", { type: "integer", minimum: 1 }, { type: "integer", exclusiveMinimum: 0 }],
  ["a greatest integer in other words", { type: "integer", maximum: 1 }, { type: "integer", exclusiveMaximum: 2 }],
  ["a least length of 0", text, { type: "string", minLength: 0 }],
  ["a least number of items of 0", { type: "array", items: text }, { type: "array", items: text, minItems: 0 }],
  ["a least number of properties of 0", { type: "object" }, { type: "object", minProperties: 0 }],
  ["a limit of another type", text, { type: "string", maximum: 3 }],
  [
    "a limit beside values that keep it",
    { type: "string", enum: ["a"] },
    { type: "string", enum: ["a"], maxLength: 1 },
  ],
  [
    "the lower of two limits",
    { type: "integer", maximum: 8 },
    { allOf: [{ type: "integer", maximum: 8 }, { maximum: 9 }] },
  ],
  [
    "the stricter of two equal limits",
    { type: "number", exclusiveMaximum: 8 },
    { type: "number", exclusiveMaximum: 8, maximum: 8 },
  ],
  ["any two integers that are a multiple of 1", { type: "integer" }, { type: "integer", multipleOf: 1 }],
  ["items that need not differ", { type: "array", items: text }, { type: "array", items: text, uniqueItems: false }],
  ["a format that says what its type is", { type: "integer" }, { type: "integer", format: "int64" }],
  ["a format that says how wide a number is", { type: "number" }, { type: "number", format: "double" }],
  [
    "a format within its limits",
    { type: "integer", minimum: 0, maximum: 10 },
    { type: "integer", minimum: 0, maximum: 10, format: "int32" },
  ],
  ["other properties of any type", { type: "object" }, { type: "object", additionalProperties: true }],
  ["other properties without rules", { type: "object" }, { type: "object", additionalProperties: {} }],
  ["items of any type", { type: "array" }, { type: "array", items: {} }],
  ["a list of items (3.0)", { type: "array", prefixItems: [text] }, { type: "array", items: [text] }],
  ["types that the keywords imply", object({ a: text }), { properties: { a: text } }],
  ["a list that its items imply", { type: "array", items: text }, { items: text }],
  ["a list that its first items imply", { type: "array", prefixItems: [text] }, { prefixItems: [text] }],
  [
    "an object that its patterns imply",
    { type: "object", patternProperties: { x: text } },
    { patternProperties: { x: text } },
  ],
  ["an object that what it requires implies", { type: "object", required: ["a"] }, { required: ["a"] }],
  ["one type in a list", text, { type: ["string"] }],
  ["a union of types", { type: ["string", "integer"] }, { anyOf: [text, { type: "integer" }] }],
  ["a union of values", { enum: ["a", "b"] }, { anyOf: [{ const: "a" }, { const: "b" }] }],
  ["null as a branch", { type: ["string", "null"] }, { oneOf: [text, { type: "null" }] }],
  ["null as a list of one type", { type: ["string", "null"] }, { oneOf: [text, { type: ["null"] }] }],
  ["null as a value of a branch", { type: ["string", "null"] }, { oneOf: [text, { const: null }] }],
  ["null as a list of one value", { type: ["string", "null"] }, { oneOf: [text, { enum: [null] }] }],
  ["branches that are apart by type", { anyOf: [text, { type: "object" }] }, { oneOf: [text, { type: "object" }] }],
  [
    "branches that are apart by length",
    {
      anyOf: [
        { type: "string", maxLength: 3 },
        { type: "string", minLength: 4 },
      ],
    },
    {
      oneOf: [
        { type: "string", maxLength: 3 },
        { type: "string", minLength: 4 },
      ],
    },
  ],
  [
    "branches that are apart by an excluded limit",
    {
      anyOf: [
        { type: "number", maximum: 5 },
        { type: "number", exclusiveMinimum: 5 },
      ],
    },
    {
      oneOf: [
        { type: "number", maximum: 5 },
        { type: "number", exclusiveMinimum: 5 },
      ],
    },
  ],
  ["branches that are apart by a tag", { anyOf: [cat, dog] }, { oneOf: [cat, dog] }],
  [
    "branches that are apart by what they require and forbid",
    { anyOf: [object({ a: text }, { additionalProperties: false }), object({ b: text }, { required: ["b"] })] },
    { oneOf: [object({ a: text }, { additionalProperties: false }), object({ b: text }, { required: ["b"] })] },
  ],
  [
    "branches that are apart by the type of what they require",
    { anyOf: [object({ a: text }, { required: ["a"] }), object({ a: { type: "integer" } })] },
    { oneOf: [object({ a: text }, { required: ["a"] }), object({ a: { type: "integer" } })] },
  ],
  [
    "a mapping of a discriminator that its names imply",
    { oneOf: [cat, dog], discriminator: { propertyName: "kind" } },
    {
      oneOf: [cat, dog],
      discriminator: {
        propertyName: "kind",
        mapping: { Cat: "#/components/schemas/Cat", Dog: "#/components/schemas/Dog" },
      },
    },
  ],
];

const addition: readonly Row[] = [
  [
    "a property that others of its type stood for",
    { type: "object", additionalProperties: text },
    object({ a: text }, { additionalProperties: text }),
  ],
  ["a property of an open object", object({}), object({ a: text })],
];

const split: readonly Row[] = [
  [
    "two objects in place of one that says nothing",
    { anyOf: [object({}), { type: "string", maxLength: 3 }] },
    { anyOf: [object({ a: text }), object({ b: text }), { type: "string", maxLength: 3 }] },
  ],
];

const properties = (...names: readonly string[]): object =>
  object(Object.fromEntries(names.map((name) => [name, text])));

const other: readonly Row[] = [
  [
    "another name in XML of a number with a format",
    { type: "integer", format: "int64", xml: { name: "a" } },
    { type: "integer", format: "int64", xml: { name: "b" } },
  ],
  [
    "properties of any name in place of one, of another type",
    object({ a: text }),
    { type: "object", additionalProperties: { type: "integer" } },
  ],
  ...[
    ["three of ten properties", ["a", "b", "c"]],
    ["two of eleven properties", ["a", "b"]],
  ].map(([what, shared]): Row => [
    `a branch that has ${String(what)} in common with the one before`,
    { anyOf: [properties(...shared!, "d", "e", "f"), { type: "string", maxLength: 5 }] },
    { anyOf: [properties(...shared!, "g", "h", "i", "j"), { type: "string", maxLength: 5 }] },
  ]),
  ["another type", text, { type: "integer" }],
  ["another value", { const: "a" }, { const: "b" }],
  ["another multiple", { type: "integer", multipleOf: 4 }, { type: "integer", multipleOf: 6 }],
  ["another pattern", { type: "string", pattern: "^a" }, { type: "string", pattern: "^b" }],
  ["another condition", { type: "string", not: { const: "a" } }, { type: "string", not: { const: "b" } }],
  ["a condition", text, { type: "string", not: { const: "a" } }],
  ["another encoding", { type: "string", contentEncoding: "base64" }, { type: "string", contentEncoding: "base64url" }],
  ["a second union", { oneOf: [cat, dog] }, { oneOf: [cat, dog], anyOf: [object({ a: text }), object({ b: text })] }],
  [
    "a second union with another branch",
    { oneOf: [cat, dog], anyOf: [object({ a: text }), object({ b: text })] },
    { oneOf: [cat, dog], anyOf: [object({ a: text }), object({ b: text }), object({ c: text })] },
  ],
];

describe.each([
  { kind: "narrower", rows: narrower, title: "fewer values are legal there, and more back" },
  { kind: "exclusive", rows: exclusive, title: "what fits two branches is rejected there, and legal back" },
  { kind: "same", rows: same, title: "the same values are legal" },
  { kind: "addition", rows: addition, title: "there is more to say there, and less back" },
  { kind: "split", rows: split, title: "one branch becomes several" },
  { kind: "other", rows: other, title: "other values are legal" },
] as const)("$title:", ({ kind, rows }) => {
  const named = rows.map(([what, before, after, openapi]) => ({ what, before, after, openapi }));
  it.each(named)("$what", async ({ before, after, openapi }) => {
    const { levels, told } = await levelsOf(before, after, openapi);
    expect({ levels, told }).toMatchObject({ levels: meaning(kind) });
    // A new sentence or place shows in the diff of the snapshot; `vitest -u` accepts it.
    expect(told).toMatchSnapshot();
  });
});
