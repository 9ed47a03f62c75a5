import { LineCounter, parseDocument, type Document } from "yaml";
import type { JsonValue } from "./openapi-document.ts";
import { lookUp } from "./look-up.ts";
import { SpecError } from "./spec-error.ts";

/** An OpenAPI document of any 3.x version, and where its places are in the text. */
export interface ParsedOpenAPI {
  readonly document: { readonly [key: string]: JsonValue };
  /** Such as `3.0.3`. */
  readonly version: string;
  /** `label:line:column` of the place, or of the closest one around it that the text has. */
  readonly locate: (path: readonly (string | number)[]) => string;
}

/** More than the largest public descriptions have, and little enough to be read in seconds. */
const maximumCharacters = 32_000_000;

/**
 * Parses the text of an OpenAPI 3.x document, YAML or JSON, and sees that each of its `$ref`s leads to something in it.
 *
 * @param versions Which versions of OpenAPI will do.
 * @throws SpecError with the label, the line and the column.
 */
export function parseOpenAPI(text: string, label: string, versions: readonly string[] = ["3.0", "3.1"]): ParsedOpenAPI {
  if (text.length > maximumCharacters) {
    const [size, limit] = [text.length, maximumCharacters].map((count) => (count / 1_000_000).toFixed(1));
    throw new SpecError(`${label}:1:1: the spec has ${size} MB; at most ${limit} MB are read. Cut out what matters.`);
  }
  if (text.trim() === "") throw new SpecError(`${label}:1:1: the spec is empty; it has to be an OpenAPI document.`);
  const source = parseText(text, label);
  const { value, locate } = source;
  if (!isRecord(value)) {
    throw new SpecError(`${label}:1:1: expected an OpenAPI document, got ${describe(value)}.`);
  }
  const { openapi } = value;
  if (typeof openapi !== "string" || !versions.some((version) => openapi.startsWith(version))) {
    const got =
      "swagger" in value ? `swagger: ${JSON.stringify(value.swagger)}` : `openapi: ${JSON.stringify(openapi)}`;
    throw new SpecError(`${locate(["openapi"])}: expected an OpenAPI ${versions.join(" or ")} document, got ${got}.`);
  }
  for (const { path, reference } of referencesIn(value)) {
    const fate = fateOf(value, reference);
    if (fate) throw new SpecError(`${locate([...path, "$ref"])}: $ref ${JSON.stringify(reference)} ${fate}.`);
  }
  return { document: value, version: openapi, locate };
}

interface ParsedText {
  readonly value: JsonValue;
  readonly locate: ParsedOpenAPI["locate"];
}

function parseText(text: string, label: string): ParsedText {
  // JSON is YAML too, but its own parser is a hundred times faster; only an error needs to know the place.
  const json = text.trimStart().startsWith("{") ? parseJson(text) : undefined;
  if (json !== undefined) return { value: json, locate: (path) => parseYaml(text, label).locate(path) };
  return parseYaml(text, label);
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function parseYaml(text: string, label: string): ParsedText {
  const lineCounter = new LineCounter();
  const yaml = parseDocument(text, { lineCounter, prettyErrors: false });
  const at = (offset: number): string => {
    const { line, col } = lineCounter.linePos(offset);
    return `${label}:${line}:${col}`;
  };
  const [problem] = yaml.errors;
  if (problem) {
    throw new SpecError(`${at(problem.pos[0])}: the spec is not valid YAML. ${firstLine(problem.message)}`);
  }
  return { value: toPlainValue(yaml, label), locate: (path) => at(offsetOf(yaml, path)) };
}

function toPlainValue(yaml: Document, label: string): JsonValue {
  try {
    return yaml.toJS() as JsonValue;
  } catch (cause) {
    throw new SpecError(`${label}:1:1: the spec can't be read. ${firstLine((cause as Error).message)}`, { cause });
  }
}

interface Reference {
  readonly path: readonly (string | number)[];
  readonly reference: string;
}

/** What is data, or maps words to names, and so has no references in it. */
const withoutReferences: ReadonlySet<string> = new Set(["example", "default", "enum", "const", "mapping"]);

function* referencesIn(value: JsonValue, path: readonly (string | number)[] = []): Generator<Reference> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* referencesIn(item, [...path, index]);
  } else if (isRecord(value)) {
    if (typeof value.$ref === "string") yield { path, reference: value.$ref };
    const named = ["properties", "schemas", "patternProperties"].includes(String(path.at(-1)));
    for (const [key, item] of Object.entries(value)) {
      if (!named && (withoutReferences.has(key) || key.startsWith("x-"))) continue;
      if (!named && key === "examples") yield* referencesToExamples(item as JsonValue, [...path, key]);
      else yield* referencesIn(item as JsonValue, [...path, key]);
    }
  }
}

// An example's value is data; the example itself may be a reference.
function* referencesToExamples(examples: JsonValue, path: readonly (string | number)[]): Generator<Reference> {
  if (!isRecord(examples)) return;
  for (const [name, example] of Object.entries(examples)) {
    if (isRecord(example) && typeof example.$ref === "string" && Object.keys(example).length === 1) {
      yield { path: [...path, name], reference: example.$ref };
    }
  }
}

/** What is wrong with a reference, or undefined where it leads to something. */
function fateOf(document: JsonValue, reference: string): string | undefined {
  const seen = new Set<string>();
  for (let next = reference; ;) {
    if (!next.startsWith("#")) return "leads out of the file; bundle everything into one file first";
    if (seen.has(next)) return "leads only to other references, in a circle";
    seen.add(next);
    const target = lookUp(document, next);
    if (target === undefined) return "leads nowhere";
    // A schema may have keywords beside its reference, and then it is more than a way to another one.
    if (!isRecord(target) || typeof target.$ref !== "string") return undefined;
    next = target.$ref;
  }
}

function offsetOf(yaml: Document, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = yaml.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined;
    if (node?.range) return node.range[0];
  }
  return 0;
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
