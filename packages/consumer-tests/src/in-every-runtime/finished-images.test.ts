import { chunk, createPng } from "@image-variations/png-corpus";
import { validImages } from "@image-variations/png-corpus/images";
import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { bundleSuite } from "./bundle-suite.ts";
import { chromium } from "../runtimes/chromium.ts";
import runHere, { type FinishedImage, type ReturnedImage } from "./suites/finished-images.ts";

/** How far a sample may be from what it is on Node: colors are converted by other arithmetic. */
const colorTolerance = 3;

/** Chromium cuts 16 bits to 8 before it converts colors, which shows in the darkest ones. */
const darkTolerance = 8;

let images: ReturnedImage[];
let inChromium: Map<string, FinishedImage>;
let onNode: Map<string, FinishedImage>;

beforeAll(async () => {
  images = await returnedImages();
  if (chromium.missing && process.env["CI"] !== "true") return;
  const input = new TextEncoder().encode(JSON.stringify(images));
  const bundle = await bundleSuite(new URL("./suites/finished-images.ts", import.meta.url));
  const byName = (finished: readonly FinishedImage[]) => new Map(finished.map((image) => [image.name, image]));
  onNode = byName(await runHere(input));
  inChromium = byName((await chromium.run(bundle, input)) as FinishedImage[]);
});

describe.skipIf(chromium.missing && process.env["CI"] !== "true")("in Chromium, a backend", () => {
  test("makes the same of every image as on Node", async () => {
    const differences: string[] = [];
    for (const { name } of images) {
      const [here, there] = await Promise.all([pixelsOf(onNode.get(name)), pixelsOf(inChromium.get(name))]);
      const worst = here.reduce((most, sample, index) => Math.max(most, Math.abs(sample - (there[index] ?? 999))), 0);
      if (
        here.length === 0 ||
        here.length !== there.length ||
        worst > (name.includes("gamma of 1 with 16 bits") ? darkTolerance : colorTolerance)
      )
        differences.push(`${name}: ${worst} ${inChromium.get(name)?.error ?? ""}`);
    }
    expect(differences).toEqual([]);
  });

  test("makes variations with the engine, the same as on Node", async () => {
    const [here, there] = await Promise.all([
      pixelsOf(onNode.get("the engine")),
      pixelsOf(inChromium.get("the engine")),
    ]);
    expect(there.length).toBe(64 * 64 * 4);
    expect(there.equals(here)).toBe(true);
  });
});

async function pixelsOf(image: FinishedImage | undefined): Promise<Buffer> {
  return image?.base64 ? sharp(Buffer.from(image.base64, "base64")).ensureAlpha().raw().toBuffer() : Buffer.alloc(0);
}

/** PNG of every kind, with what says something about colors; JPEG and WebP. */
async function returnedImages(): Promise<ReturnedImage[]> {
  const list: ReturnedImage[] = [];
  const add = (name: string, size: number, bytes: Uint8Array): void => {
    list.push({ name, size, base64: Buffer.from(bytes).toString("base64") });
  };
  for (const { name, bytes } of validImages()) {
    if (/^type .* 33x33$/.test(name)) add(name, 33, bytes);
    if (/^[15] colors/.test(name)) add(name, 13, bytes);
  }
  const uint32 = (...values: number[]): Buffer =>
    Buffer.concat(values.map((value) => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value])));
  const photograph = sharp({
    create: {
      width: 64,
      height: 64,
      channels: 3,
      background: "#88aa44",
      noise: { type: "gaussian", mean: 128, sigma: 30 },
    },
  });
  add("a photograph", 64, await photograph.clone().png().toBuffer());
  add("Display P3 by its profile", 64, await photograph.clone().withIccProfile("p3").png().toBuffer());
  add("JPEG", 64, await photograph.clone().jpeg({ quality: 95 }).toBuffer());
  add("WebP", 64, await photograph.clone().webp({ lossless: true }).toBuffer());
  const size = { width: 16, height: 16 };
  add("a gamma of 1", 16, createPng({ ...size, beforePalette: [chunk("gAMA", uint32(100_000))] }));
  add(
    "a gamma of 1 with 16 bits",
    16,
    createPng({ ...size, bitDepth: 16, beforePalette: [chunk("gAMA", uint32(100_000))] }),
  );
  const p3 = uint32(31_270, 32_900, 68_000, 32_000, 26_500, 69_000, 15_000, 6_000);
  add(
    "Display P3 by cHRM",
    16,
    createPng({ ...size, beforePalette: [chunk("gAMA", uint32(45_455)), chunk("cHRM", p3)] }),
  );
  return list;
}
