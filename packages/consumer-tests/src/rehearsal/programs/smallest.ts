// Asks for the size that the rehearsal's breaking change takes away: the call is where that has to show.
import { readFileSync } from "node:fs";
import Client from "@image-variations/client";
const client = new Client({ apiKey: "rehearsal", baseURL: process.env.MOCK_URL });
const size = "256x256";
const image = new File([readFileSync("otter.png")], "otter.png", { type: "image/png" });
const { created } = await client.images.createVariation({ image, size });
console.log(`created ${created}`);
