// Compiled without Node's types.
import OpenAI, { type ImagesResponse } from "@image-variations/client";

export function vary(image: File): Promise<ImagesResponse> {
  return new OpenAI({ apiKey: "key", dangerouslyAllowBrowser: true }).images.createVariation({ image });
}
