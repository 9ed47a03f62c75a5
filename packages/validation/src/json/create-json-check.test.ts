import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { createJsonValidator } from "../json.ts";
import { suggestValue } from "../parameters/suggest-value.ts";
import { hostileValue } from "../testing/hostile-values.ts";
import type { JsonRules, JsonSchemas } from "./json-rules.ts";

async function messages(rules: JsonRules, value: unknown, schemas: JsonSchemas = {}): Promise<string[]> {
  const { issues, warnings } = await createJsonValidator(rules, { schemas, suggest: suggestValue })(value);
  return [...issues, ...warnings].map(({ message, fix }) => `${message} ${fix}`);
}

describe("what is wrong with a JSON value is said with its place, what was received, what is allowed and what to do:", () => {
  const message: JsonRules = {
    type: "object",
    required: ["role", "content"],
    properties: {
      role: { enum: ["user", "assistant"] },
      content: {
        anyOf: [
          { type: "string", minLength: 1 },
          {
            type: "array",
            minItems: 1,
            items: {
              anyOf: [
                {
                  type: "object",
                  required: ["type", "text"],
                  properties: { type: { const: "text" }, text: { type: "string" } },
                },
                {
                  type: "object",
                  required: ["type", "url"],
                  properties: { type: { const: "image" }, url: { type: "string", format: "uri" } },
                },
              ],
            },
          },
        ],
      },
    },
  };
  const body: JsonRules = {
    type: "object",
    required: ["model", "messages"],
    additionalProperties: false,
    properties: {
      model: { type: "string" },
      messages: { type: "array", items: { $ref: "Message" } },
      temperature: { type: ["number", "null"], minimum: 0, exclusiveMaximum: 2 },
      step: { type: "number", multipleOf: 0.1 },
      stop: { type: "array", maxItems: 2, uniqueItems: true, items: { type: "string", pattern: "^\\S+$" } },
      metadata: { type: "object", maxProperties: 1, additionalProperties: { type: "string" } },
      nested: { $ref: "Nested" },
    },
  };
  const schemas: JsonSchemas = {
    Message: message,
    Nested: { type: "object", properties: { child: { $ref: "Nested" }, size: { type: "integer" } } },
  };
  const good = { model: "m", messages: [{ role: "user", content: "Hi" }] };

  test.each<[what: string, change: object, said: string[]]>([
    ["nothing", {}, []],
    ["a date, which is sent as text", { model: new Date(0) }, []],
    ["what is not sent", { temperature: undefined, metadata: { a: "b", c: undefined } }, []],
    ["a multiple in binary fractions", { step: 0.30000000000000004 }, []],
    ["a multiple of which the sum has lost a bit", { step: 9.99999999999998 }, []],
    ["a multiple that is large", { step: 1_234_567.1 }, []],
    [
      "what is between two multiples, however large",
      { step: 123_456_789.15 },
      ["step must be a multiple of 0.1, not 123456789.15. Pass a multiple of 0.1."],
    ],
    ["a name that is missing", { model: undefined }, ["model is missing: it must be text. Pass text."]],
    ["a wrong type", { model: 5 }, ['model must be text, not 5. Did you mean "5"?']],
    ["several types", { temperature: "1" }, ['temperature must be a number or null, not "1". Pass a number or null.']],
    ["an unknown name", { temprature: 1 }, ["Unknown parameter: temprature. Did you mean temperature?"]],
    ["a limit", { temperature: 2 }, ["temperature must be less than 2, not 2. Pass less than 2."]],
    ["a multiple", { step: 0.25 }, ["step must be a multiple of 0.1, not 0.25. Pass a multiple of 0.1."]],
    [
      "a repeated item",
      { stop: ["a", "a"] },
      ['stop must not have an item twice, and has "a" twice. Remove one of them.'],
    ],
    ["too many items", { stop: ["a", "b", "c"] }, ["stop must be at most 2 items, not 3. Pass at most 2 items."]],
    [
      "a pattern, deep",
      { stop: [" "] },
      ['stop.0 must be text that matches ^\\S+$, not " ". Pass text that matches ^\\S+$.'],
    ],
    [
      "too many fields",
      { metadata: { a: "b", c: "d" } },
      ["metadata must be at most 1 field, not 2. Pass at most 1 field."],
    ],
    ["a field of any name", { metadata: { a: 1 } }, ['metadata.a must be text, not 1. Did you mean "1"?']],
    [
      "a rule that contains itself",
      { nested: { child: { child: { size: 1.5 } } } },
      ["nested.child.child.size must be a whole number, not 1.5. Did you mean 2?"],
    ],
    [
      "a name that looks misspelt where any is allowed",
      { nested: { sise: 1 } },
      ["nested.sise is not a documented parameter. Did you mean size?"],
    ],
    ["another name where any is allowed", { nested: { otter: 1 } }, []],
    ["a name that looks like one that is there", { nested: { size: 1, sise: 1 } }, []],
    [
      "a listed value",
      { messages: [{ role: "usr", content: "Hi" }] },
      ['messages.0.role must be user or assistant, not "usr". Did you mean user?'],
    ],
    [
      "the alternative that was meant, by its type",
      { messages: [{ role: "user", content: "" }] },
      ["messages.0.content must be at least 1 character, not 0. Pass at least 1 character."],
    ],
    [
      "the alternative that was meant, by its tag",
      { messages: [{ role: "user", content: [{ type: "image" }] }] },
      ["messages.0.content.0.url is missing: it must be text. Pass text."],
    ],
    [
      "no alternative",
      { messages: [{ role: "user", content: 5 }] },
      ["messages.0.content must be text or an array, not 5. Pass text or an array."],
    ],
    [
      "a format, as a warning",
      { messages: [{ role: "user", content: [{ type: "image", url: "otter.png" }] }] },
      ['messages.0.content.0.url is "otter.png", which does not look like a URL. Pass a URL.'],
    ],
    ["what JSON can't state", { model: 5n }, ["model must be text, not 5n. Pass text."]],
  ])("%s", async (_, change, said) => {
    expect(await messages(body, { ...good, ...change }, schemas)).toEqual(said);
  });

  it("of a body that is a list, and of one that need not be there", async () => {
    expect(await messages(body, [], schemas)).toEqual([
      "The request must be an object, not object Array. Pass an object.",
    ]);
    expect(await createJsonValidator(body, { schemas, optional: true })(undefined)).toMatchObject({ valid: true });
    expect(await createJsonValidator(body, { schemas })(undefined)).toMatchObject({ valid: false });
  });
});

