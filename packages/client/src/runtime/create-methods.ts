import { resolveOptions, type RuntimeOptions } from "../options/runtime-options.ts";
import type { Contract } from "../request/contract.ts";
import { callMethod } from "./call-method.ts";
import { defineMethods } from "./define-methods.ts";

/**
 * A client whose methods come from a contract: `client.images.createVariation(body)`, with uploads, retries, timeouts and
 * errors by status. The types are those of the generated interface.
 *
 * @throws OpenAIError if an option is invalid.
 */
export function createMethods<Methods extends object>(contract: Contract, options: RuntimeOptions = {}): Methods {
  const client = resolveOptions(options, contract.baseURL);
  return defineMethods({}, contract.methods, (name, input, own) =>
    callMethod({ binding: { contract }, client, name, input, options: own ?? {} }),
  ) as Methods;
}
