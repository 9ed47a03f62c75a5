// A CommonJS module in the syntax of ES modules, as most programs in TypeScript are written.
import OpenAI, { type ImagesResponse, toFile } from "@image-variations/client";

const client = new OpenAI({ apiKey: "key" });

export async function vary(): Promise<ImagesResponse> {
  return client.images.createVariation({ image: await toFile(new Uint8Array(), "otter.png") });
}
