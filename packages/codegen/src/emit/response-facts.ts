import { isObject } from "../document/is-object.ts";
import { type Operation, resolve } from "../document/list-operations.ts";
import type { OpenAPIDocument, ResponseObject, SchemaObject } from "../document/openapi-document.ts";

/** What `ResponseFacts` of the runtime is made of. */
export interface ResponseFacts {
  readonly kind: "object" | "array" | "value";
  readonly required?: readonly string[] | undefined;
  readonly files?: FileList | undefined;
}

interface FileList {
  readonly list: string;
  readonly called: string;
  readonly base64: string;
  readonly url: string | undefined;
  readonly facts: readonly string[];
}

/**
 * What a client can hold the successes of an operation to: known if each of them is the same JSON, and
 * nothing else but events.
 * docs/spec-extensions.md tells how a list of files in base64 is found.
 */
export function responseFactsOf(document: OpenAPIDocument, operation: Operation): ResponseFacts | undefined {
  const success = successSchema(document, operation);
  if (success === undefined) return undefined;
  const schema = schemaOf(document, success);
  if (schema.type === "array") return { kind: "array" };
  if (schema.type !== "object" || schema.anyOf || schema.oneOf || schema.allOf) return { kind: "value" };
  const files = filesOf(document, operation, schema);
  const required = schema.required && schema.required.length > 0 ? schema.required : undefined;
  return { kind: "object", required: files ? undefined : required, files };
}

/** The one schema of all successes, as it is written, if each of them is JSON and nothing else but events. */
export function successSchema(document: OpenAPIDocument, operation: Operation): SchemaObject | undefined {
  const schemas = successesOf(document, operation).map(({ content = {} }) => {
    const types = Object.keys(content).filter((type) => !isEventStream(type));
    const [type = ""] = types;
    return types.length === 1 && /^application\/([^;]*\+)?json\b/i.test(type)
      ? (content[type]?.schema ?? {})
      : undefined;
  });
  const [first] = schemas;
  return schemas.every((one) => JSON.stringify(one) === JSON.stringify(first)) ? first : undefined;
}

/** Whether an operation may respond with events. */
export function hasEvents(document: OpenAPIDocument, operation: Operation): boolean {
  return successesOf(document, operation).some(({ content = {} }) =>
    Object.keys(content).some((type) => isEventStream(type)),
  );
}

function isEventStream(mediaType: string): boolean {
  return /^text\/event-stream\b/i.test(mediaType);
}

function successesOf(document: OpenAPIDocument, { path, method }: Operation): ResponseObject[] {
  const { responses = {} } = document.paths[path]![method.toLowerCase() as "get"]!;
  return Object.entries(responses)
    .filter(([status]) => status.startsWith("2"))
    .map(([, response]) => resolve<ResponseObject>(document, response));
}

/** The first property that is a list of objects with a file in base64. */
function filesOf(document: OpenAPIDocument, operation: Operation, schema: SchemaObject): FileList | undefined {
  for (const [list, property] of Object.entries(schema.properties ?? {})) {
    const { properties = {} } = schemaOf(document, schemaOf(document, property).items);
    const all = Object.entries(properties).map(([name, value]) => [name, schemaOf(document, value)] as const);
    const [base64] = all.find(([name, value]) => isBase64(name, value)) ?? [];
    if (base64 === undefined) continue;
    const [url] = all.find(([name, value]) => isText(value) && (value.format === "uri" || name === "url")) ?? [];
    const facts = all.map(([name]) => name).filter((name) => name !== base64 && !ownNames.has(name));
    return { list, called: operation.tag?.toLowerCase() ?? list, base64, url, facts };
  }
  return undefined;
}

/** A schema with its references followed. One that is `true` or is missing says nothing. */
export function schemaOf(document: OpenAPIDocument, schema: SchemaObject | undefined): SchemaObject {
  return isObject(schema) ? resolve<SchemaObject>(document, schema) : {};
}

/** What a file that is streamed has of its own. */
const ownNames: ReadonlySet<string> = new Set(["index", "chunks", "bytes", "stream", "__proto__"]);

/** Base64 as OpenAPI 3.1 says it, as 3.0 does, and as OpenAI's own document does, which says it by the name alone. */
function isBase64(name: string, schema: SchemaObject): boolean {
  return isText(schema) && (schema.contentEncoding === "base64" || schema.format === "byte" || name === "b64_json");
}

function isText({ type }: SchemaObject): boolean {
  return [type].flat().includes("string");
}
