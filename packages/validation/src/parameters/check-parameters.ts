import { describeAllowed, describeValue, type Allowed } from "../describe.ts";
import type { Issue } from "../issue.ts";
import type { ImageLimits, Parameter, ParameterTable } from "../parameter-table.ts";
import { isImageSource, type ImageSource } from "../sources/image-source.ts";
import { defaultMessage, parameterIssues, type ParameterIssueCode } from "./parameter-issues.ts";
import { readParameters, type ReadParameters } from "./read-parameters.ts";

/** What is wrong with the parameters of a request. */
export interface ParameterCheck {
  readonly issues: Issue[];
  readonly warnings: Issue[];
}

/** Guesses what was meant by an invalid value: `suggestValue`. */
export type Suggest = (
  value: unknown,
  choices: readonly (string | number)[],
  parameter?: Parameter,
) => string | undefined;

/** An image among the parameters whose bytes have not been looked at. */
export interface ImageToInspect {
  readonly path: Issue["path"];
  readonly source: ImageSource;
  readonly limits: ImageLimits;
  /** Sends another source in its place. */
  readonly replace: (source: ImageSource) => void;
}

/** How many unknown parameters are named; the rest are counted in one issue. */
const maxUnknown = 20;
/** How many items of an array are checked if the table sets no maximum. */
const maxItems = 100;
/** How many characters of a path a message shows. */
const maxPathLength = 99;

/**
 * Checks the parameters of an operation against its table, and reports every issue at once. Of an image it checks only
 * whether an image can be read from the value. Never throws, and takes no longer for larger values, except for a text
 * with a limit on its length or with a pattern.
 *
 * @param parameters An object with a property for each parameter. An undefined property counts as left out, and so does
 * null if the spec allows it.
 * @param suggest Guesses what was meant, for the fix of each issue: `suggestValue`. Without it a fix says only what is
 * allowed, values that are almost a known one cause no warning, and a bundle is smaller.
 */
export function checkParameters(table: ParameterTable, parameters: unknown, suggest?: Suggest): ParameterCheck {
  const found: ParameterCheck = { issues: [], warnings: [] };
  for (const _ of checkTable(table, readParameters(parameters), found, suggest));
  return found;
}

/**
 * The one loop over a table: checks each parameter, and hands out each image for inspection before it goes on to the next
 * parameter, so that issues come in the order of the table.
 *
 * @param found Receives the issues.
 * @yields Every value that an image can be read from.
 */
export function* checkTable(
  table: ParameterTable,
  { values, source }: ReadParameters,
  found: ParameterCheck,
  suggest?: Suggest,
): Generator<ImageToInspect, void> {
  const report = createReport(found);
  if (!values) return report("wrong_type", { path: [], value: source, allowed: "an object" });
  for (const parameter of table) {
    const { name, required, nullable, kind } = parameter;
    const value = values.get(name);
    if (value === undefined ? !required : value === null && nullable) continue;
    const items: unknown[] = kind === "image" ? [value] : [];
    try {
      checkValue({ report, path: [name], parameter, value, suggest });
      if (kind === "images" && Array.isArray(value))
        items.push(...Array.prototype.slice.call(value, 0, parameter.maximum ?? maxItems));
    } catch {
      // A proxy that has been revoked, or one that throws.
      report("wrong_type", { path: [name], value, allowed: kinds[kind].name, received: "unreadable" });
    }
    for (const [index, item] of items.entries()) {
      const path = kind === "image" ? [name] : [name, index];
      if (kind === "images") checkValue({ report, path, parameter: { name, kind: "image" }, value: item, suggest });
      if (!isImageSource(item)) continue;
      const replace = (other: ImageSource): void => {
        items[index] = other;
        values.set(name, kind === "image" ? other : items);
      };
      yield { path, source: item, limits: parameter as ImageLimits, replace };
    }
  }
  const names = table.map(({ name }) => name);
  const unknown = [...values].filter(([name, value]) => value !== undefined && !names.includes(name));
  for (const [name] of unknown.slice(0, maxUnknown)) {
    const meant = suggest?.(name, names);
    report("unknown_parameter", { path: [name], value: name, allowed: names, received: shorten(name), meant });
  }
  const more = unknown.length - maxUnknown;
  if (more > 0) report("unknown_parameter", { path: [], value: more, allowed: names, received: `${more} more` });
}

