import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { nearestWord } from "@image-variations/command";
import { knownKeys, type Kind } from "./document-grammar.ts";
import { pointerTo } from "./look-up.ts";
import type { JsonValue } from "./openapi-document.ts";
import { isKeywordValue, keywordValues } from "./schema-keywords.ts";
import { SpecError } from "./spec-error.ts";
import { walkPlaces } from "./walk-document.ts";

type JsonObject = { readonly [key: string]: JsonValue };
type Path = readonly (string | number)[];
type Locate = (path: Path) => string;

/**
 * Finds the mistakes in a document that are legal YAML, and that would pass in silence or end in a stack: an indentation
 * that moves a key, a misspelt keyword, a limit that is text, a default that is not allowed.
 *
 * @throws SpecError that says what the first mistake is, and where.
 */
export function checkSpec(document: JsonObject, locate: Locate): void {
  const [first] = findMistakes(document, locate, 1);
  if (first) throw new SpecError(first.message);
}

/** Something wrong in a document. */
export interface Mistake {
  /** With the file, the line and the column. */
  readonly message: string;
  /** Whether nothing can be made of the document as it is. */
  readonly isFatal: boolean;
}

/** Thrown where enough mistakes were found. */
class Enough extends Error {}

/**
 * Every mistake of {@link checkSpec}'s kinds, each with its place.
 *
 * @param maximum How many are looked for.
 */