describe("of a value alone is said", () => {
  const jsonValue = "a value that JSON can state";
  const named = (a: JsonRules): JsonRules => ({ type: "object", required: ["a"], properties: { a } });

  it.each<[rules: JsonRules, value: unknown, said: string[]]>([
    ...[Number.NaN, Infinity, 5n, Symbol("a")].map((value): [JsonRules, unknown, string[]] => [
      {},
      value,
      [expect.stringMatching(`^The request must be ${jsonValue}, not .*\\. Pass ${jsonValue}\\.$`) as string],
    ]),
    [{}, () => 1, [`The request must be ${jsonValue}, not object Function. Pass ${jsonValue}.`]],
    [{}, undefined, ["The request is missing: it must be a value. Pass a value."]],
    [{ type: "number" }, "1.5", ['The request must be a number, not "1.5". Did you mean 1.5?']],
    [{ type: "boolean" }, "true", ['The request must be true or false, not "true". Did you mean true?']],
    [{ type: "boolean" }, "yes", ['The request must be true or false, not "yes". Pass true or false.']],
    [{ type: "integer" }, "2.7", ['The request must be a whole number, not "2.7". Did you mean 3?']],
    [{ type: "array" }, "5", ['The request must be an array, not "5". Pass an array.']],
    [{ type: "null" }, "5", ['The request must be null, not "5". Pass null.']],
    [{ type: ["string", "number"] }, true, ["The request must be text or a number, not true. Pass text or a number."]],
    [
      { type: "string", minLength: 2 },
      "😀",
      ["The request must be at least 2 characters, not 1. Pass at least 2 characters."],
    ],
    [
      { type: "string", maxLength: 1 },
      "😀😀",
      ["The request must be at most 1 character, not 2. Pass at most 1 character."],
    ],
    [{ const: { a: 1 } }, 5, ['The request must be {"a":1}, not 5. Pass {"a":1}.']],
    [{ enum: [true] }, "true", ['The request must be true, not "true". Pass true.']],
    [named({}), {}, ["a is missing: it must be a value. Pass a value."]],
    [named({ enum: ["x", 1, null] }), {}, ['a is missing: it must be "x", 1 or null. Pass "x", 1 or null.']],
    [
      named({ enum: Array.from({ length: 12 }, (_, index) => index) }),
      {},
      [
        "a is missing: it must be 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 or 2 other things. Pass 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 or 2 other things.",
      ],
    ],
    [named({ type: ["string", "null"] }), {}, ["a is missing: it must be text or null. Pass text or null."]],
    [{ type: "object", required: ["b"] }, {}, ["b is missing: it must be a value. Pass a value."]],
    [
      { type: "object", properties: { a: { type: "string" } }, additionalProperties: false },
      { a: "x", b: 1 },
      ["Unknown parameter: b. Remove it. The parameters are a."],
    ],
    [
      { type: "object", patternProperties: { "^x-": { type: "integer" } }, additionalProperties: { type: "string" } },
      { "x-a": "b", c: 1 },
      ['x-a must be a whole number, not "b". Pass a whole number.', 'c must be text, not 1. Did you mean "1"?'],
    ],
    [
      { type: "array", prefixItems: [{ type: "string" }, { type: "integer" }] },
      [1, "a", null],
      ['0 must be text, not 1. Did you mean "1"?', '1 must be a whole number, not "a". Pass a whole number.'],
    ],
    [
      { type: "array", prefixItems: [{ type: "string" }], items: { type: "null" } },
      ["a", null, 1],
      ["2 must be null, not 1. Pass null."],
    ],
    [{ type: "array", items: { type: "null" } }, [undefined, () => 1, Symbol("a")], []],
    [{ type: "object", maxProperties: 1 }, { a: 1, b: undefined, c: () => 1, d: Symbol("a") }, []],
    [{ patternProperties: { "^x-": { type: "integer" } }, additionalProperties: false }, { "x-a": 1 }, []],
    [{ allOf: [{ properties: { size: {} } }, { properties: { side: {} } }] }, { side: 1 }, []],
    [
      { anyOf: [{ type: "object", properties: { a: { type: "string" } } }, { type: "string" }] },
      { a: 5 },
      ['a must be text, not 5. Did you mean "5"?'],
    ],
    [
      { multipleOf: 1 },
      1.0000000000001,
      ["The request must be a multiple of 1, not 1.0000000000001. Pass a multiple of 1."],
    ],
    [{ multipleOf: 1e-10 }, 1e308, []],
    [
      { patternProperties: { "^\\p{L}": { type: "integer" } } },
      { é: "x" },
      ['é must be a whole number, not "x". Pass a whole number.'],
    ],
    [{ type: "array", prefixItems: [{ type: "string" }, { type: "integer" }] }, ["a"], []],
  ])("of the rules %j and the value %o", async (rules, value, said) => {
    expect(await messages(rules, value)).toEqual(said);
  });

  it.each<[rules: JsonRules, value: unknown, issue: object]>([
    [{ type: "string" }, 5, { code: "wrong_type", received: 5, allowed: "text" }],
    [{ enum: ["a", "b"] }, "c", { code: "not_allowed", received: "c", allowed: ["a", "b"] }],
    [{ minimum: 2 }, 1, { code: "number_too_small", received: 1, allowed: 2 }],
    [{ maximum: 2 }, 3, { code: "number_too_large", received: 3, allowed: 2 }],
    [{ exclusiveMinimum: 2 }, 2, { code: "number_not_above", received: 2, allowed: 2 }],
    [{ exclusiveMaximum: 2 }, 2, { code: "number_not_below", received: 2, allowed: 2 }],
    [{ multipleOf: 2 }, 3, { code: "not_a_multiple", received: 3, allowed: 2 }],
    [{ minLength: 2 }, "a", { code: "text_too_short", allowed: 2 }],
    [{ maxLength: 2 }, "abc", { code: "text_too_long", allowed: 2 }],
    [{ pattern: "^a" }, "b", { code: "pattern_mismatch", received: "b", allowed: "^a" }],
    [{ minItems: 2 }, [1], { code: "too_few_items", allowed: 2 }],
    [{ maxItems: 1 }, [1, 2], { code: "too_many_items", allowed: 1 }],
    [{ uniqueItems: true }, [1, 1], { code: "items_repeated", allowed: "different items" }],
    [{ minProperties: 1 }, {}, { code: "too_few_properties", allowed: 1 }],
    [{ maxProperties: 1 }, { a: 1, b: 2 }, { code: "too_many_properties", allowed: 1 }],
    [{ required: ["a"] }, {}, { code: "missing", path: ["a"], allowed: "a value" }],
    [
      { properties: { a: {} }, additionalProperties: false },
      { b: 1 },
      { code: "unknown_parameter", path: ["b"], allowed: ["a"] },
    ],
    [
      { anyOf: [{ type: "string" }, { type: "null" }] },
      5,
      { code: "no_alternative", received: 5, allowed: "text or null" },
    ],
  ])("in an issue with a code, %j of %j", async (rules, value, issue) => {
    const { issues } = await createJsonValidator(rules)(value);
    expect(issues).toMatchObject([{ severity: "error", path: [], ...issue }]);
  });

  it.each<[rules: JsonRules, value: unknown, issue: object]>([
    [{ format: "date" }, "x", { code: "format_mismatch", path: [], received: "x" }],
    [{ properties: { size: {} } }, { siez: 1 }, { code: "undocumented_parameter", path: ["siez"], allowed: ["size"] }],
  ])("in a warning with a code, %j of %j", async (rules, value, warning) => {
    const { issues, warnings } = await createJsonValidator(rules, { suggest: suggestValue })(value);
    expect({ issues, warnings }).toMatchObject({ issues: [], warnings: [{ severity: "warning", ...warning }] });
  });

  it("no more than a part, of a listed value that is long", async () => {
    const [said] = await messages({ enum: [{ a: "b".repeat(80) }] }, 5);
    expect(said).toBe(`The request must be {"a":"${"b".repeat(51)}…, not 5. Pass {"a":"${"b".repeat(51)}….`);
    const [whole] = await messages({ enum: [{ a: "b".repeat(52) }] }, 5);
    expect(whole).toContain(`{"a":"${"b".repeat(52)}"}, not 5`);
  });

  it.each<[what: string, branches: JsonRules[], said: string]>([
    ["by reference", [{ $ref: "Far" }, { type: "string" }], "an object with type and url or text"],
    ["that says nothing of its type", [{ $ref: "Small" }, { multipleOf: 3 }, { type: "string" }], "another value"],
    ["of one value", [{ const: "a" }, { enum: ["b", null] }], '"a" or "b" or null'],
    [
      "with many names",
      [{ required: ["a", "b", "c", "d", "e", "f"], type: "object" }, { type: "null" }],
      "an object with a, b, c, d and e or null",
    ],
  ])("which alternatives there are, with one %s", async (_, anyOf, said) => {
    const schemas: JsonSchemas = {
      Far: { $ref: "Near" },
      Near: { type: "object", required: ["type", "url"] },
      Small: { maximum: 4 },
    };
    expect(await messages({ anyOf }, 5, schemas)).toEqual([`The request must be ${said}, not 5. Pass ${said}.`]);
  });
});

