import type { SchemaObject } from "@image-variations/codegen/document";
import { documentedResponses } from "./documented-responses.ts";
import { problemsOfValue } from "./problems-of-value.ts";

/**
 * How an answer departs from the spec, by an independent JSON Schema validator on the spec's own schemas: its status,
 * its media type, its headers and its body. Empty where all is well.
 *
 * @param body The answer's body: text, or what its JSON was parsed to.
 */
export function problemsOfAnswer({ status, headers }: Response, body: unknown): string[] {
  const documented = documentedResponses.find((response) => response.status === status);
  if (!documented) return [`The status ${status} is not documented.`];
  const mediaType = headers.get("content-type")?.split(";")[0] ?? "none";
  const content = documented.contents.find((candidate) => candidate.mediaType === mediaType);
  if (!content) return [`The media type ${mediaType} is not documented for ${status}.`];
  return [
    ...problemsOfValue(content.schema, body).map((problem) => `body${problem}`),
    ...documented.headers.flatMap(({ name, schema }) => {
      const text = headers.get(name);
      return text === null ? [] : problemsOfValue(schema, ofType(schema, text)).map((problem) => `${name}${problem}`);
    }),
  ];
}

/** A header is text on the wire; its schema speaks of the value that the text stands for. */
function ofType({ type }: SchemaObject, text: string): unknown {
  return type === "integer" || type === "number" ? Number(text) : text;
}
