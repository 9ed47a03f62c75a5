import { document } from "@image-variations/spec";
import { resolveReference } from "./resolve-reference.ts";
import type { SchemaObject } from "./schema-object.ts";

/** A status with which the contract lets a server respond, its references resolved. */
export interface DocumentedResponse {
  readonly status: number;
  readonly headers: readonly { readonly name: string; readonly schema: SchemaObject; readonly example: unknown }[];
  readonly contents: readonly DocumentedContent[];
}

/** A media type of a response. */
export interface DocumentedContent {
  readonly mediaType: string;
  readonly schema: SchemaObject;
  readonly examples: readonly { readonly name: string; readonly value: unknown }[];
}

interface HeaderObject {
  readonly schema: SchemaObject;
  readonly example: unknown;
}

interface ResponseObject {
  readonly headers?: { readonly [name: string]: object };
  readonly content?: {
    readonly [mediaType: string]: {
      readonly schema: SchemaObject;
      readonly examples: { readonly [name: string]: { readonly value: unknown } };
    };
  };
}

/** Every status that the contract documents, in its order. */
export const documentedResponses: readonly DocumentedResponse[] = Object.entries(
  document.paths["/images/variations"].post.responses,
).map(([status, reference]) => {
  const { headers = {}, content = {} } = resolveReference<ResponseObject>(reference);
  return {
    status: Number(status),
    headers: Object.entries(headers).map(([name, header]) => ({ name, ...resolveReference<HeaderObject>(header) })),
    contents: Object.entries(content).map(([mediaType, { schema, examples }]) => ({
      mediaType,
      schema,
      examples: Object.entries(examples).map(([name, { value }]) => ({ name, value })),
    })),
  };
});
