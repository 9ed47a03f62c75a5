import Client from "@image-variations/client";
import { readFile } from "node:fs/promises";

const client = new Client({ apiKey: "rehearsal", baseURL: process.env.MOCK_URL });
const image = new File([await readFile("otter.png")], "otter.png", { type: "image/png" });
const { created } = await client.images.createVariation({ image, n: 1, size: "256x256" });
console.log(`created ${created}`);
