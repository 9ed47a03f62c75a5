import { describe, expect, test } from "vitest";
import { checkParameters, suggestValue, type Issue, type Parameter } from "../index.ts";

const image = new Uint8Array(1);
const images = (count: number): Uint8Array[] => Array.from({ length: count }, () => image);

/** What is wrong with one value, as `code: message fix`. */
function issuesOf(parameter: Partial<Parameter>, value: unknown): string[] {
  const { issues, warnings } = checkParameters([{ name: "p", ...parameter } as Parameter], { p: value }, suggestValue);
  return [...issues, ...warnings].map(({ code, message, fix }) => `${code}: ${message} ${fix}`);
}

describe("at a limit", () => {
  test.each<[what: string, parameter: Partial<Parameter>, valid: unknown[], invalid: unknown, issue: string]>([
    [
      "a minimum",
      { kind: "integer", minimum: 2 },
      [2, 3],
      1,
      "number_too_small: p must be at least 2, not 1. Pass at least 2.",
    ],
    [
      "a minimum of 0",
      { kind: "number", minimum: 0 },
      [0, 0.5],
      -0.5,
      "number_too_small: p must be at least 0, not -0.5. Pass at least 0.",
    ],
    [
      "a maximum",
      { kind: "integer", maximum: 2 },
      [2, 1],
      3,
      "number_too_large: p must be at most 2, not 3. Pass at most 2.",
    ],
    [
      "a maximum of 0",
      { kind: "number", maximum: 0 },
      [0, -1],
      0.5,
      "number_too_large: p must be at most 0, not 0.5. Pass at most 0.",
    ],
    [
      "a shortest text",
      { kind: "string", minimum: 2 },
      ["ab", "abc"],
      "a",
      "text_too_short: p must be at least 2 characters, not 1. Pass at least 2 characters.",
    ],
    [
      "a longest text",
      { kind: "string", maximum: 2 },
      ["ab", ""],
      "abc",
      "text_too_long: p must be at most 2 characters, not 3. Pass at most 2 characters.",
    ],
    [
      "a longest text of one character",
      { kind: "string", maximum: 1 },
      ["a", "🦦"],
      "ab",
      "text_too_long: p must be at most 1 character, not 2. Pass at most 1 character.",
    ],
    [
      "the fewest images",
      { kind: "images", minimum: 2 },
      [images(2), images(3)],
      images(1),
      "too_few_images: p must be at least 2 images, not 1. Pass at least 2 images.",
    ],
    [
      "the most images",
      { kind: "images", maximum: 2 },
      [images(2), []],
      images(3),
      "too_many_images: p must be at most 2 images, not 3. Pass at most 2 images.",
    ],
    [
      "a pattern",
      { kind: "string", pattern: "^a+$" },
      ["a", "aa"],
      "ab",
      'pattern_mismatch: p must be text that matches ^a+$, not "ab". Pass text that matches ^a+$.',
    ],
    [
      "a list of texts",
      { kind: "string", allowed: ["a", "b"] },
      ["a", "b"],
      "cccc",
      'not_allowed: p must be a or b, not "cccc". Pass a or b.',
    ],
    [
      "a list of numbers",
      { kind: "integer", allowed: [10, 20] },
      [10, 20],
      35,
      "not_allowed: p must be 10 or 20, not 35. Pass 10 or 20.",
    ],
  ])("%s accepts what is at it, and reports what is beyond it", (_, parameter, valid, invalid, issue) => {
    for (const value of valid) expect(issuesOf(parameter, value)).toEqual([]);
    expect(issuesOf(parameter, invalid)).toEqual([issue]);
  });

  test("a pattern matches characters, not the halves of surrogate pairs", () => {
    expect(issuesOf({ kind: "string", pattern: "^.$" }, "🦦")).toEqual([]);
  });

  test("a text that is too long is not matched with the pattern as well", () => {
    const parameter = { kind: "string", maximum: 2, pattern: "^a+$" } as const;
    expect(issuesOf(parameter, "bbb").map((issue) => issue.split(":")[0])).toEqual(["text_too_long"]);
    expect(issuesOf({ ...parameter, minimum: 2 }, "b").map((issue) => issue.split(":")[0])).toEqual([
      "text_too_short",
      "pattern_mismatch",
    ]);
  });
});

