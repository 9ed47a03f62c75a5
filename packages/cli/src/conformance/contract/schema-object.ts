/** A JSON Schema, as far as its keywords are read here; Ajv reads all of it. */
export interface SchemaObject {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, SchemaObject>>;
  readonly "x-image-limits"?: { readonly exclusiveMaximumBytes: number };
}
