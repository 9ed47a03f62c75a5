import type { ValidationResult, Validator } from "../create-validator.ts";
import type { ParameterCheck, Suggest } from "../parameters/parameter-check.ts";
import { createJsonCheck } from "./create-json-check.ts";
import type { JsonRules, JsonSchemas } from "./json-rules.ts";

/** Options of `createJsonValidator`. */
export interface JsonValidatorOptions {
  /** The rules that others refer to by name. Default: none. */
  readonly schemas?: JsonSchemas;
  /** Guesses what was meant, for the fixes: `suggestValue`. Default: no guesses. */
  readonly suggest?: Suggest;
  /** Whether there need not be a body at all. Default false. */
  readonly optional?: boolean;
}

/** Creates the validator of an operation whose body is JSON. Never throws for what a caller passes. */
export function createJsonValidator(
  rules: JsonRules,
  { schemas, suggest, optional = false }: JsonValidatorOptions = {},
): Validator {
  const check = createJsonCheck(schemas);
  return async (parameters): Promise<ValidationResult> => {
    const found: ParameterCheck = { issues: [], warnings: [] };
    if (parameters !== undefined || !optional) check({ rules, value: parameters, path: [], found, suggest });
    return { valid: found.issues.length === 0, ...found, images: [], parameters };
  };
}
