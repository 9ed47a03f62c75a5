import { documentedResponses } from "./documented-responses.ts";
import type { SchemaObject } from "./schema-object.ts";
import { violationsOfValue } from "./violations-of-value.ts";

/**
 * How a response differs from the contract, by an independent validator of JSON Schema on the contract's own schemas: its
 * status, its media type, its headers and its body. Empty if it does not.
 *
 * @param body The response's body: text, or what its JSON was parsed to.
 */
export function violationsOfResponse(
  { status, headers }: { readonly status: number; readonly headers: Headers },
  body: unknown,
): string[] {
  const documented = documentedResponses.find((response) => response.status === status);
  if (!documented) return [`The status ${status} is not documented.`];
  const mediaType = headers.get("content-type")?.split(";")[0] ?? "none";
  const content = documented.contents.find((candidate) => candidate.mediaType === mediaType);
  if (!content) return [`The media type ${mediaType} is not documented for ${status}.`];
  return [
    ...violationsOfValue(content.schema, body).map((violation) => `body${violation}`),
    ...documented.headers.flatMap(({ name, schema }) => {
      const text = headers.get(name);
      if (text === null) return [];
      return violationsOfValue(schema, ofType(schema, text)).map((violation) => `${name}${violation}`);
    }),
  ];
}

/** A header is text on the wire; its schema is about the value that the text stands for. */
function ofType({ type }: SchemaObject, text: string): unknown {
  return type === "integer" || type === "number" ? Number(text) : text;
}
