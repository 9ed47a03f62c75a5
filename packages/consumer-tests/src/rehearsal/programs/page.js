import Client from "@image-variations/client";

/** Makes the call without a disk: in a page, and in a worker. */
export async function call(baseURL, bytes) {
  const client = new Client({ apiKey: "rehearsal", baseURL, dangerouslyAllowBrowser: true });
  const image = new File([bytes], "otter.png", { type: "image/png" });
  const { created } = await client.images.createVariation({ image, n: 1, size: "256x256" });
  return `created ${created}`;
}
