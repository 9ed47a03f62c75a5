import type { SchemaObject } from "@image-variations/scripts/generate/openapi-document.ts";
import { document } from "@image-variations/spec";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";

const ajv = new Ajv2020({ strict: true, allErrors: true });
formats.default(ajv);
// What OpenAPI and this project add to JSON Schema, and what stands beside the schema to be referred to.
ajv.addVocabulary(["components", "x-image-limits"]);

/** What a schema of the spec has against a value, as "/path says so". Empty where all is well. */
export function problemsOfValue(schema: SchemaObject, value: unknown): string[] {
  const validate = ajv.compile({ ...schema, components: document.components });
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
