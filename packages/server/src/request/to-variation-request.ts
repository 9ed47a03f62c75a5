import type { VariationRequest } from "@image-variations/backends";
import type { ParameterTable } from "@image-variations/validation";
import type { Parameters } from "./read-parameters.ts";

/** What a backend is asked for, and in which form its images go out. */
export interface AcceptedRequest {
  readonly variation: VariationRequest;
  readonly responseFormat: "b64_json" | "url";
}

/** What a request means that says nothing. */
export function defaultsOf(table: ParameterTable): Parameters {
  return Object.fromEntries(
    table.flatMap((parameter) => ("default" in parameter ? [[parameter.name, parameter.default]] : [])),
  );
}

/** Fills in the defaults, and gives checked parameters their types. */
export function toVariationRequest(parameters: Parameters, defaults: Parameters): AcceptedRequest {
  const values: Parameters = { ...defaults, ...parameters };
  const { image, n, size, model, user, seed, strength, prompt, response_format } = values;
  const variation = {
    image: image as Uint8Array<ArrayBuffer>,
    n: n as number,
    // Sizes are written like 256x256.
    size: Number.parseInt(size as string, 10),
    ...(parameters["model"] !== undefined && { model: model as string }),
    ...(user !== undefined && { user: user as string }),
    ...(seed !== undefined && { seed: seed as number }),
    ...(strength !== undefined && { strength: strength as number }),
    ...(prompt !== undefined && prompt !== "" && { prompt: prompt as string }),
  };
  return { variation, responseFormat: response_format as AcceptedRequest["responseFormat"] };
}
