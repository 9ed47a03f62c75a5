import type { Parameter, ParameterTable } from "../parameter-table.ts";
import type { Problem } from "../problem.ts";
import { alternatives, sentence } from "../sentence.ts";
import { isImageSource } from "../source/is-image-source.ts";
import { describeValue } from "./describe-value.ts";

/** What is wrong with the parameters of a request, and what may be. */
export interface ParameterCheck {
  readonly problems: Problem[];
  readonly warnings: Problem[];
}

/**
 * Checks the parameters of an operation against its table, and finds all that is wrong at once. Of a picture it asks
 * only whether it is something that a picture can be read from; its bytes are not touched.
 *
 * Codes of problems: `missing`, `null_not_allowed`, `wrong_type`, `not_allowed`, `below_minimum`, `above_maximum`,
 * `too_short`, `too_long` (of text, in characters, and of arrays), `pattern_mismatch`, `unknown_parameter`. Of warnings:
 * `unknown_value`, for a name that is almost, but not quite, one of those known.
 *
 * @param parameters What a caller passes: an object with a property for each parameter. A property that is undefined
 * counts as left out, and so does one that is null, where the spec allows null.
 * @param suggest Finds out what was meant, for the fix of each problem: `suggestValue`. Without it, a fix says only what
 * is allowed, no name is almost a known one, and a bundle is smaller.
 */
export function checkParameters(table: ParameterTable, parameters: unknown, suggest?: Suggest): ParameterCheck {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const report: Report = (path, code, received, allowed, expected = alternatives(allowed), words = []) => {
    const [meant, subject = path.join("."), shown = describeValue(received)] = words;
    const fix = meant ? `Did you mean ${meant}?` : `Pass ${expected}.`;
    const problem = { path, code, message: sentence(subject, shown, expected), received, allowed, fix };
    (code === "unknown_value" ? warnings : problems).push(problem);
  };

  if (!parameters || typeof parameters !== "object" || Array.isArray(parameters)) {
    report([], "wrong_type", parameters, "an object", undefined, [undefined, "The request"]);
    return { problems, warnings };
  }
  const values = new Map<string, unknown>(Object.entries(parameters));
  for (const parameter of table) {
    const { name, kind, required, nullable } = parameter;
    const value = values.get(name);
    values.delete(name);
    if (value !== undefined && value !== null) checkValue(parameter, value, [name], report, suggest);
    else if (value === null ? !nullable : required) {
      report([name], value === null ? "null_not_allowed" : "missing", value, kinds[kind][0]);
    }
  }
  for (const [name, value] of values) {
    const names = table.map((parameter) => parameter.name);
    if (value !== undefined) {
      report([name], "unknown_parameter", name, names, undefined, [suggest?.(name, names), "A parameter"]);
    }
  }
  return { problems, warnings };
}

/** How it is found out what was meant: `suggestValue`. */
export type Suggest = (
  value: unknown,
  choices: readonly (string | number)[],
  parameter?: Parameter,
) => string | undefined;

type Report = (
  path: Problem["path"],
  code: string,
  received: unknown,
  allowed: Problem["allowed"],
  expected?: string,
  words?: Words,
) => void;

/** Words of a message that are not the usual ones: what was meant, what it is about, what was received. */
type Words = readonly [meant?: string | undefined, subject?: string, shown?: unknown];

/** What each kind of parameter is called, and how a value of it is known. */
const kinds: { readonly [Kind in Parameter["kind"]]: readonly [name: string, test: (value: unknown) => boolean] } = {
  string: ["text", (value) => typeof value === "string"],
  integer: ["a whole number", Number.isInteger],
  number: ["a number", Number.isFinite],
  boolean: ["true or false", (value) => typeof value === "boolean"],
  image: ["a picture", isImageSource],
  images: ["an array of pictures", Array.isArray],
};

/** The rules that a parameter can have, whatever its kind. */
interface Rules {
  readonly kind: string;
  readonly allowed?: readonly (string | number)[];
  readonly known?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

function checkValue(
  parameter: Parameter,
  value: unknown,
  path: Problem["path"],
  report: Report,
  suggest?: Suggest,
): void {
  const [kind, test] = kinds[parameter.kind];
  if (!test(value)) {
    report(path, "wrong_type", value, kind, kind, [suggest?.(value, [], parameter)]);
    return;
  }
  const rules: Rules = parameter;
  const { allowed, known, pattern } = rules;
  const choices = allowed ?? known;
  if (choices && !choices.includes(value as string)) {
    const meant = suggest?.(value, choices);
    if (allowed) report(path, "not_allowed", value, choices, undefined, [meant]);
    else if (meant) report(path, "unknown_value", value, choices, "a name that the server knows", [meant]);
  }
  if (pattern && !new RegExp(pattern, "u").test(value as string)) {
    report(path, "pattern_mismatch", value, pattern);
  }
  // Nothing is less or more than a limit that is undefined.
  const minimum = (rules.minimum ?? rules.minLength ?? rules.minItems)!;
  const maximum = (rules.maximum ?? rules.maxLength ?? rules.maxItems)!;
  const isNumber = typeof value === "number";
  // JSON Schema counts the characters of a text, and not the halves of surrogate pairs.
  const items: readonly unknown[] = typeof value === "string" || Array.isArray(value) ? [...value] : [];
  const amount = isNumber ? value : items.length;
  const words: Words = isNumber ? [] : [undefined, `The length of ${path.join(".")}`, amount];
  if (amount < minimum) {
    report(path, isNumber ? "below_minimum" : "too_short", value, minimum, `${minimum} or more`, words);
  }
  if (amount > maximum) {
    report(path, isNumber ? "above_maximum" : "too_long", value, maximum, `${maximum} or less`, words);
  }
  if (parameter.kind === "images") {
    const image: Parameter = { name: parameter.name, required: true, nullable: false, kind: "image" };
    for (const [index, item] of items.entries()) checkValue(image, item, [...path, index], report, suggest);
  }
}
