// The same from a CommonJS module, which requires the packages.
import OpenAI = require("@image-variations/client");
import node = require("@image-variations/client/node");
import spec = require("@image-variations/spec");
import validation = require("@image-variations/validation");

const client: OpenAI = new OpenAI({ apiKey: "key" });
const named: OpenAI.OpenAI = new OpenAI.OpenAI({ apiKey: "key" });
const byDefault: OpenAI.ImageVariations = new OpenAI.default({ apiKey: "key" });
const params: OpenAI.ImageCreateVariationParams = { image: new File([], "otter.png") };
const same: OpenAI.Images.ImageCreateVariationParams = params;

export async function useEverything(): Promise<OpenAI.ImagesResponse> {
  for await (const image of OpenAI.streamVariation(client, same)) console.log(image.index);
  console.log(OpenAI.toFile, OpenAI.createClient, OpenAI.APIError, OpenAI.RateLimitError, named, byDefault);
  console.log(node.saveVariation(client, params, { directory: "images" }), validation.inspectPngSync, spec.document);
  return client.images.createVariation(params);
}
