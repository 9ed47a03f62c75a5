import { createValidator, type ValidationResult } from "./create-validator.ts";
import { createImageVariation } from "./generated/parameter-tables.ts";
import { suggestValue } from "./parameters/suggest-value.ts";
import { inspectPng, type InspectOptions } from "./png/inspect-png.ts";

/** How the parameters are checked. */
export interface ValidateOptions {
  /** How deep to look into the picture. Default: `structure`. */
  readonly depth?: InspectOptions["depth"];
}

/**
 * Checks the parameters of POST /images/variations before anything is sent, and finds all that is wrong with them at
 * once: what is missing, of the wrong type or out of range, and what the picture is.
 */
export function validateImageVariation(
  parameters: unknown,
  { depth = "structure" }: ValidateOptions = {},
): Promise<ValidationResult> {
  return createValidator(createImageVariation, {
    inspect: (source, options) => inspectPng(source, { ...options, depth }),
    suggest: suggestValue,
  })(parameters);
}
