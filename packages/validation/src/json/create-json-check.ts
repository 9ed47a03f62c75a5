import { describeAllowed, describeValue } from "../describe.ts";
import type { Issue } from "../issue.ts";
import type { ParameterCheck, Suggest } from "../parameters/parameter-check.ts";
import { createReport, describePath, type Report } from "../parameters/create-report.ts";
import { isImageSource } from "../sources/image-source.ts";
import { formats } from "./formats.ts";
import type { JsonCheck } from "./json-check.ts";
import { jsonWords as words } from "./json-issues.ts";
import type { JsonRules, JsonSchemas, JsonType, JsonValue } from "./json-rules.ts";

/** How many rules are looked at; beyond that, a value passes. */
const maxSteps = 1_000_000;
/** How deep a value and its rules are followed; what is deeper passes. */
const maxDepth = 300;
/** How many issues are kept. */
const maxIssues = 100;

const jsonValue = "a value that JSON can state";

/**
 * Creates the check of JSON values by rules. A value that JSON Schema allows has no issue. What the rules do not state, or what
 * is deeper than 300 steps, passes.
 *
 * @param schemas The rules that others refer to by name. Default: none.
 */
export function createJsonCheck(schemas: JsonSchemas = {}): JsonCheck {
  return ({ rules, value, path, found, suggest }) => {
    const issues: Issue[] = [];
    const check: Check = { schemas, found: { issues, warnings: [] }, suggest, steps: 0 };
    try {
      if (value === undefined) {
        createReport({ found: check.found, path, value }, words)("missing", describeRules(check, rules, "a value"));
      } else checkRules(check, rules, { value, path, depth: 0 });
    } catch {
      // A proxy that has been revoked, or a getter that throws: it could not be sent, either.
      const report = createReport({ found: check.found, path, value: undefined }, words);
      report("wrong_type", jsonValue, { received: "unreadable" });
    }
    found.issues.push(...issues.slice(0, maxIssues));
    found.warnings.push(...check.found.warnings.slice(0, maxIssues));
  };
}

interface Check {
  readonly schemas: JsonSchemas;
  readonly found: ParameterCheck;
  readonly suggest: Suggest | undefined;
  steps: number;
}

interface Place {
  readonly value: unknown;
  readonly path: Issue["path"];
  readonly depth: number;
  /** Whether other rules for the same value may know names that these don't. */
  readonly isPart?: boolean;
  /** The names of the rules that are being checked for this very value: within them, they state nothing more. */
  readonly within?: readonly string[];
}

type JsonObject = Readonly<Record<string, unknown>>;

/** The value that `JSON.stringify` would write. */
function sent(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const { toJSON } = value as { readonly toJSON?: unknown };
  if (typeof toJSON === "function") return toJSON.call(value) as unknown;
  // `new String("a")` and its like are written as what they hold.
  const isBoxed = /^\[object (String|Number|Boolean)\]$/.test(Object.prototype.toString.call(value));
  return isBoxed ? value.valueOf() : value;
}

function checkRules(check: Check, rules: JsonRules, place: Place): void {
  if (place.depth > maxDepth || check.steps++ > maxSteps || check.found.issues.length > maxIssues) return;
  const isPart = place.isPart === true || rules.allOf !== undefined;
  const deeper = { ...place, depth: place.depth + 1, isPart };
  const { within = [] } = place;
  if (rules.$ref !== undefined && !within.includes(rules.$ref)) {
    const target = Object.hasOwn(check.schemas, rules.$ref) ? check.schemas[rules.$ref] : undefined;
    if (target) checkRules(check, target, { ...deeper, within: [...within, rules.$ref] });
  }
  const value = typesOf(rules).includes("file") ? place.value : sent(place.value);
  const report = createReport({ found: check.found, path: place.path, value }, words);
  if (!isOfType(rules, value)) {
    const types = typesOf(rules);
    const name = types.length === 0 ? jsonValue : describeAllowed(types.map((type) => typeNames[type]));
    const meant = types.length === 1 ? check.suggest?.(value, [], suggestedAs(types[0]!)) : undefined;
    report("wrong_type", name, { meant });
    return;
  }
  checkListed(check, rules, value, report);
  for (const branch of rules.allOf ?? []) checkRules(check, branch, deeper);
  if (rules.anyOf) checkAlternatives(check, rules.anyOf, deeper, report);
  if (typeof value === "number") checkNumber(rules, value, report);
  else if (typeof value === "string") checkText(rules, value, report);
  else if (Array.isArray(value)) checkArray(check, rules, { ...deeper, value }, report);
  else if (typeof value === "object" && value !== null) {
    checkObject(check, rules, { ...deeper, value: value as JsonObject }, report);
  }
}