interface ValueToCheck {
  readonly report: Report;
  readonly path: Issue["path"];
  readonly parameter: Parameter;
  readonly value: unknown;
  readonly suggest?: Suggest | undefined;
}

function checkValue({ report: reportIssue, path, parameter, value, suggest }: ValueToCheck): void {
  const { kind, allowed, known, pattern, minimum = -Infinity, maximum = Infinity }: Rules = parameter;
  const report = (code: ParameterIssueCode, limit: Allowed, more?: Partial<IssueFacts>): void =>
    reportIssue(code, { path, value, allowed: limit, ...more });
  const expected = kinds[kind];
  if (!expected.test(value)) {
    const meant = suggest?.(value, [], parameter);
    return report(value === undefined ? "missing" : "wrong_type", expected.name, { meant });
  }
  if (allowed && !allowed.includes(value as string)) {
    report("not_allowed", allowed, { meant: suggest?.(value, allowed) });
  }
  const meant = known && !known.includes(value as string) && suggest?.(value, known);
  if (meant) report("unknown_value", known, { meant });
  const isLimited = minimum > -Infinity || maximum < Infinity;
  const amount = isLimited ? amountOf(value) : 0;
  const [tooLittle, tooMuch] = expected.limits ?? [];
  const more = typeof value === "number" ? {} : { received: `${amount}` };
  if (tooLittle && amount < minimum) report(tooLittle, minimum, more);
  if (tooMuch && amount > maximum) report(tooMuch, maximum, more);
  else if (pattern && !new RegExp(pattern, "u").test(value as string)) report("pattern_mismatch", pattern);
}

/** What minimum and maximum limit: a number itself, the items of an array, or the characters of a text. */
function amountOf(value: unknown): number {
  if (typeof value === "number") return value;
  // JSON Schema counts the characters of a text, not the halves of surrogate pairs.
  return typeof value === "string" ? value.replaceAll(surrogatePairs, "_").length : (value as unknown[]).length;
}

const surrogatePairs = /[\ud800-\udbff][\udc00-\udfff]/g;

interface IssueFacts {
  readonly path: Issue["path"];
  readonly value: unknown;
  readonly allowed: Allowed;
  /** Default: the value, in words. */
  readonly received?: string;
  readonly meant?: string | undefined;
}

type Report = (code: ParameterIssueCode, facts: IssueFacts) => void;

function createReport(found: ParameterCheck): Report {
  return (code, { path, value, allowed, received = describeValue(value), meant }) => {
    const { severity = "error", expected = describeAllowed, message = defaultMessage, fix } = parameterIssues[code];
    const facts = { name: describePath(path) || "The request", received, allowed: expected(allowed) };
    found[severity === "error" ? "issues" : "warnings"].push({
      code,
      severity,
      path,
      message: message(facts),
      received: value,
      allowed,
      fix: meant ? `Did you mean ${meant}?` : (fix?.(facts) ?? `Pass ${facts.allowed}.`),
    });
  };
}

/** A path as messages show it: `image.1`. */
export function describePath(path: Issue["path"]): string {
  return shorten(path.join("."));
}

function shorten(text: string): string {
  return text.slice(0, maxPathLength);
}

interface Kind {
  readonly name: string;
  readonly test: (value: unknown) => boolean;
  /** What is wrong below the minimum and above the maximum. */
  readonly limits?: readonly [ParameterIssueCode, ParameterIssueCode];
}

const numberLimits = ["number_too_small", "number_too_large"] as const;

/** What each kind of parameter is called, and how its values are recognized. */
const kinds: { readonly [Name in Parameter["kind"]]: Kind } = {
  string: { name: "text", test: (value) => typeof value === "string", limits: ["text_too_short", "text_too_long"] },
  integer: { name: "a whole number", test: Number.isInteger, limits: numberLimits },
  number: { name: "a number", test: Number.isFinite, limits: numberLimits },
  boolean: { name: "true or false", test: (value) => typeof value === "boolean" },
  image: { name: "an image", test: isImageSource },
  images: { name: "an array of images", test: Array.isArray, limits: ["too_few_images", "too_many_images"] },
};

/** The rules that a parameter can have, whatever its kind. */
interface Rules {
  readonly kind: Parameter["kind"];
  readonly allowed?: readonly (string | number)[];
  readonly known?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}
