// The same call from a CommonJS module, which Node lets require an ES module.
import fs = require("node:fs");
import client = require("@image-variations/client");

async function main(): Promise<void> {
  const OpenAI = client.default;
  const imagesResponse: client.ImagesResponse = await new OpenAI().images.createVariation({
    image: fs.createReadStream("otter.png"),
  });
  console.log(imagesResponse.created);
}

void main();
