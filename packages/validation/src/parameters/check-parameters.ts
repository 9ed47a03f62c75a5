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

/** How it is found out what was meant: `suggestValue`. */
export type Suggest = (
  value: unknown,
  choices: readonly (string | number)[],
  parameter?: Parameter,
) => string | undefined;

/**
 * Checks the parameters of an operation against its table, and finds all that is wrong at once. Of a picture it asks
 * only whether it is something that a picture can be read from; its bytes are not touched.
 *
 * The code of a problem is the name of the rule, in the table, that the value breaks: `required`, `kind`, `allowed`,
 * `pattern`, `minimum`, `maximum`; or `unknown`, for what is no parameter. A name that is almost, but not quite, one of
 * those `known` is a warning.
 *
 * @param parameters What a caller passes: an object with a property for each parameter. A property that is undefined
 * counts as left out, and so does one that is null, where the spec allows null.
 * @param suggest Finds out what was meant, for the fix of each problem: `suggestValue`. Without it, a fix says only what
 * is allowed, no name is almost a known one, and a bundle is smaller.
 */
export function checkParameters(table: ParameterTable, parameters: unknown, suggest?: Suggest): ParameterCheck {
  const found: ParameterCheck = { problems: [], warnings: [] };
  if (!parameters || typeof parameters !== "object" || Array.isArray(parameters)) {
    report(found, [], "kind", parameters, "an object");
    return found;
  }
  const values: { readonly [name: string]: unknown } = { ...parameters };
  const names = table.map(({ name }) => name);
  for (const parameter of table) {
    const { name, required, nullable } = parameter;
    const value = values[name];
    if (value === undefined ? required : value !== null || !nullable) {
      checkValue(found, [name], parameter, value, suggest);
    }
  }
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && !names.includes(name)) {
      report(found, [name], "unknown", name, names, suggest?.(name, names), undefined, "unknown");
    }
  }
  return found;
}

function checkValue(
  found: ParameterCheck,
  path: Problem["path"],
  parameter: Parameter,
  value: unknown,
  suggest?: Suggest,
): void {
  const { name, kind, allowed, known, pattern, minimum, maximum }: Rules = parameter;
  const [expected, test] = kinds[kind];
  if (!test(value)) {
    const rule = value === undefined ? "required" : "kind";
    report(found, path, rule, value, expected, suggest?.(value, [], parameter));
    return;
  }
  if (allowed && !allowed.includes(value as string)) {
    report(found, path, "allowed", value, allowed, suggest?.(value, allowed));
  }
  const meant = known && !known.includes(value as string) && suggest?.(value, known);
  if (meant) report(found, path, "known", value, known, meant, "a known name");
  if (pattern && !new RegExp(pattern, "u").test(value as string)) report(found, path, "pattern", value, pattern);
  // JSON Schema counts the characters of a text, and not the halves of surrogate pairs.
  const items: unknown[] = kind === "string" || kind === "images" ? [...(value as string)] : [];
  const [amount, shown] = typeof value === "number" ? [value] : [items.length, `${items.length} long`];
  // Nothing is less or more than a limit that is undefined.
  if (amount < minimum!) report(found, path, "minimum", value, minimum!, undefined, `${minimum} or more`, shown);
  if (amount > maximum!) report(found, path, "maximum", value, maximum!, undefined, `${maximum} or less`, shown);
  if (kind === "images") {
    for (const [index, item] of items.entries()) {
      checkValue(found, [...path, index], { name, kind: "image" }, item, suggest);
    }
  }
}

function report(
  found: ParameterCheck,
  path: Problem["path"],
  code: string,
  received: unknown,
  allowed: Problem["allowed"],
  meant?: string,
  expected: string = alternatives(allowed),
  shown: string = describeValue(received),
): void {
  const message = sentence(path.join(".") || "The request", shown, expected);
  const fix = meant ? `Did you mean ${meant}?` : `Pass ${expected}.`;
  found[code === "known" ? "warnings" : "problems"].push({ path, code, message, received, allowed, fix });
}

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
  readonly name: string;
  readonly kind: Parameter["kind"];
  readonly allowed?: readonly (string | number)[];
  readonly known?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}
