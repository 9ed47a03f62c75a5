import { CORE_SCHEMA, load } from "js-yaml";
import { isMap, isScalar, isSeq, parseDocument, type Document, type Scalar } from "yaml";
import { nearestWord } from "@image-variations/command";
import type { JsonValue } from "./openapi-document.ts";
import { lookUp, pointerTo, stepsOf } from "./look-up.ts";
import { SpecError } from "./spec-error.ts";
import { eachReference } from "./walk-document.ts";

/** An OpenAPI document of any 3.x version, and where its places are in the text. */
export interface ParsedOpenAPI {
  readonly document: { readonly [key: string]: JsonValue };
  /** Such as `3.0.3`. */
  readonly version: string;
  /** `label:line:column` of the place, or of the closest one around it that the text has. */
  readonly locate: (path: readonly (string | number)[]) => string;
  /** The text, if the document is one file. */
  readonly text?: string;
}

/** More than the largest public descriptions have, and little enough to be read in seconds. */
const maximumCharacters = 32_000_000;

/** As many references that lead nowhere as are told at a time. */
const maximumLost = 20;

/** The largest public description has 1.5 million values. */
const maximumValues = 20_000_000;

/**
 * Parses the text of an OpenAPI 3.x document, YAML or JSON, and sees that each of its `$ref`s leads to something in it.
 *
 * @param versions Which versions of OpenAPI will do.
 * @param check Looks at the document before its references are followed.
 * @throws SpecError with the label, the line and the column.
 */
export function parseOpenAPI(
  text: string,
  label: string,
  versions: readonly string[] = ["3.0", "3.1"],
  check: (document: ParsedOpenAPI["document"], locate: ParsedOpenAPI["locate"]) => void = () => {},
): ParsedOpenAPI {
  return checkOpenAPI(parseDocumentText(text, label), label, versions, check);
}

/**
 * Parses the text of a document that may be large, or a part of one.
 *
 * @throws SpecError with the label, the line and the column.
 */
export function parseDocumentText(text: string, label: string): ParsedText {
  if (text.length > maximumCharacters) {
    const [size, limit] = [text.length, maximumCharacters].map((count) => (count / 1_000_000).toFixed(1));
    throw new SpecError(`${label}:1:1: the spec has ${size} MB; at most ${limit} MB are read. Cut out what matters.`);
  }
  if (text.trim() === "") throw new SpecError(`${label}:1:1: the spec is empty; it has to be an OpenAPI document.`);
  return parseText(text, label);
}

/** Sees that a value is an OpenAPI document of some version, and that each of its `$ref`s leads to something in it. */
export function checkOpenAPI(
  { value, locate, text }: ParsedText,
  label: string,
  versions: readonly string[],
  check: (document: ParsedOpenAPI["document"], locate: ParsedOpenAPI["locate"]) => void,
): ParsedOpenAPI {
  if (!isRecord(value)) {
    throw new SpecError(`${label}:1:1: expected an OpenAPI document, got ${describe(value)}.`);
  }
  const { openapi } = value;
  if (typeof openapi !== "string" || !versions.some((version) => openapi.startsWith(version))) {
    const said = "swagger" in value ? "swagger" : "overlay" in value ? "overlay" : "openapi";
    const near = openapi === undefined && said === "openapi" ? nearestWord("openapi", Object.keys(value)) : undefined;
    const hint = said === "overlay" ? " Name it with --overlay, beside its document or --base." : "";
    throw new SpecError(
      `${locate([near ?? said])}: expected an OpenAPI ${versions.join(" or ")} document, got ${said}: ` +
        `${JSON.stringify(value[said])}.${near ? ` Did you mean openapi, not ${near}?` : hint}`,
    );
  }
  check(value, locate);
  const fateOf = createFateOf(value);
  const lost: string[] = [];
  const told = new Set<string>();
  eachReference(value, (reference, path) => {
    const fate = lost.length < maximumLost ? fateOf(reference) : undefined;
    // All references of a circle have the same fate, and telling of the first one is enough.
    if (!fate || (fate === circle && told.has(circle))) return;
    told.add(fate);
    lost.push(`${locate(path)}: $ref ${JSON.stringify(reference)} ${fate.replace(/[^?]$/, "$&.")}`);
  });
  if (lost.length > 0) throw new SpecError(lost.join("\n"));
  return { document: value, version: openapi, locate, ...(text !== undefined && { text }) };
}

