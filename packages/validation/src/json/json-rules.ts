/** A value that JSON can state. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** The types of JSON Schema, and files, which are sent as they are. */
export type JsonType = "file" | "string" | "number" | "integer" | "boolean" | "array" | "object" | "null";

/**
 * The rules for a JSON value: a JSON Schema 2020-12 of these keywords, whose `$ref` is the name of one of {@link JsonSchemas}.
 * `oneOf` is written as `anyOf`. Generated.
 */
export interface JsonRules {
  readonly $ref?: string;
  readonly type?: JsonType | readonly JsonType[];
  readonly enum?: readonly JsonValue[];
  readonly const?: JsonValue;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** An ECMAScript regular expression, with the flag `u`. */
  readonly pattern?: string;
  /** A mismatch is a warning: whether servers check it, OpenAPI leaves open. */
  readonly format?: string;
  readonly items?: JsonRules;
  readonly prefixItems?: readonly JsonRules[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly properties?: { readonly [name: string]: JsonRules };
  readonly patternProperties?: { readonly [pattern: string]: JsonRules };
  readonly additionalProperties?: boolean | JsonRules;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly allOf?: readonly JsonRules[];
  readonly anyOf?: readonly JsonRules[];
}

/** Rules by name, for those that are used in several places or contain themselves. */
export type JsonSchemas = { readonly [name: string]: JsonRules };
