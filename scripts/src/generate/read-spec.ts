import { readFileSync } from "node:fs";
import { LineCounter, parseDocument, type Document } from "yaml";
import type { JsonValue, OpenAPIDocument } from "./openapi-document.ts";
import { SpecError } from "./spec-error.ts";

/**
 * Reads an OpenAPI 3.1 document, YAML or JSON, and makes sure that the emitters can rely on it: it parses, it has
 * paths, and every `$ref` leads to something inside it.
 *
 * @param path Where the file is; `label` is what errors call it.
 * @throws SpecError with the file, the line and the column.
 */
export function readSpec(path: string, label: string = path): OpenAPIDocument {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new SpecError(`${label}: the spec cannot be read (${(cause as NodeJS.ErrnoException).code}).`, { cause });
  }
  return parseSpec(text, label);
}

/** Parses the text of an OpenAPI 3.1 document; see {@link readSpec}. */
export function parseSpec(text: string, label: string): OpenAPIDocument {
  const lineCounter = new LineCounter();
  const yaml = parseDocument(text, { lineCounter, prettyErrors: false });
  const at = (offset: number | undefined): string => {
    if (offset === undefined) return label;
    const { line, col } = lineCounter.linePos(offset);
    return `${label}:${line}:${col}`;
  };
  const [problem] = yaml.errors;
  if (problem) throw new SpecError(`${at(problem.pos[0])}: the spec is not valid YAML. ${firstLine(problem.message)}`);

  const document: unknown = toPlainValue(yaml, label);
  if (!isRecord(document)) throw new SpecError(`${label}: the spec is empty or is not an object.`);
  const { openapi, paths } = document;
  if (typeof openapi !== "string" || !openapi.startsWith("3.1")) {
    throw new SpecError(
      `${at(offsetOf(yaml, ["openapi"]))}: expected an OpenAPI 3.1 document, got openapi: ${JSON.stringify(openapi)}.`,
    );
  }
  if (!isRecord(paths) || Object.keys(paths).length === 0) {
    throw new SpecError(`${at(offsetOf(yaml, ["paths"]))}: the spec has no paths, so there is nothing to generate.`);
  }
  for (const { pointer, reference } of referencesIn(document as JsonValue)) {
    const cycle = resolvesTo(document as JsonValue, reference);
    if (cycle === "found") continue;
    const place = at(offsetOf(yaml, [...pointer, "$ref"]));
    throw new SpecError(
      cycle === "nowhere"
        ? `${place}: $ref "${reference}" leads nowhere.`
        : `${place}: $ref "${reference}" leads only to other references, in a circle.`,
    );
  }
  return document as unknown as OpenAPIDocument;
}

function toPlainValue(yaml: Document, label: string): unknown {
  try {
    return yaml.toJS();
  } catch (cause) {
    throw new SpecError(`${label}: ${firstLine((cause as Error).message)}`, { cause });
  }
}

function* referencesIn(
  value: JsonValue,
  pointer: readonly (string | number)[] = [],
): Generator<{ pointer: readonly (string | number)[]; reference: string }> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* referencesIn(item, [...pointer, index]);
  } else if (isRecord(value)) {
    const { $ref } = value;
    if (typeof $ref === "string") yield { pointer, reference: $ref };
    for (const [key, item] of Object.entries(value)) {
      // Examples are data: what looks like a reference there is none.
      if (key !== "example" && key !== "examples") yield* referencesIn(item as JsonValue, [...pointer, key]);
    }
  }
}

function resolvesTo(document: JsonValue, reference: string): "found" | "nowhere" | "circle" {
  const seen = new Set<string>();
  for (let next = reference; ;) {
    if (seen.has(next)) return "circle";
    seen.add(next);
    const target = lookUp(document, next);
    if (target === undefined) return "nowhere";
    if (!isRecord(target) || typeof target.$ref !== "string") return "found";
    next = target.$ref;
  }
}

/** The value that a local reference such as `#/components/schemas/Image` leads to, or undefined. */
export function lookUp(document: JsonValue | object, reference: string): unknown {
  if (!reference.startsWith("#/")) return undefined;
  let value: unknown = document;
  for (const step of reference.slice(2).split("/")) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string, unknown>)[decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~")];
  }
  return value;
}

function offsetOf(yaml: Document, path: readonly (string | number)[]): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const node = yaml.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined;
    if (node?.range) return node.range[0];
  }
  return undefined;
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0]!;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