describe("what is allowed is listed:", () => {
  const tagged = (...names: readonly string[]): JsonRules => ({ type: "object", required: names });

  it.each<[what: string, rules: JsonRules, value: unknown, said: string[]]>([
    [
      "the alternatives of the value's type alone",
      { anyOf: [{ type: "string" }, tagged("a", "b"), tagged("c")] },
      {},
      [
        "The request must be an object with a and b or an object with c, not object Object. Pass an object with a and b or an object with c.",
      ],
    ],
    [
      "ten of many alternatives",
      { anyOf: Array.from({ length: 13 }, (_, index) => ({ const: index })) },
      20,
      [
        "The request must be 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 or 3 other things, not 20. Pass 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 or 3 other things.",
      ],
    ],
    [
      "a number that was written as text",
      { enum: [256, 512, null] },
      "512",
      ['The request must be 256, 512 or null, not "512". Did you mean 512?'],
    ],
    [
      "a limit that is excluded",
      { type: "number", exclusiveMinimum: 0 },
      0,
      ["The request must be more than 0, not 0. Pass more than 0."],
    ],
    [
      "a list of too few items",
      { type: "array", minItems: 2 },
      [1],
      ["The request must be at least 2 items, not 1. Pass at least 2 items."],
    ],
    [
      "an object of too few fields",
      { type: "object", minProperties: 1 },
      {},
      ["The request must be at least 1 field, not 0. Pass at least 1 field."],
    ],
  ])("%s", async (_, rules, value, said) => {
    expect(await messages(rules, value)).toEqual(said);
  });

  const listed: JsonRules = { enum: [{ a: 1, b: [1, null, { c: "d" }] }, [1, 2], null] };

  it.each<[what: string, value: unknown]>([
    ["an object with its names in another order", { b: [1, null, { c: "d" }], a: 1 }],
    ["an object with what JSON leaves out", { a: 1, b: [1, undefined, { c: "d", e: undefined }], f: () => {} }],
    ["an object that says itself what JSON has of it", { toJSON: () => [1, 2] }],
    ["a list", [1, 2]],
    ["null", null],
  ])("%s is one of the listed values", async (_, value) => {
    expect(await messages(listed, value)).toEqual([]);
  });

  it.each<[what: string, value: unknown]>([
    ["one name more", { a: 1, b: [1, null, { c: "d" }], e: 1 }],
    ["one name less", { a: 1 }],
    ["another name", { a: 1, c: [1, null, { c: "d" }] }],
    ["another value, deep", { a: 1, b: [1, null, { c: "e" }] }],
    ["a list of one item more", [1, 2, 3]],
    ["a list in another order", [2, 1]],
    ["an object in place of a list", { 0: 1, 1: 2 }],
    ["an empty object", {}],
  ])("%s is not one of the listed values", async (_, value) => {
    expect(await messages(listed, value)).toHaveLength(1);
  });

  it("null is not one of listed objects and lists", async () => {
    expect(await messages({ enum: [{ a: 1 }, [1]] }, null)).toEqual([
      'The request must be {"a":1} or [1], not null. Pass {"a":1} or [1].',
    ]);
  });
});

