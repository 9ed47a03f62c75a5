import type { Issue } from "../issue.ts";
import type { ImageLimits, JsonParameter, Parameter, ParameterTable } from "../parameter-table.ts";
import { isImageSource, type ImageSource } from "../sources/image-source.ts";
import { createReport, describePath, type Report } from "./create-report.ts";
import type { ParameterCheck, Suggest, UnknownCheck } from "./parameter-check.ts";
import type { ParameterIssueCode } from "./parameter-issues.ts";
import type { JsonCheck } from "../json/json-check.ts";
import { readParameters, type ReadParameters } from "./read-parameters.ts";

/** An image among the parameters whose bytes have not been inspected. */
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
  for (const _ of checkTable({ table, read: readParameters(parameters), found, suggest }));
  return found;
}

/** The parameters to check, and what receives their issues. */
interface TableCheck {
  readonly table: ParameterTable;
  readonly read: ReadParameters;
  readonly found: ParameterCheck;
  readonly suggest?: Suggest | undefined;
  readonly json?: JsonCheck;
  readonly unknown?: UnknownCheck;
}

/**
 * The one loop over a table: checks each parameter, and hands out each image for inspection before it goes on to the next
 * parameter, so that issues come in the order of the table.
 *
 * @yields Every value that an image can be read from.
 */
export function* checkTable(check: TableCheck): Generator<ImageToInspect, void> {
  const { table, read, found, suggest, json, unknown = reportUnknown } = check;
  const { values } = read;
  if (!values) return createReport({ found, path: [], value: read.source })("wrong_type", "an object");
  for (const parameter of table) {
    const { name, required, nullable, maximum = maxItems }: Omit<Rules, "kind"> = parameter;
    const value = values.get(name);
    if (value === undefined ? !required : value === null && nullable) continue;
    if (parameter.kind === "json") {
      json?.({ rules: parameter.rules, value, path: [name], found, suggest });
      continue;
    }
    const report = createReport({ found, path: [name], value });
    const { kind } = parameter;
    const isList = kind === "images";
    let items: unknown[] = kind === "image" ? [value] : [];
    try {
      checkValue({ report, parameter, value, suggest });
      if (isList && Array.isArray(value)) items = Array.prototype.slice.call(value, 0, maximum);
    } catch {
      // A proxy that has been revoked, or one that throws.
      report("wrong_type", kinds[kind].name, { received: "unreadable" });
    }
    for (const [index, source] of items.entries()) {
      const path = isList ? [name, index] : [name];
      const reportItem = createReport({ found, path, value: source });
      if (isList) checkValue({ report: reportItem, parameter: { name, kind: "image" }, value: source, suggest });
      if (!isImageSource(source)) continue;
      const replace = (other: ImageSource): void => {
        items[index] = other;
        values.set(name, isList ? items : other);
      };
      yield { path, source, limits: parameter as ImageLimits, replace };
    }
  }
  unknown(values, check);
}

/** Names the first parameters that the table does not have, and counts the rest. */
function reportUnknown(values: ReadonlyMap<string, unknown>, { table, found, suggest }: TableCheck): void {
  const names = table.map(({ name }) => name);
  let count = 0;
  for (const [name, value] of values) {
    if (value === undefined || names.includes(name) || ++count > maxUnknown) continue;
    const path = [name];
    const meant = suggest?.(name, names);
    createReport({ found, path, value: name })("unknown_parameter", names, { received: describePath(path), meant });
  }
  const more = count - maxUnknown;
  const report = createReport({ found, path: [], value: more });
  if (more > 0) report("unknown_parameter", names, { received: `${more} more` });
}

/** A parameter whose rules are in its row. */
type TableParameter = Exclude<Parameter, JsonParameter>;

interface ValueToCheck {
  readonly report: Report;
  readonly parameter: TableParameter;
  readonly value: unknown;
  readonly suggest: Suggest | undefined;
}

function checkValue({ report, parameter, value, suggest }: ValueToCheck): void {
  const { kind, allowed, known, pattern, minimum = -Infinity, maximum = Infinity }: Rules = parameter;
  const { name, test, tooLittle, tooMuch } = kinds[kind];
  if (!test(value)) {
    report(value === undefined ? "missing" : "wrong_type", name, { meant: suggest?.(value, [], parameter) });
    return;
  }
  if (allowed && !allowed.includes(value as string)) {
    report("not_allowed", allowed, { meant: suggest?.(value, allowed) });
  }
  const meant = known && !known.includes(value as string) && suggest?.(value, known);
  if (meant) report("unknown_value", known, { meant });
  const amount = minimum > -Infinity || maximum < Infinity ? amountOf(value) : 0;
  const received = `${amount}`;
  if (tooLittle && amount < minimum) report(tooLittle, minimum, { received });
  if (tooMuch && amount > maximum) report(tooMuch, maximum, { received });
  else if (pattern && !new RegExp(pattern, "u").test(value as string)) report("pattern_mismatch", pattern);
}

/** What minimum and maximum limit: a number itself, the items of an array, or the characters of a text. */
function amountOf(value: unknown): number {
  if (typeof value === "number") return value;
  // JSON Schema counts the characters of a text, not the halves of surrogate pairs.
  return typeof value === "string" ? value.replaceAll(surrogatePairs, "_").length : (value as unknown[]).length;
}

const surrogatePairs = /[\ud800-\udbff][\udc00-\udfff]/g;

interface Kind {
  readonly name: string;
  readonly test: (value: unknown) => boolean;
  /** What is wrong below the minimum. */
  readonly tooLittle?: ParameterIssueCode;
  /** What is wrong above the maximum. */
  readonly tooMuch?: ParameterIssueCode;
}

const numberLimits = { tooLittle: "number_too_small", tooMuch: "number_too_large" } as const;

/** What each kind of parameter is called, and how its values are recognized. */
const kinds: { readonly [Name in TableParameter["kind"]]: Kind } = {
  string: {
    name: "text",
    test: (value) => typeof value === "string",
    tooLittle: "text_too_short",
    tooMuch: "text_too_long",
  },
  integer: { name: "a whole number", test: Number.isInteger, ...numberLimits },
  number: { name: "a number", test: Number.isFinite, ...numberLimits },
  boolean: { name: "true or false", test: (value) => typeof value === "boolean" },
  image: { name: "an image", test: isImageSource },
  images: { name: "an array of images", test: Array.isArray, tooLittle: "too_few_images", tooMuch: "too_many_images" },
};

/** The rules that a parameter can have, whatever its kind. */
interface Rules {
  readonly name: string;
  readonly kind: TableParameter["kind"];
  readonly required?: boolean;
  readonly nullable?: boolean;
  readonly allowed?: readonly (string | number)[];
  readonly known?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}