/** A value and where its parts are in the text. */
export interface ParsedText {
  readonly value: JsonValue;
  readonly locate: ParsedOpenAPI["locate"];
  /** Missing of what was put together from several files. */
  readonly text?: string;
}

/**
 * Parses YAML or JSON.
 *
 * @throws SpecError with the label, the line and the column.
 */
export function parseText(text: string, label: string): ParsedText {
  // Parsers that know no places are many times faster; only an error needs to know the place.
  const value = parseJson(text) ?? parseYamlFast(text);
  if (value === undefined) return parseYaml(text, label);
  checkExpansion(value, label);
  let slow: ParsedText | undefined;
  return { value, text, locate: (path) => (slow ??= parseYaml(text, label)).locate(path) };
}

function parseJson(text: string): JsonValue | undefined {
  if (!text.trimStart().startsWith("{")) return undefined;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/** Undefined for what this parser does not take: the other one says why, or takes it. */
function parseYamlFast(text: string): JsonValue | undefined {
  const value = loadFast(text);
  if (value !== undefined) return value;
  // The one thing that this parser rejects in public documents of today, and that means the same when it is written otherwise.
  const plain = withoutBlankScalars(text);
  return plain === text ? undefined : loadFast(plain);
}

/** The text with the lines emptied of block scalars that have nothing but spaces. */
function withoutBlankScalars(text: string): string {
  return text.replaceAll(
    /^( *(?:- +)*)([^\n]*[|>][+-]?[ \t]*\n)((?: *\n)+)(?=( *)\S)/gm,
    (all, before: string, header: string, blank: string, next: string) =>
      next.length <= before.length ? before + header + blank.replaceAll(" ", "") : all,
  );
}

function loadFast(text: string): JsonValue | undefined {
  try {
    const value = load(text, { schema: CORE_SCHEMA, maxAliases: Infinity });
    return isJson(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a parser made nothing that JSON does not have, such as dates and binary data. */
function isJson(value: unknown, seen: Set<object> = new Set()): value is JsonValue {
  if (typeof value !== "object" || value === null) return value !== undefined;
  if (seen.has(value)) return true;
  seen.add(value);
  const isPlain = Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value) as object);
  return isPlain && Object.values(value).every((item) => isJson(item, seen));
}

function parseYaml(text: string, label: string): ParsedText {
  // The parser compares each key with all before it; a walk with a set finds the same.
  const yaml = parseDocument(text, { prettyErrors: false, uniqueKeys: false });
  const at = (offset: number): string => {
    const lines = text.slice(0, offset).split("\n");
    return `${label}:${lines.length}:${lines.at(-1)!.length + 1}`;
  };
  const [issue] = yaml.errors;
  if (issue) {
    throw new SpecError(`${at(issue.pos[0])}: the spec is not valid YAML. ${firstLine(issue.message)}`);
  }
  const repeated = repeatedKey(yaml.contents);
  if (repeated) {
    throw new SpecError(
      `${at(repeated.range![0])}: the spec is not valid YAML. The key ${String(repeated)} is there twice.`,
    );
  }
  let value: JsonValue;
  try {
    value = yaml.toJS({ maxAliasCount: -1 }) as JsonValue;
  } catch (cause) {
    throw new SpecError(`${label}:1:1: the spec can't be read. ${firstLine((cause as Error).message)}`, { cause });
  }
  checkExpansion(value, label);
  return { value, text, locate: (path) => at(offsetOf(yaml, path)) };
}

/** A key that its mapping has already. */
function repeatedKey(node: unknown): Scalar | undefined {
  if (isSeq(node)) {
    for (const item of node.items) {
      const found = repeatedKey(item);
      if (found) return found;
    }
  }
  if (!isMap(node)) return undefined;
  const seen = new Set<string>();
  for (const { key, value } of node.items) {
    if (isScalar(key)) {
      if (seen.has(String(key.value))) return key;
      seen.add(String(key.value));
    }
    const found = repeatedKey(value);
    if (found) return found;
  }
  return undefined;
}

/**
 * Counts the values that a document has with every alias written out. How many aliases there are says nothing:
 * thousands of small ones are harmless, and ten that contain each other are not.
 */
function checkExpansion(value: JsonValue, label: string): void {
  const sizes = new Map<object, number>();
  const sizeOf = (item: JsonValue): number => {
    if (typeof item !== "object" || item === null) return 1;
    const known = sizes.get(item);
    if (known === 0) throw new SpecError(`${label}:1:1: an alias of the spec leads into what contains it.`);
    if (known !== undefined) return known;
    sizes.set(item, 0);
    let size = 1;
    for (const below of Object.values(item)) size += sizeOf(below as JsonValue);
    sizes.set(item, size);
    return size;
  };
  if (sizeOf(value) <= maximumValues) return;
  throw new SpecError(
    `${label}:1:1: the spec's aliases expand to more than ${maximumValues.toLocaleString("en")} values. ` +
      "Write what they repeat as a schema, and refer to it.",
  );
}

const circle = "leads only to other references, in a circle";

/** Says what is wrong with a reference, or undefined if it leads to something. Each is followed once. */
function createFateOf(document: JsonValue): (reference: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  return (reference) => {
    const followed = new Set<string>();
    let fate: string | undefined;
    for (let next: string | undefined = reference; next !== undefined;) {
      if (followed.has(next)) {
        fate = circle;
        break;
      }
      if (known.has(next)) {
        fate = known.get(next);
        break;
      }
      followed.add(next);
      [next, fate] = step(document, next);
    }
    for (const one of followed) known.set(one, fate);
    return fate;
  };
}

/** The reference that a reference leads to, if it leads to one, and what is wrong with it. */
function step(document: JsonValue, reference: string): [next: string | undefined, fate: string | undefined] {
  if (!reference.startsWith("#")) return [undefined, "leads out of the file; bundle everything into one file first"];
  const target = lookUp(document, reference);
  if (target === undefined) return [undefined, `leads nowhere${nearReference(document, reference)}`];
  return [isRecord(target) && typeof target.$ref === "string" ? target.$ref : undefined, undefined];
}

/** The reference that was probably meant: with another name where the first one is that does not exist. */
function nearReference(document: JsonValue, reference: string): string {
  const steps = stepsOf(reference);
  const missing = steps.findIndex((_, index) => lookUp(document, pointerTo(steps.slice(0, index + 1))) === undefined);
  if (missing < 0) return "";
  const present = steps.slice(0, missing);
  const siblings = lookUp(document, pointerTo(present));
  const near = isRecord(siblings) && nearestWord(steps[missing]!, Object.keys(siblings));
  return near ? `; did you mean ${pointerTo([...present, near, ...steps.slice(missing + 1)])}?` : "";
}

function offsetOf(yaml: Document, path: readonly (string | number)[]): number {
  let node: unknown = yaml.contents;
  let offset = 0;
  for (const key of path) {
    node = nodeBelow(node, key);
    const { range } = (node ?? {}) as { readonly range?: readonly number[] };
    if (!range) break;
    [offset = 0] = range;
  }
  return offset;
}

/** What stands under a key. A status is a name, and in YAML it may be a number. */
function nodeBelow(node: unknown, wanted: string | number): unknown {
  if (isSeq(node)) return node.items[Number(wanted)];
  if (!isMap(node)) return undefined;
  return node.items.find(({ key }) => isScalar(key) && String(key.value) === String(wanted))?.value;
}

function describe(value: JsonValue): string {
  if (value === null) return "nothing but comments or null";
  return Array.isArray(value) ? "a list" : `the ${typeof value} ${JSON.stringify(value).slice(0, 60)}`;
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0]!;
}

function isRecord(value: unknown): value is { readonly [key: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
