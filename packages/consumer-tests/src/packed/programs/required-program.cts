// The same call from a CommonJS module, as with the official SDK.
import fs = require("node:fs");
import OpenAI = require("@image-variations/client");

async function main(): Promise<void> {
  const imagesResponse: OpenAI.ImagesResponse = await new OpenAI().images.createVariation({
    image: fs.createReadStream("otter.png"),
  });
  console.log(imagesResponse.created);
}

void main();
