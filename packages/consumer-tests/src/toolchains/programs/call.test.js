const OpenAI = require("@image-variations/client");
const { saveVariation } = require("@image-variations/client/node");
const { document } = require("@image-variations/spec");
const { validateImageVariation } = require("@image-variations/validation");

const respond = async () =>
  new Response('{"created":1,"data":[]}', { headers: { "content-type": "application/json" } });
const options = { apiKey: "key", fetch: respond };
const image = new File([new Uint8Array([137, 80, 78, 71])], "otter.png", { type: "image/png" });

test("the class makes a call through a function passed as fetch", async () => {
  await expect(new OpenAI(options).images.createVariation({ image })).resolves.toMatchObject({ created: 1 });
});

test("the openapi-fetch client, which is loaded on first use, makes one", async () => {
  const { data } = await OpenAI.createClient(options).POST("/images/variations", { body: { image } });
  expect(data).toMatchObject({ created: 1 });
});

test("the other doors open", async () => {
  expect([typeof saveVariation, typeof document.info.version]).toEqual(["function", "string"]);
  await expect(validateImageVariation({})).resolves.toMatchObject({ valid: false });
});
