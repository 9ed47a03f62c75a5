import { createValidator, type ValidationResult } from "./create-validator.ts";
import { createImageVariation } from "./generated/parameter-tables.ts";
import { suggestValue } from "./parameters/suggest-value.ts";
import { inspectPngHeader } from "./png/inspect-png-header.ts";

/**
 * Checks the parameters of POST /images/variations before anything is sent, and finds all that is wrong with them at
 * once: what is missing, of the wrong type or out of range, and what the picture is.
 */
export function validateImageVariation(parameters: unknown): Promise<ValidationResult> {
  return createValidator(createImageVariation, { inspect: inspectPngHeader, suggest: suggestValue })(parameters);
}
