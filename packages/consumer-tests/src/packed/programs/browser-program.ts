// What a page would do with the packages: compiled without Node's types, and not run.
import OpenAI, { type ImagesResponse } from "@image-variations/client";
import { document } from "@image-variations/spec";
import { imageVariationParams } from "@image-variations/validation";

/** Varies the image that was chosen in a form. */
export async function vary(input: HTMLInputElement): Promise<ImagesResponse | undefined> {
  const image = input.files?.[0];
  if (!image) return undefined;
  const result = await imageVariationParams["~standard"].validate({ image });
  if (result.issues) throw new TypeError(result.issues.map(({ message }) => message).join("\n"));
  const client = new OpenAI({ baseURL: document.servers[0].url, apiKey: "key", dangerouslyAllowBrowser: true });
  return client.images.createVariation({ image });
}