describe("the type", () => {
  const values = { string: "", integer: 1, number: 0.5, boolean: false, image, images: [image] };
  const names = {
    string: "text",
    integer: "a whole number",
    number: "a number",
    boolean: "true or false",
    image: "an image",
    images: "an array of images",
  };

  test.each(Object.keys(values) as (keyof typeof values)[])("of a parameter of the kind %s is checked", (kind) => {
    const others = { ...values, null: null, object: {}, infinite: Infinity, symbol: Symbol("s") };
    for (const [name, value] of Object.entries(others)) {
      const isValid = name === kind || (kind === "number" && name === "integer");
      const codes = issuesOf({ kind }, value).map((issue) => issue.split(/(?<=:) .*, not /)[0]);
      expect({ name, codes }).toEqual({ name, codes: isValid ? [] : ["wrong_type:"] });
    }
    expect(checkParameters([{ name: "p", kind, required: true } as Parameter], {}).issues).toEqual([
      {
        code: "missing",
        severity: "error",
        path: ["p"],
        message: `p is missing: it must be ${names[kind]}.`,
        received: undefined,
        allowed: names[kind],
        fix: `Pass ${names[kind]}.`,
      },
    ]);
  });

  test.each([
    { required: false, nullable: false, value: undefined, code: undefined },
    { required: true, nullable: false, value: undefined, code: "missing" },
    { required: true, nullable: true, value: undefined, code: "missing" },
    { required: false, nullable: false, value: null, code: "wrong_type" },
    { required: false, nullable: true, value: null, code: undefined },
    { required: true, nullable: true, value: null, code: undefined },
  ])("$value, if required is $required and nullable $nullable: $code", ({ value, code, ...rules }) => {
    const { issues } = checkParameters([{ name: "p", kind: "string", ...rules }], { p: value });
    expect(issues.map((issue) => issue.code)).toEqual(code === undefined ? [] : [code]);
  });

  test("of the request is an object", () => {
    expect(checkParameters([], "otter").issues).toEqual([
      {
        code: "wrong_type",
        severity: "error",
        path: [],
        message: 'The request must be an object, not "otter".',
        received: "otter",
        allowed: "an object",
        fix: "Pass an object.",
      },
    ]);
  });

  test("of each item of an array is checked, and named by its place", () => {
    const { issues } = checkParameters([{ name: "p", kind: "images" }], { p: [image, "otter.png", image, 5] });
    expect(issues.map(({ path, message }) => [path, message])).toEqual([
      [["p", 1], 'p.1 must be an image, not "otter.png".'],
      [["p", 3], "p.3 must be an image, not 5."],
    ]);
  });
});

test("checks the first hundred items of an array without a maximum", () => {
  const { issues } = checkParameters([{ name: "p", kind: "images" }], { p: Array.from({ length: 150 }, () => 5) });
  expect(issues).toHaveLength(100);
  expect(issues.at(-1)?.path).toEqual(["p", 99]);
});

test("reports a value that throws when it is looked at as unreadable, once", () => {
  const throwing = new Proxy([image], {
    get: () => {
      throw new Error("a trap");
    },
  });
  const { issues } = checkParameters([{ name: "p", kind: "images", minimum: 1 }], { p: throwing });
  expect(issues.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    "wrong_type: p must be an array of images, not unreadable.",
  ]);
});

describe("a known value", () => {
  const model: Parameter = { name: "model", kind: "string", known: ["dall-e-2"] };
  const warningsOf = (value: string, suggest?: typeof suggestValue): Issue[] =>
    checkParameters([model], { model: value }, suggest).warnings;

  test("that is almost written is a warning, if a guess can be made", () => {
    expect(warningsOf("dall-e2", suggestValue)).toEqual([
      {
        code: "unknown_value",
        severity: "warning",
        path: ["model"],
        message: 'model is "dall-e2", which is not a known name.',
        received: "dall-e2",
        allowed: ["dall-e-2"],
        fix: "Did you mean dall-e-2?",
      },
    ]);
  });

  test("causes no warning, nor does a value that is like none, nor any without a guess", () => {
    expect(warningsOf("dall-e-2", suggestValue)).toEqual([]);
    expect(warningsOf("otter", suggestValue)).toEqual([]);
    expect(warningsOf("dall-e2")).toEqual([]);
  });
});

describe("unknown parameters", () => {
  const unknown = (count: number): object =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`x${index}`, index]));
  const table: Parameter[] = [
    { name: "size", kind: "string" },
    { name: "n", kind: "integer" },
  ];

  test("are reported by name, with what is known", () => {
    expect(checkParameters(table, { otters: 1, sise: 2, gone: undefined }, suggestValue).issues).toEqual([
      {
        code: "unknown_parameter",
        severity: "error",
        path: ["otters"],
        message: "Unknown parameter: otters.",
        received: "otters",
        allowed: ["size", "n"],
        fix: "Remove it. The parameters are size or n.",
      },
      expect.objectContaining({ path: ["sise"], fix: "Did you mean size?" }),
    ]);
  });

  test.each([
    [19, 19],
    [20, 20],
    [21, 21],
    [22, 21],
  ])("of which there are %i make %i issues: twenty names at most, then a number", (count, expected) => {
    const { issues } = checkParameters(table, unknown(count));
    expect(issues).toHaveLength(expected);
    const last = issues.at(-1);
    expect(last?.message).toBe(
      count > 20 ? `Unknown parameter: ${count - 20} more.` : `Unknown parameter: x${count - 1}.`,
    );
    expect(last?.path).toEqual(count > 20 ? [] : [`x${count - 1}`]);
  });

  test("with a long name are cut off in the message, not in the path", () => {
    const [issue] = checkParameters(table, { ["o".repeat(100)]: 1 }).issues;
    expect(issue?.message).toBe(`Unknown parameter: ${"o".repeat(99)}.`);
    expect(issue?.path).toEqual(["o".repeat(100)]);
  });
});