const typeNames: { readonly [Type in JsonType]: string } = {
  file: "a file",
  string: "text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  array: "an array",
  object: "an object",
  null: "null",
};

function typesOf({ type }: JsonRules): readonly JsonType[] {
  return type === undefined ? [] : typeof type === "string" ? [type] : type;
}

function isOfType(rules: JsonRules, value: unknown): boolean {
  if (!isJson(value)) return false;
  return rules.type === undefined || typesOf(rules).some((type) => typeTests[type]?.(value) ?? true);
}

/** Whether JSON can state a value; of what is in it, its own rules tell. */
function isJson(value: unknown): boolean {
  return typeof value === "number" ? Number.isFinite(value) : ["string", "boolean", "object"].includes(typeof value);
}

const typeTests: { readonly [Type in JsonType]: (value: unknown) => boolean } = {
  file: isFileSource,
  string: (value) => typeof value === "string",
  number: (value) => typeof value === "number",
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === "boolean",
  array: (value) => Array.isArray(value),
  object: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  null: (value) => value === null,
};

/** Whether a file could be read from a value; the client also reads one from its URL. */
function isFileSource(value: unknown): boolean {
  return isImageSource(value) || value instanceof URL;
}

/** A parameter of the kind for which a value of a type is guessed. */
function suggestedAs(type: JsonType): Parameters<Suggest>[2] {
  if (type === "file") return { name: "", kind: "image" };
  return type === "string" || type === "integer" || type === "number" || type === "boolean"
    ? { name: "", kind: type }
    : undefined;
}

function checkListed(check: Check, rules: JsonRules, value: unknown, report: Report<Issue["code"]>): void {
  const allowed = rules.const === undefined ? rules.enum : [rules.const];
  if (!allowed) return;
  if (allowed.some((one) => isSame(one, value))) return;
  const simple = allowed.filter((one) => typeof one === "string" || typeof one === "number");
  const shown = allowed.map((one) => (typeof one === "string" || typeof one === "number" ? one : describeJson(one)));
  report("not_allowed", shown, { meant: check.suggest?.(value, simple) });
}

