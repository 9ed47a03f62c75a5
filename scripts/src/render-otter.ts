// Renders the project's otter from its hand-written SVG to the PNG files that the rest of the
// repository uses: assets/otter.png is the sample picture and logo, assets/otter-32.png is the
// miniature that the OpenAPI document embeds as base64, so it must stay within a few hundred bytes.
//
// The PNGs are committed; run this again after editing an SVG. The drawings hold no text, and
// system fonts are not loaded, so the same SVG gives the same bytes on every run.
//
//   node scripts/src/render-otter.ts

import { readFile, writeFile } from "node:fs/promises";
import { Resvg } from "@resvg/resvg-js";
import { endQuietlyWithReader } from "./end-quietly-with-reader.ts";

endQuietlyWithReader();
interface Picture {
  readonly source: string;
  readonly target: string;
  readonly size: number;
  readonly maximumBytes: number;
}

const assets = new URL("../../assets/", import.meta.url);

const pictures: readonly Picture[] = [
  { source: "otter.svg", target: "otter.png", size: 1024, maximumBytes: 500_000 },
  { source: "otter-small.svg", target: "otter-32.png", size: 32, maximumBytes: 900 },
];

for (const { source, target, size, maximumBytes } of pictures) {
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