it("nothing is guessed for a name or a value of which none is known", async () => {
  expect(await messages({ enum: [{ a: 1 }] }, { 0: 1, 1: 2 })).toEqual([
    'The request must be {"a":1}, not object Object. Pass {"a":1}.',
  ]);
  expect(await messages({ enum: [null] }, "5")).toEqual(['The request must be null, not "5". Pass null.']);
  expect(await messages({ type: ["string", "array", "null"] }, 5)).toEqual([
    "The request must be text, an array or null, not 5. Pass text, an array or null.",
  ]);
});

describe("items that have to differ", () => {
  const rules: JsonRules = { type: "array", uniqueItems: true };

  it.each<[what: string, items: unknown[]]>([
    [
      "objects with their names in another order",
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
    ],
    ["objects of which one has what JSON leaves out", [{ a: 1 }, { a: 1, b: undefined }]],
    ["boxed and plain values", [1, Object(1)]],
    ["null and nothing", [null, undefined]],
    [
      "lists",
      [
        [1, [2]],
        [1, [2]],
      ],
    ],
  ])("are the same: %s", async (_, items) => {
    expect(await messages(rules, items)).toEqual([expect.stringContaining("must not have an item twice")]);
  });

  it.each<[what: string, items: unknown[]]>([
    ["a number and its text", [1, "1"]],
    [
      "lists in another order",
      [
        [1, 2],
        [2, 1],
      ],
    ],
    ["a list and an object", [[], {}]],
    ["objects with another name", [{ a: 1 }, { b: 1 }]],
    ["text with a comma, and two texts", [["a,b"], ["a", "b"]]],
  ])("differ: %s", async (_, items) => {
    expect(await messages(rules, items)).toEqual([]);
  });
});

