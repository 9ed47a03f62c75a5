import type { ImageCreateVariationParams } from "../generated/schema.ts";
import type { ImageVariations } from "../image-variations.ts";
import type { RequestOptions } from "../options/request-options.ts";
import { base64Decoder } from "./base64-decoder.ts";
import { readVariation } from "./read-variation.ts";
import type { VariationStream } from "./variation-stream.ts";

/**
 * Makes variations of an image, and hands on each image as soon as it begins to arrive. The response is never in memory
 * as a whole: its base64 is decoded from the bytes as they come, and only if the image is read. The request is
 * sent when the first image is asked for. It is tried again like any other, until the response begins.
 *
 * @example
 * ```ts
 * for await (const image of streamVariation(client, { image: otter, n: 10, response_format: "b64_json" })) {
 *   await writeFile(`otter-${image.index}.png`, image.stream());
 * }
 * ```
 *
 * @throws What `createVariation` throws; while the body is read, APIConnectionError if it breaks off, and
 *   UnexpectedResponseError if it is not JSON, or more than `maxResponseBytes`, or an image is not base64. Images that
 *   were read before stay good.
 */
export function streamVariation(
  client: ImageVariations,
  params: ImageCreateVariationParams,
  options: RequestOptions = {},
): VariationStream {
  return readVariation({ client, params, options, createDecoder: base64Decoder });
}
