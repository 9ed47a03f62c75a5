import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { Validator } from "./create-validator.ts";

/**
 * Turns a validator into a Standard Schema, version 1 (https://standardschema.dev). Its issues are the validator's, with
 * `code`, `received`, `allowed` and `fix` beside `message` and `path`. Its value is what to send: see `parameters` of the
 * validator's result.
 */
export function createSchema<Parameters>(validate: Validator): StandardSchemaV1<Parameters> {
  return {
    "~standard": {
      version: 1,
      vendor: "image-variations",
      validate: async (value) => {
        const { valid, issues, parameters } = await validate(value);
        return valid ? { value: parameters as Parameters } : { issues };
      },
    },
  };
}