export function findMistakes(document: JsonObject, locate: Locate, maximum: number): Mistake[] {
  const found: Mistake[] = [];
  try {
    collectMistakes(document, locate, (message, isFatal = false) => {
      found.push({ message, isFatal });
      if (found.length >= maximum) throw new Enough();
    });
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  return found;
}

type Report = (message: string, isFatal?: boolean) => void;

function collectMistakes(document: JsonObject, locate: Locate, report: Report): void {
  const defaults: Path[] = [];
  const operationIds = new Map<string, string>();
  walkPlaces(document, (kind, value, path) => {
    const fail: Fail = (message, ...steps) => report(`${locate([...path, ...steps])}: ${message}`);
    checkKind(kind, value, path, (message) => report(`${locate(path)}: ${message}`, true));
    if (!isObject(value)) return;
    checkKeys(kind, value, path, fail);
    if (kind === "paths") checkPaths(value, fail);
    if (kind === "operation") checkOperation(value, path, operationIds, fail);
    if (kind === "schema") {
      checkSchema(value, path, fail);
      if (value.default !== undefined) defaults.push([...path]);
    }
  });
  if (defaults.length > 0) checkDefaults(document, defaults, locate, report);
}

/** Reports a mistake, at the place or at the one that steps lead to from there. */
type Fail = (message: string, ...steps: readonly string[]) => void;

/** Sees that an object, a list or one of both is where it has to be. */
function checkKind(kind: Kind, value: JsonValue, path: Path, fail: Fail): void {
  if (kind === "schema" && typeof value === "boolean") return;
  const wanted = kind === "schemaList" || kind === "parameterList" ? "a list" : "an object";
  const isRight = wanted === "a list" ? Array.isArray(value) : kind === "schemaOrSchemas" || isObject(value);
  if (!isRight) fail(`${name(path)} has to be ${wanted}, got ${show(value)}; is the indentation right?`);
}

function checkKeys(kind: Kind, value: JsonObject, path: Path, fail: Fail): void {
  const known = knownKeys(kind);
  if (!known) return;
  for (const [key, item] of Object.entries(value)) {
    if (known.includes(key) || key.startsWith("x-")) continue;
    const near = nearestWord(key, known);
    // JSON Schema allows unknown keywords; one that is almost known, or that holds more than a word, is a slip.
    if (kind === "schema" && !near && (typeof item !== "object" || item === null)) continue;
    const hint = near ? `Did you mean ${near}?` : "Is the indentation right?";
    fail(`${name(path)} has a key ${JSON.stringify(key)} that OpenAPI does not know here. ${hint}`, key);
  }
}

function checkPaths(paths: JsonObject, fail: Fail): void {
  for (const path of Object.keys(paths)) {
    if (path.startsWith("/") || path.startsWith("x-")) continue;
    fail(`a path begins with a slash, got ${JSON.stringify(path)}; is the indentation right?`, path);
  }
}

function checkOperation(operation: JsonObject, path: Path, known: Map<string, string>, fail: Fail): void {
  const { operationId, responses } = operation;
  if (responses !== undefined && isObject(responses)) {
    for (const status of Object.keys(responses)) {
      if (/^([1-5](\d\d|XX)|default|x-.*)$/.test(status)) continue;
      fail(
        `a response is named by its status, such as "200", or default, got ${JSON.stringify(status)}.`,
        "responses",
        status,
      );
    }
  }
  if (typeof operationId !== "string") return;
  const other = known.get(operationId);
  if (other) fail(`the operationId ${operationId} is that of ${other} too.`, "operationId");
  known.set(operationId, `${String(path.at(-1)).toUpperCase()} ${String(path.at(-2))}`);
}

function checkSchema(schema: JsonObject, path: Path, fail: Fail): void {
  for (const [keyword, wanted] of Object.entries(keywordValues)) {
    if (!Object.hasOwn(schema, keyword)) continue;
    const value = schema[keyword]!;
    if (!isKeywordValue(keyword, value)) fail(`${keyword} has to be ${wanted}, got ${show(value)}.`, keyword);
  }
  for (const [least, most] of ranges) {
    const [from, to] = [schema[least], schema[most]];
    if (typeof from !== "number" || typeof to !== "number") continue;
    const isEmpty = from > to || (from === to && (least.startsWith("exclusive") || most.startsWith("exclusive")));
    if (isEmpty) fail(`${name(path)} allows nothing: ${least} is ${from}, and ${most} is ${to}.`, most);
  }
  if (Array.isArray(schema.enum)) checkList("enum", schema.enum, fail);
  if (Array.isArray(schema.required)) checkRequired(schema, path, fail);
  if (typeof schema.pattern === "string") checkPattern(schema.pattern, fail);
  if ("x-image-limits" in schema) checkImageLimits(schema["x-image-limits"]!, fail);
}

const ranges = [
  ["minimum", "maximum"],
  ["minimum", "exclusiveMaximum"],
  ["exclusiveMinimum", "maximum"],
  ["exclusiveMinimum", "exclusiveMaximum"],
  ["minLength", "maxLength"],
  ["minItems", "maxItems"],
  ["minProperties", "maxProperties"],
  ["minContains", "maxContains"],
] as const;

function checkList(keyword: string, list: readonly JsonValue[], fail: Fail): void {
  const seen = new Set<string>();
  for (const [index, item] of list.entries()) {
    const text = JSON.stringify(item);
    if (seen.has(text)) fail(`${keyword} has ${text} twice.`, keyword, String(index));
    seen.add(text);
  }
}

function checkRequired({ required, properties }: JsonObject, path: Path, fail: Fail): void {
  const names = required as readonly string[];
  checkList("required", names, fail);
  if (!isObject(properties)) return;
  const known = Object.keys(properties);
  for (const [index, word] of names.entries()) {
    const near = known.includes(word) ? undefined : nearestWord(word, known);
    // What is required need not be described; what is described under almost the same name was meant.
    if (near)
      fail(`${name(path)} requires ${word}, and describes ${near}. Did you mean ${near}?`, "required", String(index));
  }
}

function checkPattern(pattern: string, fail: Fail): void {
  try {
    RegExp(pattern, "u");
  } catch (cause) {
    fail(`pattern is not a regular expression: ${(cause as Error).message}.`, "pattern");
  }
}

/** What docs/spec-extensions.md says of the extension. */
const imageLimits: Readonly<Record<string, { readonly wanted: string; readonly is: (value: JsonValue) => boolean }>> = {
  mediaTypes: {
    wanted: "a list of media types, such as image/png",
    is: (value) =>
      Array.isArray(value) && value.length > 0 && value.every((type) => /^[\w.+-]+\/[\w.+-]+$/.test(String(type))),
  },
  square: { wanted: "true or false", is: (value) => typeof value === "boolean" },
  exclusiveMaximumBytes: { wanted: "a whole number above 0", is: isCount },
  warningFromBytes: { wanted: "a whole number above 0", is: isCount },
};

function checkImageLimits(limits: JsonValue, fail: Fail): void {
  const at = "x-image-limits";
  if (!isObject(limits)) {
    fail(`${at} has to be an object, got ${show(limits)}; is the indentation right?`, at);
    return;
  }
  const known = Object.keys(imageLimits);
  for (const key of Object.keys(limits)) {
    if (known.includes(key)) continue;
    const near = nearestWord(key, known);
    fail(`${at} has ${known.join(", ")}, not ${JSON.stringify(key)}.${near ? ` Did you mean ${near}?` : ""}`, at, key);
  }
  for (const [key, { wanted, is }] of Object.entries(imageLimits)) {
    const value = limits[key];
    if (value === undefined && key === "warningFromBytes") continue;
    if (value === undefined) fail(`${at} has no ${key}; it has to be ${wanted}.`, at);
    else if (!is(value)) fail(`${at}.${key} has to be ${wanted}, got ${show(value)}.`, at, key);
  }
  const { warningFromBytes, exclusiveMaximumBytes } = limits;
  if (Number(warningFromBytes) >= Number(exclusiveMaximumBytes)) {
    fail(
      `${at} never warns: warningFromBytes is ${show(warningFromBytes!)}, and exclusiveMaximumBytes ${show(exclusiveMaximumBytes!)}.`,
      at,
      "warningFromBytes",
    );
  }
}

function isCount(value: JsonValue): boolean {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

/** Holds each default against its schema, by an independent validator of JSON Schema. */
function checkDefaults(document: JsonObject, places: readonly Path[], locate: Locate, report: Report): void {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, validateSchema: false, allErrors: false });
  ajv.addSchema(document, "spec");
  for (const path of places) {
    const pointer = pointerTo(path.map((step) => encodeURIComponent(step)));
    const value = path.reduce<JsonValue>((below, step) => (below as JsonObject)[step]!, document) as JsonObject;
    if (isPlainlyAllowed(value)) continue;
    const validate = compiled(ajv, `spec${pointer}`);
    if (!validate || validate(value.default)) continue;
    const { message = "is not allowed", params } = validate.errors!.at(-1)!;
    const allowed = "allowedValues" in params ? `: ${JSON.stringify(params.allowedValues)}` : "";
    report(
      `${locate([...path, "default"])}: the default of ${name(path)} is ${show(value.default!)}, and ${message}${allowed}.`,
    );
  }
}

const plainKeywords: ReadonlySet<string> = new Set(
  "type enum minimum maximum default title description format example examples deprecated readOnly writeOnly".split(
    " ",
  ),
);

/** Whether a look is enough to see that a default is allowed, as of most. */
function isPlainlyAllowed(schema: JsonObject): boolean {
  const { type, enum: values, minimum = -Infinity, maximum = Infinity, default: value = null } = schema;
  if (!Object.keys(schema).every((key) => plainKeywords.has(key) || key.startsWith("x-"))) return false;
  if (Array.isArray(values) && !values.includes(value)) return false;
  if (typeof value === "number") {
    const isOfType = type === "number" || (type === "integer" && Number.isInteger(value));
    return isOfType && value >= Number(minimum) && value <= Number(maximum);
  }
  return typeof value === type && typeof value !== "object";
}

/** What refers to nothing is told elsewhere, with its place. */
function compiled(ajv: Ajv2020, reference: string): ValidateFunction | undefined {
  try {
    return ajv.getSchema(reference);
  } catch {
    return undefined;
  }
}

/** What a place is called: its last name. */
function name(path: Path): string {
  return path.length === 0 ? "the document" : String(path.at(-1));
}

function show(value: JsonValue): string {
  const text = value === null ? "nothing" : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
