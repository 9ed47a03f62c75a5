import type { NumericParameter, Parameter, ParameterTable } from "../parameter-table.ts";
import type { Problem } from "../problem.ts";
import { isImageSource } from "../source/is-image-source.ts";
import { closestMatch } from "./closest-match.ts";
import { describeValue } from "./describe-value.ts";
import { mendType } from "./mend-type.ts";

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
 * `too_short`, `too_long`, `pattern_mismatch`, `too_few`, `too_many`, `unknown_parameter`. Of warnings: `unknown_value`,
 * for a name that is almost, but not quite, one of those known.
 *
 * @param parameters What a caller passes: an object with a property for each parameter. A property that is undefined
 * counts as left out, and so does one that is null, where the spec allows null.
 */
export function checkParameters(table: ParameterTable, parameters: unknown): ParameterCheck {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const names = table.map(({ name }) => name);
  const report: Report = (path, code, what, received, allowed, fix) => {
    const message = `${path.join(".") || "The request"} ${what}.`;
    (code === "unknown_value" ? warnings : problems).push({ path, code, message, received, allowed, fix });
  };

  if (typeof parameters !== "object" || parameters === null || Array.isArray(parameters)) {
    const what = `is ${describeValue(parameters)}, and must be an object`;
    report([], "wrong_type", what, parameters, "an object", `Pass an object with ${names.join(", ")}.`);
    return { problems, warnings };
  }
  const values = new Map<string, unknown>(Object.entries(parameters));
  for (const parameter of table) {
    const { name, nullable } = parameter;
    const value = values.get(name);
    const expected = kindNames[parameter.kind];
    if (value === undefined) {
      if (parameter.required)
        report([name], "missing", "is required, and is not there", value, expected, `Pass ${expected}.`);
    } else if (value !== null) {
      checkValue(parameter, value, [name], report);
    } else if (!nullable) {
      const fix = parameter.required ? `Pass ${expected}.` : "Leave it out.";
      report([name], "null_not_allowed", `is null, and must be ${expected}`, value, expected, fix);
    }
  }
  for (const [name, value] of values) {
    if (value === undefined || names.includes(name)) continue;
    const meant = closestMatch(name, names);
    const fix = meant ? `Did you mean ${meant}?` : `Take it out. The parameters are ${names.join(", ")}.`;
    report([name], "unknown_parameter", "is not a parameter", value, names, fix);
  }
  return { problems, warnings };
}

type Report = (
  path: Problem["path"],
  code: string,
  what: string,
  received: unknown,
  allowed: Problem["allowed"],
  fix: string,
) => void;

const kindNames: { readonly [Kind in Parameter["kind"]]: string } = {
  string: "text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  image: "a picture",
  images: "an array of pictures",
};

function checkValue(parameter: Parameter, value: unknown, path: Problem["path"], report: Report): void {
  const { kind } = parameter;
  if (kind === "images" && Array.isArray(value)) {
    const { minItems, maxItems } = parameter;
    checkRange(value.length, [minItems, maxItems], " pictures", ["too_few", "too_many"], value, path, report);
    value.forEach((item, index) => checkValue({ ...parameter, kind: "image" }, item, [...path, index], report));
  } else if (kind === "string" && typeof value === "string") {
    checkChoice(parameter, value, path, report);
    const { minLength, maxLength, pattern } = parameter;
    // JSON Schema counts characters, and not the halves of surrogate pairs.
    const length = [...value].length;
    checkRange(length, [minLength, maxLength], " characters", ["too_short", "too_long"], value, path, report);
    if (pattern && !new RegExp(pattern, "u").test(value)) {
      const what = `is ${describeValue(value)}, and must match ${pattern}`;
      report(path, "pattern_mismatch", what, value, pattern, "Write it in that form.");
    }
  } else if (isNumeric(parameter) && isNumber(value, kind)) {
    checkChoice(parameter, value, path, report);
    const { minimum, maximum } = parameter;
    checkRange(value, [minimum, maximum], "", ["below_minimum", "above_maximum"], value, path, report);
  } else if (!(kind === "boolean" && typeof value === "boolean") && !(kind === "image" && isImageSource(value))) {
    const expected = kindNames[kind];
    const fix = mendType(parameter, value) ?? `Pass ${expected}.`;
    report(path, "wrong_type", `is ${describeValue(value)}, and must be ${expected}`, value, expected, fix);
  }
}

function isNumeric(parameter: Parameter): parameter is NumericParameter {
  return parameter.kind === "integer" || parameter.kind === "number";
}

function isNumber(value: unknown, kind: string): value is number {
  return Number.isFinite(value) && (kind === "number" || Number.isInteger(value));
}

/** The limits of a number, or of how many there are of a unit. */
function checkRange(
  amount: number,
  [minimum = -Infinity, maximum = Infinity]: readonly [minimum: number | undefined, maximum: number | undefined],
  unit: string,
  codes: readonly [below: string, above: string],
  value: unknown,
  path: Problem["path"],
  report: Report,
): void {
  if (amount >= minimum && amount <= maximum) return;
  const [limit, code, word] = amount < minimum ? [minimum, codes[0], "more"] : [maximum, codes[1], "less"];
  const what = unit ? `has ${amount}${unit}, and must have` : `is ${amount}, and must be`;
  report(path, code, `${what} ${limit} or ${word}`, value, limit, `Use ${limit}${unit} or ${word}.`);
}

function checkChoice(
  { allowed, known = [] }: { allowed?: readonly (string | number)[]; known?: readonly string[] },
  value: string | number,
  path: Problem["path"],
  report: Report,
): void {
  const choices = allowed ?? known;
  if (choices.length === 0 || choices.includes(value)) return;
  const meant = closestMatch(value, choices);
  const list = choices.join(", ");
  const fix = meant === undefined ? `Use one of ${list}.` : `Did you mean ${meant}?`;
  if (allowed)
    report(path, "not_allowed", `is ${describeValue(value)}, and must be one of ${list}`, value, allowed, fix);
  else if (meant !== undefined)
    report(path, "unknown_value", `is ${describeValue(value)}, and not a known name`, value, known, fix);
}