it("a file is asked for where a path is passed", async () => {
  expect(await messages({ type: "file" }, 5)).toEqual([expect.stringMatching(/^The request must be a file, not 5\. /)]);
  expect(await messages({ type: "file" }, "otter.png")).toEqual([
    'The request must be a file, not "otter.png". Did you mean fs.createReadStream(path)?',
  ]);
  expect(await messages({ type: "file" }, new URL("https://example.com/otter.png"))).toEqual([]);
  expect(await messages({ type: "file" }, new Uint8Array(8))).toEqual([]);
});

/** Rules of every keyword, and schemas that refer to each other. */
const anyRules: fc.Arbitrary<{ readonly rules: JsonRules; readonly schemas: JsonSchemas }> = (() => {
  // Not __proto__, of which Ajv passes over the rules.
  const names = ["a", "b", "c", "constructor"];
  const scalar = fc.oneof(
    fc.constantFrom(null, true, false, "", "a", "bb", "😀😀"),
    fc.integer({ min: -3, max: 12 }),
    fc.constantFrom(0.5, 1.5),
  );
  const { rules } = fc.letrec<{ rules: JsonRules }>((tie) => {
    const below = tie("rules");
    const map = fc.dictionary(fc.constantFrom(...names), below, { maxKeys: 3, noNullPrototype: true });
    const small = fc.integer({ min: 0, max: 3 });
    const optional = <Fields extends Record<string, fc.Arbitrary<unknown>>>(fields: Fields): fc.Arbitrary<JsonRules> =>
      fc.record(fields, { requiredKeys: [] }) as fc.Arbitrary<JsonRules>;
    const type = fc.constantFrom("string", "number", "integer", "boolean", "array", "object", "null");
    return {
      rules: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        optional({ type, enum: fc.uniqueArray(scalar, { minLength: 1, maxLength: 3 }) }),
        fc
          .record({ type: fc.constant("string") }, {})
          .chain((base) =>
            optional({ minLength: small, maxLength: small, pattern: fc.constantFrom("^a", "b+$", "\\p{L}") }).map(
              (own) => ({ ...base, ...own }) as JsonRules,
            ),
          ),
        optional({
          type: fc.constantFrom("number", "integer"),
          minimum: small,
          maximum: fc.integer({ min: 2, max: 9 }),
          exclusiveMinimum: small,
          exclusiveMaximum: fc.integer({ min: 2, max: 9 }),
          multipleOf: fc.constantFrom(1, 2, 3),
        }),
        optional({
          type: fc.oneof(fc.constant("array"), fc.uniqueArray(type, { minLength: 1, maxLength: 3 })),
          items: below,
          prefixItems: fc.array(below, { minLength: 1, maxLength: 2 }),
          minItems: small,
          maxItems: small,
          uniqueItems: fc.boolean(),
        }),
        optional({
          type: fc.constant("object"),
          properties: map,
          required: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 }),
          additionalProperties: fc.oneof(fc.boolean(), below),
          patternProperties: fc.constantFrom(undefined, { "^[ab]": { type: "integer" } }).map((value) => value ?? {}),
          minProperties: small,
          maxProperties: small,
        }),
        optional({
          anyOf: fc.array(below, { minLength: 1, maxLength: 3 }),
          allOf: fc.array(below, { minLength: 1, maxLength: 2 }),
        }),
        fc.constantFrom<JsonRules>({ $ref: "X" }, { $ref: "Y" }),
      ),
    };
  });
  return fc.record({ rules, schemas: fc.record({ X: rules, Y: rules }) });
})();

