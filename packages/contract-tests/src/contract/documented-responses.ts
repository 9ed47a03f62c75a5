import { type JsonValue, type ReferenceObject, resolve, type SchemaObject } from "@image-variations/codegen/document";
import { document } from "@image-variations/spec";

/** A status that the operation may answer with, its references resolved. */
export interface DocumentedResponse {
  readonly status: number;
  readonly headers: readonly { readonly name: string; readonly schema: SchemaObject; readonly example: JsonValue }[];
  readonly contents: readonly DocumentedContent[];
}

export interface DocumentedContent {
  readonly mediaType: string;
  readonly schema: SchemaObject;
  readonly examples: readonly { readonly name: string; readonly value: JsonValue }[];
}

interface HeaderObject {
  readonly schema: SchemaObject;
  readonly example: JsonValue;
}

interface ResponseObject {
  readonly headers?: { readonly [name: string]: HeaderObject | ReferenceObject };
  readonly content?: {
    readonly [mediaType: string]: {
      readonly schema: SchemaObject;
      readonly examples: { readonly [name: string]: { readonly value: JsonValue } };
    };
  };
}

/** Every status that the spec documents, in its order. */
export const documentedResponses: readonly DocumentedResponse[] = Object.entries(
  document.paths["/images/variations"].post.responses,
).map(([status, reference]) => {
  const { headers = {}, content = {} } = resolve<ResponseObject>(document, reference);
  return {
    status: Number(status),
    headers: Object.entries(headers).map(([name, header]) => ({
      name,
      ...resolve<HeaderObject>(document, header),
    })),
    contents: Object.entries(content).map(([mediaType, { schema, examples }]) => ({
      mediaType,
      schema,
      examples: Object.entries(examples).map(([name, { value }]) => ({ name, value })),
    })),
  };
});
