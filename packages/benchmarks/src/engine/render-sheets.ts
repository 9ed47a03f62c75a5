// pnpm render:sheets: what the engine makes of the project's own drawings, for the README.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { runCommand } from "@image-variations/command";
import { createVariations } from "@image-variations/engine";
import { Resvg } from "@resvg/resvg-js";
import type { PixelImage } from "@image-variations/engine";
import { drawStrip } from "./quality/contact-sheet.ts";

const assets = new URL("../../../../assets/", import.meta.url);
const drawings = [
  "otter",
  "drawings/harbour",
  "drawings/pebbles",
  "drawings/still-life",
  "drawings/sign",
  "drawings/logo",
];

const settings = { n: 5, seed: 1, strength: 0.6, size: 512 };
const cell = 256;
const maximumBytes = 100_000;

await runCommand({
  help: `pnpm render:sheets

Draws what the engine makes of the project's own drawings into assets/sheets. The same engine gives the same bytes.
`,
  async run() {
    await mkdir(new URL("sheets/", assets), { recursive: true });
    for (const drawing of drawings) {
      const input = render(await readFile(new URL(`${drawing}.svg`, assets), "utf8"));
      const variations: PixelImage[] = [];
      for await (const variation of createVariations(input, settings)) variations[variation.index] = variation;
      const strip = await drawStrip([input, ...variations], cell);
      const name = `sheets/${drawing.replace("drawings/", "")}.webp`;
      if (strip.length > maximumBytes)
        throw new Error(`${name} has ${strip.length} bytes, at most ${maximumBytes} are allowed.`);
      await writeFile(new URL(name, assets), strip);
      console.log(`assets/${name}: ${strip.length} bytes`);
    }
  },
});

/** Straight alpha, where resvg's is premultiplied. */
function render(svg: string): PixelImage {
  const { width, height, pixels } = new Resvg(svg, {
    fitTo: { mode: "width", value: settings.size },
    font: { loadSystemFonts: false },
  }).render();
  const data = new Uint8ClampedArray(pixels.length);
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = pixels[at + 3] ?? 0;
    for (let channel = 0; channel < 3; channel++)
      data[at + channel] = alpha ? ((pixels[at + channel] ?? 0) * 255) / alpha : 0;
    data[at + 3] = alpha;
  }
  return { width, height, data };
}
