import { contract } from "../generated/contract.ts";
import type { ImageCreateVariationParams } from "../generated/schema.ts";
import { openAIBinding, variationOperation } from "../openai-binding.ts";
import type { ResolvedClientOptions } from "../options/client-options.ts";
import type { RequestOptions } from "../options/request-options.ts";
import { type ImageDecoding, readImages } from "./read-images.ts";
import type { VariationStream } from "./variation-stream.ts";

/** What a stream of variations is made of. */
interface VariationSource extends ImageDecoding {
  readonly client: ResolvedClientOptions;
  readonly params: ImageCreateVariationParams;
  readonly options: RequestOptions;
}

/** Makes variations, and reads the response as it comes: no more images than were asked for. */
export function readVariation({ client, params, options, ...decoding }: VariationSource): VariationStream {
  // What is not a number, `NaN` included, stands for the contract's limit.
  const { n } = params as { readonly n?: unknown };
  const name = variationOperation();
  const maximumImages = Number(n) || contract.operations[name]?.maxima?.["n"] || Infinity;
  const call = { binding: openAIBinding, client, name, input: params, options };
  return readImages({ call, maximumImages, ...decoding }) as unknown as VariationStream;
}
