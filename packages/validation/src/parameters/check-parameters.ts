import type { Parameter, ParameterTable } from "../parameter-table.ts";
import type { Problem } from "../problem.ts";
import { alternatives, sentence } from "../sentence.ts";
import { isImageSource } from "../source/is-image-source.ts";
import { describeValue } from "./describe-value.ts";
import { readParameters, type ReadParameters } from "./read-parameters.ts";

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

/** So many parameters that are unknown are named; how many more there are is said in one issue. */
const mostUnknown = 20;
/** So much of a name is shown. */
export const longestName = 99;
/** So many items of an array are looked at, if the table sets no maximum. */
export const mostItems = 100;

/**
 * Checks the parameters of an operation against its table, and finds all that is wrong at once. Of an image it asks
 * only whether it is something that an image can be read from; its bytes are not touched. Never throws, and takes no
 * longer for a value that is larger, but for a text with a limit on its length or with a pattern.
 *
 * The code of a problem is the name of the rule, in the table, that the value breaks: `required`, `kind`, `allowed`,
 * `pattern`, `minimum`, `maximum`; or `unknown`, for what isn't a parameter. A name that is almost, but not quite, one of
 * those `known` is a warning.
 *
 * @param parameters What a caller passes: an object with a property for each parameter. A property that is undefined
 * counts as left out, and so does one that is null, if the spec allows null.
 * @param suggest Finds out what was meant, for the fix of each problem: `suggestValue`. Without it, a fix says only what
 * is allowed, no name is almost a known one, and a bundle is smaller.
 */
export function checkParameters(table: ParameterTable, parameters: unknown, suggest?: Suggest): ParameterCheck {
  return checkValues(table, readParameters(parameters), suggest);
}

/** The same, of parameters that have been read already. */
export function checkValues(
  table: ParameterTable,
  { values, source }: ReadParameters,
  suggest?: Suggest,
): ParameterCheck {
  const found: ParameterCheck = { problems: [], warnings: [] };
  if (!values) {
    report(found, [], "kind", source, "an object");
    return found;
  }
  for (const parameter of table) {
    const { name, required, nullable } = parameter;
    const value = values.get(name);
    if (value === undefined ? !required : value === null && nullable) continue;
    try {
      checkValue(found, [name], parameter, value, suggest);
    } catch {
      // A proxy that has been revoked, or one that throws.
      report(found, [name], "kind", value, kinds[parameter.kind][0], { shown: "unreadable" });
    }
  }
  const names = table.map(({ name }) => name);
  let unknown = 0;
  for (const [name, value] of values) {
    if (value === undefined || names.includes(name) || unknown++ >= mostUnknown) continue;
    report(found, [name], "unknown", name, names, { meant: suggest?.(name, names), shown: "unknown" });
  }
  const more = unknown - mostUnknown;
  if (more > 0) report(found, [], "unknown", more, names, { shown: `${more} more unknown parameters` });
  return found;
}

function checkValue(
  found: ParameterCheck,
  path: Problem["path"],
  parameter: Parameter,
  value: unknown,
  suggest?: Suggest,
): void {
  const { name, kind, allowed, known, pattern, minimum = -Infinity, maximum = Infinity }: Rules = parameter;
  const [expected, test] = kinds[kind];
  if (!test(value)) {
    const rule = value === undefined ? "required" : "kind";
    report(found, path, rule, value, expected, { meant: suggest?.(value, [], parameter) });
    return;
  }
  if (allowed && !allowed.includes(value as string)) {
    report(found, path, "allowed", value, allowed, { meant: suggest?.(value, allowed) });
  }
  const meant = known && !known.includes(value as string) && suggest?.(value, known);
  if (meant) report(found, path, "known", value, known, { meant, expected: "a known name" });
  const items: readonly unknown[] = kind === "images" ? (value as unknown[]) : [];
  // JSON Schema counts the characters of a text, and not the halves of surrogate pairs.
  const text = kind === "string" && (minimum > 0 || maximum < Infinity) ? (value as string).replaceAll(pairs, "_") : "";
  const amount = typeof value === "number" ? value : text.length + items.length;
  const shown = typeof value === "number" ? undefined : `${amount} long`;
  if (amount < minimum) report(found, path, "minimum", value, minimum, { expected: `${minimum} or more`, shown });
  if (amount > maximum) report(found, path, "maximum", value, maximum, { expected: `${maximum} or less`, shown });
  else if (pattern && !new RegExp(pattern, "u").test(value as string)) report(found, path, "pattern", value, pattern);
  for (let index = 0; index < Math.min(items.length, maximum, mostItems); index++) {
    checkValue(found, [...path, index], { name, kind: "image" }, items[index], suggest);
  }
}

const pairs = /[\ud800-\udbff][\udc00-\udfff]/g;

interface Words {
  readonly meant?: string | undefined;
  /** What must be. Default: what is allowed. */
  readonly expected?: string;
  /** What is. Default: what was received. */
  readonly shown?: string | undefined;
}

function report(
  found: ParameterCheck,
  path: Problem["path"],
  code: string,
  received: unknown,
  allowed: Problem["allowed"],
  { meant, expected = alternatives(allowed), shown = describeValue(received) }: Words = {},
): void {
  const message = sentence(path.join(".").slice(0, longestName) || "The request", shown, expected);
  const fix = meant ? `Did you mean ${meant}?` : `Pass ${expected}.`;
  found[code === "known" ? "warnings" : "problems"].push({ path, code, message, received, allowed, fix });
}

/** What each kind of parameter is called, and how a value of it is known. */
const kinds: { readonly [Kind in Parameter["kind"]]: readonly [name: string, test: (value: unknown) => boolean] } = {
  string: ["text", (value) => typeof value === "string"],
  integer: ["a whole number", Number.isInteger],
  number: ["a number", Number.isFinite],
  boolean: ["true or false", (value) => typeof value === "boolean"],
  image: ["an image", isImageSource],
  images: ["an array of images", Array.isArray],
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