function describeJson(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** Whether JSON has the same for both. No more of the value is looked at than the allowed one has. */
function isSame(allowed: JsonValue, value: unknown): boolean {
  const own = sent(value);
  if (typeof allowed !== "object" || allowed === null) return allowed === own;
  if (typeof own !== "object" || own === null || Array.isArray(own) !== Array.isArray(allowed)) return false;
  if (Array.isArray(own)) {
    const items = allowed as readonly JsonValue[];
    return own.length === items.length && items.every((item, index) => isSame(item, itemAt(own, index)));
  }
  const fields = own as JsonObject;
  const entries = Object.entries(allowed);
  return (
    Object.keys(fields).filter((name) => isPresent(fields[name])).length === entries.length &&
    entries.every(([name, item]) => Object.hasOwn(fields, name) && isSame(item, fields[name]))
  );
}

/** Whether an array has an item twice, and which; one that is larger than can be looked at has none. */
function findRepeated(items: readonly unknown[]): { readonly item: unknown } | undefined {
  const budget = { left: maxSteps };
  const seen = new Set<string>();
  for (let index = 0; index < items.length; index++) {
    const text = canonical(items[index], budget);
    if (budget.left < 0) return undefined;
    if (seen.has(text)) return { item: items[index] };
    seen.add(text);
  }
  return undefined;
}

/** A value as text that is the same for the same value: names are sorted, and what JSON leaves out is left out. */
function canonical(value: unknown, budget: { left: number }, depth = 0): string {
  const own = sent(value);
  budget.left -= 1;
  if (depth > maxDepth) return "…";
  if (typeof own !== "object" || own === null) return JSON.stringify(own) ?? "null";
  const names = Array.isArray(own) ? [] : Object.keys(own);
  budget.left -= Array.isArray(own) ? own.length : names.length;
  if (budget.left < 0) return "";
  if (Array.isArray(own)) return `[${Array.from(own, (item) => canonical(item, budget, depth + 1)).join()}]`;
  const texts = names
    .filter((name) => isPresent((own as JsonObject)[name]))
    .map((name) => `${JSON.stringify(name)}:${canonical((own as JsonObject)[name], budget, depth + 1)}`);
  return `{${texts.toSorted().join()}}`;
}

/** JSON has null where an array has nothing. */
function itemAt(array: readonly unknown[], index: number): unknown {
  return isPresent(array[index]) ? array[index] : null;
}

/** What `JSON.stringify` writes of an object. */
function isPresent(value: unknown): boolean {
  return value !== undefined && typeof value !== "function" && typeof value !== "symbol";
}

/** Passes if one alternative does; else tells of the one that was meant, if that is clear. */
function checkAlternatives(
  check: Check,
  branches: readonly JsonRules[],
  place: Place,
  report: Report<Issue["code"]>,
): void {
  const results: { readonly branch: JsonRules; readonly found: ParameterCheck }[] = [];
  for (const branch of branches) {
    const found: ParameterCheck = { issues: [], warnings: [] };
    const own: Check = { ...check, found };
    checkRules(own, branch, place);
    check.steps = own.steps;
    if (found.issues.length === 0) {
      check.found.warnings.push(...found.warnings);
      return;
    }
    results.push({ branch, found });
  }
  // An alternative was meant if the value has its type and its tags, such as { type: "text" }.
  const isApart = ({ code, path }: Issue): boolean =>
    (code === "wrong_type" && path.length <= place.path.length) ||
    (code === "not_allowed" && path.length <= place.path.length + 1);
  const meant = results.filter(({ found }) => !found.issues.some((issue) => isApart(issue)));
  const [first] = meant.length === 1 ? meant : results.length === 1 ? results : [];
  if (first) check.found.issues.push(...first.found.issues);
  else
    report(
      "no_alternative",
      describeBranches(
        check,
        (meant.length > 0 ? meant : results).map(({ branch }) => branch),
      ),
    );
}

function describeBranches(check: Check, branches: readonly JsonRules[]): string {
  const names = new Set(branches.map((branch) => describeRules(check, branch)));
  return listTen([...names]);
}

/** The first ten of many things, and how many more there are. */
function listTen(things: readonly string[]): string {
  const shown = things.slice(0, 10);
  const others = things.length - shown.length;
  return describeAllowed(others > 0 ? [...shown, `${others} other things`] : shown);
}

/** Rules in a few words, or others if they say too little: `an object with type and text`. */
function describeRules(check: Check, rules: JsonRules, others = "another value"): string {
  let target = rules;
  for (let steps = 0; target.$ref !== undefined && steps < 20; steps++) target = check.schemas[target.$ref] ?? {};
  const listed = target.const === undefined ? target.enum : [target.const];
  if (listed) return listTen(listed.map((value) => describeJson(value)));
  const types = typesOf(target);
  const names = target.required?.slice(0, 5) ?? [];
  if (names.length > 0) return `an object with ${names.join(", ").replace(/, ([^,]*)$/, " and $1")}`;
  return types.length > 0 ? describeAllowed(types.map((type) => typeNames[type])) : others;
}

function checkNumber(rules: JsonRules, value: number, report: Report<Issue["code"]>): void {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = rules;
  if (minimum !== undefined && value < minimum) report("number_too_small", minimum);
  if (maximum !== undefined && value > maximum) report("number_too_large", maximum);
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) report("number_not_above", exclusiveMinimum);
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) report("number_not_below", exclusiveMaximum);
  if (multipleOf !== undefined && !isMultiple(value, multipleOf)) report("not_a_multiple", multipleOf);
}

/** 0.3 is a multiple of 0.1, whatever binary fractions make of it. */
function isMultiple(value: number, of: number): boolean {
  const quotient = value / of;
  if (Number.isInteger(of) || !Number.isFinite(quotient))
    return !Number.isFinite(quotient) || Number.isInteger(quotient);
  return Math.abs(quotient - Math.round(quotient)) <= 1e-12 * Math.max(1, Math.abs(quotient));
}

