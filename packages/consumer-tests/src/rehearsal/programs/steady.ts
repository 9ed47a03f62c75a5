// Uses what no change of the rehearsal touches: it has to compile after every release.
import { readFileSync } from "node:fs";
import Client, { type ImageCreateVariationParams, type ImagesResponse } from "@image-variations/client";

const client = new Client({ apiKey: "rehearsal", baseURL: process.env.MOCK_URL });
const params: ImageCreateVariationParams = {
  image: new File([readFileSync("otter.png")], "otter.png", { type: "image/png" }),
  n: 1,
  size: "512x512",
};
const response: ImagesResponse = await client.images.createVariation(params);
const created: number = response.created;
const urls: (string | undefined)[] = (response.data ?? []).map((image) => image.url);
console.log(`created ${created}`, urls.length > 0);
