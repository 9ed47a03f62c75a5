// Uses every door of the packages, as ES module syntax has them.
import OpenAI, { APIError, createClient, type ImagesResponse, streamVariation, toFile } from "@image-variations/client";
import { nodeTransport, saveVariation } from "@image-variations/client/node";
import type { paths } from "@image-variations/client/schema";
import { document } from "@image-variations/spec";
import { inspectPng, validateImageVariation } from "@image-variations/validation";
import { toErrorEnvelope } from "@image-variations/validation/error-envelope";
import { createJsonValidator } from "@image-variations/validation/json";

const client: OpenAI = new OpenAI({ apiKey: "key", transport: nodeTransport() });
const params: OpenAI.ImageCreateVariationParams = { image: new File([], "otter.png"), n: 1, size: "256x256" };
const same: OpenAI.Images.ImageCreateVariationParams = params;

export type Operation = paths["/images/variations"]["post"];

export async function useEverything(): Promise<ImagesResponse> {
  const response: OpenAI.ImagesResponse = await client.images.createVariation(same);
  for await (const image of streamVariation(client, params)) console.log(image.index, await image.bytes());
  const { saved } = await saveVariation(client, params, { directory: "images" });
  const { valid } = await validateImageVariation(params);
  const { width } = await inspectPng(new Uint8Array());
  console.log(createClient({ apiKey: "key" }), toFile, saved, valid, width, toErrorEnvelope, document.info.version);
  console.log(OpenAI.APIError === APIError, await createJsonValidator({ type: "object" })({}));
  return response;
}
