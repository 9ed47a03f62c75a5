import { resolveOptions, type RuntimeOptions } from "../options/runtime-options.ts";
import type { Contract } from "../request/contract.ts";
import { defineMethods } from "../runtime/define-methods.ts";
import { base64Decoder } from "./base64-decoder.ts";
import { readImages } from "./read-images.ts";

/**
 * The methods of a contract whose responses hold files in base64, for those files as they arrive: each is decoded from
 * the bytes as they come, and the response is never in memory as a whole. The request is sent when the first file is
 * asked for. The types are those of the generated interface.
 *
 * @example
 * ```ts
 * for await (const image of createStreams().images.createVariation(body)) await save(image.stream());
 * ```
 *
 * @throws OpenAIError if an option is invalid.
 */
export function createStreams<Streams extends object>(contract: Contract, options: RuntimeOptions = {}): Streams {
  const client = resolveOptions(options, contract.baseURL);
  const methods = Object.entries(contract.methods).filter(([, name]) => contract.operations[name]?.response?.files);
  return defineMethods({}, Object.fromEntries(methods), (name, input, own) =>
    readImages({
      call: { binding: { contract }, client, name, input, options: own ?? {} },
      createDecoder: base64Decoder,
    }),
  ) as Streams;
}