// Of numbers that JavaScript writes with an exponent, Ajv reads only the first digits for `multipleOf`.
const anyJson = fc.jsonValue({ maxDepth: 2 }).filter((value) => !/\de\+/.test(JSON.stringify(value)));
/** Values that are often near what rules of {@link anyRules} allow. */
const anyValue = anyJson.chain(
  (other) =>
    fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        fc.constantFrom(null, true, "", "a", "bb", "😀😀", 0, 1, 2, 3, 6, 0.5, -1),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom("a", "b", "c", "d", "__proto__", "constructor"), tie("value"), {
          maxKeys: 3,
          noNullPrototype: true,
        }),
        fc.constant(other),
      ),
    })).value,
);

/** Whether references lead to each other without anything between them: of such rules, Ajv runs out of its stack. */
function isCircular({ rules, schemas }: { readonly rules: JsonRules; readonly schemas: JsonSchemas }): boolean {
  const visit = (one: JsonRules, seen: readonly string[]): boolean => {
    if (one.$ref !== undefined) {
      if (seen.includes(one.$ref) || visit(schemas[one.$ref] ?? {}, [...seen, one.$ref])) return true;
    }
    return [...(one.allOf ?? []), ...(one.anyOf ?? [])].some((branch) => visit(branch, seen));
  };
  return [rules, ...Object.values(schemas)].some((one) => visit(one, []));
}