function checkText(rules: JsonRules, value: string, report: Report<Issue["code"]>): void {
  const { minLength, maxLength, pattern, format } = rules;
  if (minLength !== undefined || maxLength !== undefined) {
    // JSON Schema counts characters, not the halves of surrogate pairs.
    const length = value.replaceAll(/[\ud800-\udbff][\udc00-\udfff]/g, "_").length;
    const received = `${length}`;
    if (minLength !== undefined && length < minLength) report("text_too_short", minLength, { received });
    if (maxLength !== undefined && length > maxLength) report("text_too_long", maxLength, { received });
  }
  if (pattern !== undefined && !new RegExp(pattern, "u").test(value)) report("pattern_mismatch", pattern);
  const known = format === undefined ? undefined : formats.get(format);
  if (known && !known.test(value)) report("format_mismatch", known.name);
}

function checkArray(
  check: Check,
  rules: JsonRules,
  place: Place & { readonly value: readonly unknown[] },
  report: Report<Issue["code"]>,
): void {
  const { minItems, maxItems, uniqueItems, items, prefixItems = [] } = rules;
  const { value, path, depth } = place;
  const received = `${value.length}`;
  if (minItems !== undefined && value.length < minItems) report("too_few_items", minItems, { received });
  if (maxItems !== undefined && value.length > maxItems) report("too_many_items", maxItems, { received });
  if (uniqueItems) {
    const twice = findRepeated(value);
    if (twice) report("items_repeated", "different items", { received: `${describeValue(twice.item)} twice` });
  }
  if (!items && prefixItems.length === 0) return;
  const end = items ? value.length : Math.min(value.length, prefixItems.length);
  for (let index = 0; index < end && check.steps <= maxSteps; index++) {
    const own = prefixItems[index] ?? items;
    if (own) checkRules(check, own, { value: itemAt(value, index), path: [...path, index], depth });
  }
}

function checkObject(
  check: Check,
  rules: JsonRules,
  place: Place & { readonly value: JsonObject },
  report: Report<Issue["code"]>,
): void {
  const { properties = {}, patternProperties = {}, additionalProperties, required = [] } = rules;
  const { value, path, depth } = place;
  const names = Object.keys(value).filter((name) => isPresent(value[name]));
  const received = `${names.length}`;
  const { minProperties, maxProperties } = rules;
  if (minProperties !== undefined && names.length < minProperties)
    report("too_few_properties", minProperties, { received });
  if (maxProperties !== undefined && names.length > maxProperties)
    report("too_many_properties", maxProperties, { received });
  const patterns = Object.entries(patternProperties).map(([pattern, own]) => ({ test: new RegExp(pattern, "u"), own }));
  const known = Object.keys(properties);
  const present = new Set(names);
  for (const name of required) {
    if (present.has(name)) continue;
    const own = Object.hasOwn(properties, name) ? properties[name]! : {};
    createReport({ found: check.found, path: [...path, name], value: undefined }, words)(
      "missing",
      describeRules(check, own, "a value"),
    );
  }
  for (const name of names) {
    const below = { value: value[name], path: [...path, name], depth };
    const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (own) checkRules(check, own, below);
    const matching = patterns.filter(({ test }) => test.test(name));
    for (const { own: rulesOfPattern } of matching) checkRules(check, rulesOfPattern, below);
    if (own || matching.length > 0) continue;
    if (typeof additionalProperties === "object") checkRules(check, additionalProperties, below);
    else if (additionalProperties === false || (additionalProperties === undefined && !place.isPart)) {
      reportUnknown({ check, known, path: below.path, present, isError: additionalProperties === false });
    }
  }
}

interface UnknownName {
  readonly check: Check;
  /** The names that the object's rules have. */
  readonly known: readonly string[];
  readonly path: Issue["path"];
  readonly present: ReadonlySet<string>;
  readonly isError: boolean;
}

/** A name that must not be there is an error; one that may be there is a warning, if it looks misspelt. */
function reportUnknown({ check, known, path, present, isError }: UnknownName): void {
  const name = String(path.at(-1));
  const meant = check.suggest?.(
    name,
    known.filter((one) => !present.has(one)),
  );
  if (!isError && !meant) return;
  const report = createReport({ found: check.found, path, value: name }, words);
  report(isError ? "unknown_parameter" : "undocumented_parameter", known, { received: describePath(path), meant });
}
