import type { StandardSchemaV1 } from "@standard-schema/spec";
import { createSchema } from "./create-schema.ts";
import { createValidator, type ValidationResult } from "./create-validator.ts";
import { createImageVariation } from "./generated/parameter-tables.ts";
import type { ImageCreateVariationParams } from "./generated/schema.ts";
import { suggestValue } from "./parameters/suggest-value.ts";
import { inspectPng, type InspectOptions } from "./png/inspect-png.ts";
import { checkSignal, resolveDepth } from "./png/inspection-options.ts";

/** Options of `validateImageVariation`. */
export interface ValidateOptions extends Omit<InspectOptions, "limits"> {}

/**
 * Checks the parameters of POST /images/variations before anything is sent, and reports every issue at once: parameters
 * that are missing, of the wrong type or out of range, and what is wrong with the image. Never rejects because of the
 * parameters.
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

/** The parameters of POST /images/variations as a Standard Schema. */
export const imageVariationParams: StandardSchemaV1<ImageCreateVariationParams> =
  /* @__PURE__ */ createSchema(validateImageVariation);