/** The same as a JSON Schema by itself. */
function schemaOf({ rules, schemas }: { readonly rules: JsonRules; readonly schemas: JsonSchemas }): object {
  const text = JSON.stringify({ $ref: "#/$defs/Start", $defs: { ...schemas, Start: rules } });
  return JSON.parse(text.replaceAll(/"\$ref":"([XY])"/g, '"$ref":"#/$defs/$1"')) as object;
}

it("rejects what Ajv rejects, and nothing else", async () => {
  await fc.assert(
    fc.asyncProperty(
      anyRules.filter((one) => !isCircular(one)),
      fc.array(anyValue, { minLength: 1, maxLength: 6 }),
      async ({ rules, schemas }, values) => {
        const oracle = new Ajv2020({ strict: false, validateSchema: false, ownProperties: true }).compile(
          schemaOf({ rules, schemas }),
        );
        const validate = createJsonValidator(rules, { schemas, suggest: suggestValue });
        for (const value of values) {
          const { valid, issues } = await validate(value);
          expect({ value, valid, issues: valid ? [] : issues.length > 0 }).toEqual({
            value,
            valid: oracle(value),
            issues: valid ? [] : true,
          });
        }
      },
    ),
    { numRuns: Number(process.env.FAST_CHECK_RUNS ?? 500) },
  );
});

