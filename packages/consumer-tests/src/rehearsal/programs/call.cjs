const { readFileSync } = require("node:fs");
const { default: ImageVariations } = require("@image-variations/client");

const client = new ImageVariations({ apiKey: "rehearsal", baseURL: process.env.MOCK_URL });
const image = new File([readFileSync("otter.png")], "otter.png", { type: "image/png" });
client.images
  .createVariation({ image, n: 1, size: "256x256" })
  .then(({ created }) => console.log(`created ${created}`));
