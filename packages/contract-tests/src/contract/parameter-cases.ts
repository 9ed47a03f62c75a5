import { resolve, type SchemaObject } from "@image-variations/codegen/document";
import { document } from "@image-variations/spec";
import fc from "fast-check";
import { operation } from "./operation.ts";

/** One value of one parameter, with the verdict that the spec's schema has for it. */
export interface ParameterCase {
  readonly parameter: string;
  /** The value in words: "the most". */
  readonly what: string;
  readonly value: string | number | boolean;
  /** The keyword of the schema that forbids the value; absent if it is allowed. */
  readonly forbiddenBy?: string;
}

type Value = Omit<ParameterCase, "parameter">;

const understood = new Set(
  "type enum anyOf minimum maximum minLength maxLength pattern default title description deprecated example".split(" "),
);

const anyText: readonly Value[] = [
  { what: "a word", value: "otter" },
  { what: "words of several scripts", value: "Otter, Ōtā, 獭, 🦦" },
  { what: "text that looks like multipart", value: 'a;b="c"\r\n--d\r\n\r\ne&f=%22' },
];

/** Values of every parameter but the image: at, inside and outside of what the spec allows. */
export const parameterCases: readonly ParameterCase[] = Object.entries(operation.request!.schema.properties!).flatMap(
  ([parameter, schema]) => valuesOf(parameter, schema).map((value) => ({ parameter, ...value })),
);

function valuesOf(parameter: string, schema: SchemaObject): Value[] {
  if (schema.format === "binary") return [];
  const branches = [schema, ...(schema.anyOf ?? [])].map((branch) => resolve<SchemaObject>(document, branch));
  for (const keyword of branches.flatMap((branch) => Object.keys(branch))) {
    if (!understood.has(keyword)) throw new Error(`${parameter}: no case tries the keyword "${keyword}"; add one.`);
  }
  const types = branches.flatMap(({ type = [] }) => type);
  if (types.includes("integer")) return numbers(schema, 1);
  if (types.includes("number")) return numbers(schema, 0.25);
  if (types.includes("boolean")) return booleans;
  const names = branches.flatMap((branch) => branch.enum ?? []).filter((name) => typeof name === "string");
  const open = branches.find(({ type, enum: closed }) => [type].flat().includes("string") && !closed);
  if (types.includes("string")) return [...listed(names), ...(open ? texts(open) : unlisted(names))];
  throw new Error(`${parameter}: no case tries the type ${JSON.stringify(types)}; add one.`);
}

const booleans: Value[] = [
  { what: "yes", value: true },
  { what: "no", value: false },
  { what: "a word", value: "maybe", forbiddenBy: "type" },
];

/** Numbers at, inside and outside of the limits. A step of 1 is for integers, which also gets a half. */
function numbers({ minimum, maximum }: SchemaObject, step: number): Value[] {
  const values: Value[] = [{ what: "a word", value: "many", forbiddenBy: "type" }];
  const [least, most] = [minimum ?? (maximum ?? 0) - 8 * step, maximum ?? (minimum ?? 0) + 8 * step];
  const inside = (value: number): boolean => value >= least && value <= most;
  const whole = [
    { what: "the least", value: least },
    { what: "one step above the least", value: least + step },
    { what: "one step below the most", value: most - step },
    { what: "the most", value: most },
  ];
  values.push(
    ...whole.filter(({ value }, index) => inside(value) && whole.findIndex((one) => one.value === value) === index),
  );
  if (step === 1 && inside(least + 0.5))
    values.push({ what: "half above the least", value: least + 0.5, forbiddenBy: "type" });
  if (minimum !== undefined)
    values.push({ what: "one step below the least", value: minimum - step, forbiddenBy: "minimum" });
  if (maximum !== undefined)
    values.push({ what: "one step above the most", value: maximum + step, forbiddenBy: "maximum" });
  return values;
}

/** Texts within the limits, and beyond each. */
function texts({ minLength = 0, maxLength, pattern }: SchemaObject): readonly Value[] {
  const fits = (text: string): boolean =>
    [...text].length >= minLength &&
    [...text].length <= (maxLength ?? text.length) &&
    new RegExp(pattern ?? "", "u").test(text);
  const matching =
    pattern === undefined ? [] : fc.sample(fc.stringMatching(new RegExp(pattern, "u")), { seed: 1, numRuns: 50 });
  const longest = maxLength === undefined ? [] : ["o".repeat(maxLength)];
  const allowed = [...anyText.map(({ value }) => String(value)), ...longest, ...matching].filter((text) => fits(text));
  const values: Value[] = [...new Set(allowed)].slice(0, 4).map((value) => ({ what: "a text", value }));
  if (minLength > 1)
    values.push({ what: "one character too few", value: "o".repeat(minLength - 1), forbiddenBy: "minLength" });
  if (maxLength !== undefined)
    values.push({ what: "one character too many", value: "o".repeat(maxLength + 1), forbiddenBy: "maxLength" });
  const odd =
    pattern === undefined ? undefined : ["\u0001", "otter", "0"].find((text) => !new RegExp(pattern, "u").test(text));
  // With two rules, a text may break both.
  if (odd !== undefined && minLength <= 1)
    values.push({ what: "a text of another form", value: odd, forbiddenBy: "pattern" });
  return pattern === undefined ? values : values.filter(({ forbiddenBy }) => !forbiddenBy?.endsWith("Length"));
}

function listed(names: readonly string[]): Value[] {
  return names.map((name) => ({ what: "one of the list", value: name }));
}

function unlisted([name]: readonly string[]): Value[] {
  return [
    { what: "not on the list", value: `${name}-or-so`, forbiddenBy: "enum" },
    { what: "one of the list in another case", value: swapCase(name!), forbiddenBy: "enum" },
  ];
}

function swapCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}