it("names that every object has are names like any other", async () => {
  const properties = JSON.parse('{ "__proto__": { "type": "integer" }, "toString": { "type": "integer" } }') as object;
  const rules = { type: "object", required: ["__proto__", "toString"], properties } as JsonRules;
  expect(await messages(rules, {})).toEqual([
    "__proto__ is missing: it must be a whole number. Pass a whole number.",
    "toString is missing: it must be a whole number. Pass a whole number.",
  ]);
  expect(await messages(rules, JSON.parse('{ "__proto__": 1, "toString": 1 }'))).toEqual([]);
  expect(await messages(rules, JSON.parse('{ "__proto__": "x", "toString": 1 }'))).toHaveLength(1);
});

it("never throws and never hangs, whatever a value is", async () => {
  await fc.assert(
    fc.asyncProperty(anyRules, hostileValue, async ({ rules, schemas }, make) => {
      const validate = createJsonValidator(rules, { schemas, suggest: suggestValue });
      for (const value of [make(), { a: make() }, [make()]]) {
        const { valid, issues } = await validate(value);
        expect(valid).toBe(issues.length === 0);
        for (const { message } of issues) expect(message.length).toBeLessThan(5_000);
      }
    }),
  );
});

it("looks at a value once for rules that contain themselves in their alternatives", async () => {
  const own = { type: "object", properties: { a: { type: "string" } } } as const;
  const schemas: JsonSchemas = {
    X: { anyOf: [{ $ref: "Y" }, { $ref: "X" }, own], allOf: [{ $ref: "Y" }, own] },
    Y: { anyOf: [own, { $ref: "Y" }, { $ref: "X" }], allOf: [{ anyOf: [{ $ref: "X" }, own] }] },
  };
  let reads = 0;
  const value = {
    get a() {
      reads += 1;
      return 5;
    },
  };
  await createJsonValidator({ $ref: "Y" }, { schemas })(value);
  expect(reads).toBeGreaterThan(0);
  expect(reads).toBeLessThan(200);
});

it.each<[what: string, rules: JsonRules]>([
  ["that is compared with a short one", { enum: [[1], { a: 1 }] }],
  ["whose items have to differ", { uniqueItems: true }],
  ["whose items have rules", { items: { type: "null" } }],
  ["with all of it", { enum: [[1]], uniqueItems: true, items: { enum: [null, [1]], uniqueItems: true } }],
])("does not read a list to its end that is too long for that, %s", async (_, rules) => {
  let reads = 0;
  const long = new Proxy<unknown[]>([], {
    get(target, key, receiver) {
      if (key === "length") return 2 ** 32 - 1;
      if ((reads += 1) > 10_000_000) throw new Error("All of it is read.");
      return Reflect.get(target, key, receiver) as unknown;
    },
  });
  for (const value of [long, [long]]) await createJsonValidator(rules)(value);
  expect(reads).toBeLessThan(10_000_000);
});

it("names what is missing also if its rules refer only to themselves", async () => {
  const schemas: JsonSchemas = { X: { $ref: "Y" }, Y: { $ref: "X" } };
  expect(await messages({ required: ["a"], properties: { a: { $ref: "X" } } }, {}, schemas)).toEqual([
    "a is missing: it must be a value. Pass a value.",
  ]);
});

it("ends for rules that refer only to themselves, and for alternatives of alternatives", async () => {
  const schemas: JsonSchemas = {
    X: { $ref: "Y" },
    Y: { $ref: "X" },
    Z: { anyOf: [{ allOf: [{ $ref: "Z" }, { type: "string" }] }, { allOf: [{ $ref: "Z" }, { type: "string" }] }] },
  };
  expect(await createJsonValidator({ $ref: "X" }, { schemas })(1)).toMatchObject({ valid: true });
  expect(await createJsonValidator({ $ref: "Z" }, { schemas })(1)).toBeDefined();
  const cycle: unknown[] = [];
  cycle.push(cycle);
  const list: JsonSchemas = { L: { type: "array", uniqueItems: true, items: { $ref: "L" } } };
  expect(await createJsonValidator({ $ref: "L" }, { schemas: list })(cycle)).toMatchObject({ valid: true });
});
