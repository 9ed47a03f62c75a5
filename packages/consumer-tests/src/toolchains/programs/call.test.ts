import OpenAI, { type ImagesResponse, toFile } from "@image-variations/client";
import { saveVariation } from "@image-variations/client/node";
import { validateImageVariation } from "@image-variations/validation";

const respond = async (): Promise<Response> =>
  new Response('{"created":1,"data":[]}', { headers: { "content-type": "application/json" } });

test("the class makes a call through a function passed as fetch", async () => {
  const client = new OpenAI({ apiKey: "key", fetch: respond });
  const image = await toFile(new Uint8Array([137, 80, 78, 71]), "otter.png");
  const response: ImagesResponse = await client.images.createVariation({ image });
  expect(response.created).toBe(1);
});

test("the other doors open", async () => {
  expect(typeof saveVariation).toBe("function");
  await expect(validateImageVariation({})).resolves.toMatchObject({ valid: false });
});
