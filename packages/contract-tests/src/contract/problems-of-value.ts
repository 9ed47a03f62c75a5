import type { SchemaObject } from "@image-variations/codegen/document";
import { validatorOf } from "./validator-of.ts";

/** What a schema of the spec has against a value, as "/path says so". Empty where all is well. */
export function problemsOfValue(schema: SchemaObject, value: unknown): string[] {
  const validate = validatorOf(schema);
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
