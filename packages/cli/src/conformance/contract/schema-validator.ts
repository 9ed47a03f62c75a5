import { document } from "@image-variations/spec";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";

const ajv = new Ajv2020({ strict: true, allErrors: true });
formats.default(ajv);
// What OpenAPI and this project add to JSON Schema, and what stands beside the schema to be referred to.
ajv.addVocabulary(["components", "x-image-limits"]);

const validators = new WeakMap<object, ValidateFunction>();

/** An independent validator of one of the contract's schemas, compiled once. */
export function schemaValidator(schema: object): ValidateFunction {
  const validate = validators.get(schema) ?? ajv.compile({ ...schema, components: document.components });
  validators.set(schema, validate);
  return validate;
}
