import Client from "@image-variations/client";

/** Makes the call where there is no disk: in a page, and in a worker. */
export async function call(baseURL, picture) {
  const client = new Client({ apiKey: "rehearsal", baseURL, dangerouslyAllowBrowser: true });
  const image = new File([picture], "otter.png", { type: "image/png" });
  const { created } = await client.images.createVariation({ image, n: 1, size: "256x256" });
  return `created ${created}`;
}
