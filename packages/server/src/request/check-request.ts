import { createValidator, inspectPng, type Issue, type ParameterTable } from "@image-variations/validation";
import { toErrorEnvelope } from "@image-variations/validation/error-envelope";
import { RequestError } from "../errors/request-error.ts";
import type { Parameters } from "./read-parameters.ts";

/** Checks a request in two steps, so that what is cheap to reject never waits in the queue. */
export interface RequestCheck {
  /**
   * Checks the parameters and the image's header: microseconds.
   *
   * @throws RequestError with the contract's message.
   */
  checkForm(parameters: Parameters): Promise<void>;
  /**
   * Checks the image down to its last pixel, so that a decoder accepts it.
   *
   * @throws RequestError with the contract's message.
   */
  checkPixels(parameters: Parameters, signal: AbortSignal): Promise<void>;
}

/**
 * @param table The parameters of the operation.
 * @param maxPixels The most pixels that an image may have: width times height.
 */
export function createRequestCheck(table: ParameterTable, maxPixels: number): RequestCheck {
  const images = table.filter(({ kind }) => kind === "image");
  const validateForm = createValidator(table, {
    inspect: (source, options) => inspectPng(source, { ...options, depth: "header" }),
  });
  return {
    async checkForm(parameters) {
      const { issues, images: inspected } = await validateForm(parameters);
      rejectIf(issues, table);
      for (const { inspection } of inspected) {
        const { width, height } = inspection;
        if (width !== null && height !== null && width * height > maxPixels) {
          const side = Math.floor(Math.sqrt(maxPixels));
          throw new RequestError(
            `Invalid input image - expected an image of at most ${side}x${side} pixels, got ${width}x${height} instead.`,
            { status: 400 },
          );
        }
      }
    },
    async checkPixels(parameters, signal) {
      const validatePixels = createValidator(images, {
        inspect: (source, options) => inspectPng(source, { ...options, depth: "pixels", maxPixels, signal }),
      });
      const { issues } = await validatePixels(Object.fromEntries(images.map(({ name }) => [name, parameters[name]])));
      signal.throwIfAborted();
      rejectIf(issues, table);
    },
  };
}

function rejectIf(issues: readonly Issue[], table: ParameterTable): void {
  if (issues.length === 0) return;
  const { error } = toErrorEnvelope(issues, table);
  const cause = new Error(issues.map(({ message }) => message).join(" "));
  throw new RequestError(error.message, {
    status: 400,
    code: error.code,
    param: error.param,
    type: error.type,
    cause,
  });
}
