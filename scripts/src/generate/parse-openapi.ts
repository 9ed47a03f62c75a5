import { isAlias, isMap, isNode, isSeq, LineCounter, parseDocument, type Document, type Node } from "yaml";
import { nearestWord } from "./did-you-mean.ts";
import type { JsonValue } from "./openapi-document.ts";
import { lookUp } from "./look-up.ts";
import { SpecError } from "./spec-error.ts";
import { eachReference } from "./walk-document.ts";

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

/** The largest public description has 1.5 million values. */
const maximumNodes = 20_000_000;

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
  check(value, locate);
  eachReference(value, (reference, path) => {
    const fate = fateOf(value, reference);
    if (fate) throw new SpecError(`${locate(path)}: $ref ${JSON.stringify(reference)} ${fate.replace(/[^?]$/, "$&.")}`);
  });
  return { document: value, version: openapi, locate };
}

/** A value and where its parts are in the text. */
export interface ParsedText {
  readonly value: JsonValue;
  readonly locate: ParsedOpenAPI["locate"];
}

/**
 * Parses YAML or JSON.
 *
 * @throws SpecError with the label, the line and the column.
 */
export function parseText(text: string, label: string): ParsedText {
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
  const size = expandedSize(yaml);
  if (size > maximumNodes) {
    throw new SpecError(
      `${label}:1:1: the spec's aliases expand to more than ${maximumNodes.toLocaleString("en")} values. ` +
        "Write what they repeat as a schema, and refer to it.",
    );
  }
  try {
    return yaml.toJS({ maxAliasCount: -1 }) as JsonValue;
  } catch (cause) {
    throw new SpecError(`${label}:1:1: the spec can't be read. ${firstLine((cause as Error).message)}`, { cause });
  }
}

/**
 * How many values a document has with every alias written out. How many aliases there are says nothing: thousands of
 * small ones are harmless, and ten that contain each other are not.
 */
function expandedSize(yaml: Document): number {
  const sizes = new Map<Node, number>();
  const anchored = new Map<string, Node>();
  // Anchors come before their aliases, so one walk in the order of the text knows each alias's size.
  const sizeOf = (node: unknown): number => {
    if (isAlias(node)) return sizes.get(anchored.get(node.source)!) ?? 1;
    if (!isNode(node)) return 1;
    if (node.anchor) anchored.set(node.anchor, node);
    let size = 1;
    if (isMap(node)) for (const { key, value } of node.items) size += sizeOf(key) + sizeOf(value);
    else if (isSeq(node)) for (const item of node.items) size += sizeOf(item);
    sizes.set(node, size);
    return size;
  };
  return sizeOf(yaml.contents);
}

/** What is wrong with a reference, or undefined where it leads to something. */
function fateOf(document: JsonValue, reference: string): string | undefined {
  const seen = new Set<string>();
  for (let next = reference; ;) {
    if (!next.startsWith("#")) return "leads out of the file; bundle everything into one file first";
    if (seen.has(next)) return "leads only to other references, in a circle";
    seen.add(next);
    const target = lookUp(document, next);
    if (target === undefined) return `leads nowhere${nearReference(document, next)}`;
    // A schema may have keywords beside its reference, and then it is more than a way to another one.
    if (!isRecord(target) || typeof target.$ref !== "string") return undefined;
    next = target.$ref;
  }
}

/** The reference that was probably meant: with another name in the same place. */
function nearReference(document: JsonValue, reference: string): string {
  const [, place, name] = /^(.*)\/([^/]*)$/.exec(reference) ?? [];
  const siblings = place === undefined ? undefined : lookUp(document, place);
  const near = isRecord(siblings) && nearestWord(name!, Object.keys(siblings));
  return near ? `; did you mean ${place}/${near}?` : "";
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
