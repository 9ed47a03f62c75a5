/** A value of a JSON or YAML file. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** The parts of an OpenAPI 3.1 document that the emitters read. */
export interface OpenAPIDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly servers?: readonly ServerObject[];
  readonly security?: readonly SecurityRequirement[];
  readonly paths: { readonly [path: string]: PathItemObject };
  readonly components?: { readonly schemas?: { readonly [name: string]: SchemaObject } };
}

export interface ServerObject {
  readonly url: string;
  readonly variables?: { readonly [name: string]: { readonly default: string } };
}

export type SecurityRequirement = { readonly [scheme: string]: readonly string[] };

export type PathItemObject = { readonly [method in HttpMethod]?: OperationObject };

export interface OperationObject {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly SecurityRequirement[];
  readonly requestBody?: ReferenceObject | RequestBodyObject;
  readonly responses?: { readonly [status: string]: ReferenceObject | ResponseObject };
}

export interface ResponseObject {
  readonly content?: { readonly [mediaType: string]: MediaTypeObject };
}

export interface RequestBodyObject {
  readonly content: { readonly [mediaType: string]: MediaTypeObject };
}

export interface MediaTypeObject {
  readonly schema?: SchemaObject;
}

export interface ReferenceObject {
  readonly $ref: string;
}

/** A JSON Schema of the 2020-12 dialect, with the extension that this project documents in docs/spec-extensions.md. */
export interface SchemaObject {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly contentEncoding?: string;
  readonly title?: string;
  readonly description?: string;
  readonly default?: JsonValue;
  readonly enum?: readonly JsonValue[];
  readonly required?: readonly string[];
  readonly properties?: { readonly [name: string]: SchemaObject };
  readonly items?: SchemaObject;
  readonly allOf?: readonly SchemaObject[];
  readonly anyOf?: readonly SchemaObject[];
  readonly oneOf?: readonly SchemaObject[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly "x-image-limits"?: ImageLimits;
}

/** What JSON Schema cannot say of an image. Documented in docs/spec-extensions.md. */
export interface ImageLimits {
  readonly mediaTypes: readonly string[];
  readonly square: boolean;
  readonly exclusiveMaximumBytes: number;
  readonly warningFromBytes?: number;
}

export const httpMethods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;
export type HttpMethod = (typeof httpMethods)[number];
