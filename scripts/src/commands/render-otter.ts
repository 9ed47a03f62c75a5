// Renders the project's otter from its hand-written SVG to the PNG files that the rest of the
// repository uses: assets/otter.png is the sample image and logo, assets/otter-32.png is the
// miniature that the OpenAPI document embeds as base64, so it must stay within a few hundred bytes.
//
// The PNGs are committed; run this again after editing an SVG. The drawings hold no text, and
// system fonts are not loaded, so the same SVG gives the same bytes on every run.
//
//   node scripts/src/commands/render-otter.ts

import { readFile, writeFile } from "node:fs/promises";
import { Resvg } from "@resvg/resvg-js";
import { runCommand } from "@image-variations/command";

interface Rendering {
  readonly source: string;
  readonly target: string;
  readonly size: number;
  readonly maximumBytes: number;
}

const assets = new URL("../../../assets/", import.meta.url);

const renderings: readonly Rendering[] = [
  { source: "otter.svg", target: "otter.png", size: 1024, maximumBytes: 500_000 },
  { source: "otter-small.svg", target: "otter-32.png", size: 32, maximumBytes: 900 },
];

await runCommand({
  help: `pnpm render:otter

Renders assets/otter.svg and assets/otter-small.svg to the PNG files that are committed beside them.
`,
  async run() {
    for (const { source, target, size, maximumBytes } of renderings) {
      const drawing = await readFile(new URL(source, assets), "utf8");
      const image = new Resvg(drawing, {
        fitTo: { mode: "width", value: size },
        font: { loadSystemFonts: false },
      }).render();
      if (image.width !== size || image.height !== size) {
        throw new Error(`${source} must be square, but it renders as ${image.width}x${image.height}`);
      }

      const png = image.asPng();
      if (png.length > maximumBytes) {
        throw new Error(`${target} has ${png.length} bytes, at most ${maximumBytes} are allowed`);
      }
      await writeFile(new URL(target, assets), png);
      console.log(`assets/${target}: ${size}x${size}, ${png.length} bytes`);
    }
  },
});
