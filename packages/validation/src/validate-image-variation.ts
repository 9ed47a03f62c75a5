import { createValidator, type ValidationResult } from "./create-validator.ts";
import { createImageVariation } from "./generated/parameter-tables.ts";
import { suggestValue } from "./parameters/suggest-value.ts";
import { checkSignal } from "./png/abortable.ts";
import { inspectPng, type InspectOptions } from "./png/inspect-png.ts";
import { resolveDepth } from "./png/inspection-depth.ts";

/** How the parameters are checked. */
export interface ValidateOptions extends Omit<InspectOptions, "limits"> {}

/**
 * Checks the parameters of POST /images/variations before anything is sent, and finds all that is wrong with them at
 * once: what is missing, of the wrong type or out of range, and what the image is. Nothing among the parameters makes it
 * reject.
 *
 * @throws TypeError if an option is invalid.
 */
export async function validateImageVariation(
  parameters: unknown,
  options?: ValidateOptions,
): Promise<ValidationResult> {
  const { depth, maxPixels, all } = resolveDepth(options);
  const signal = options?.signal;
  checkSignal(signal);
  return createValidator(createImageVariation, {
    inspect: (source, { limits }) => inspectPng(source, { depth, maxPixels, all, limits, signal }),
    suggest: suggestValue,
  })(parameters);
}
