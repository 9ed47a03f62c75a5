import { inflateSync } from "node:zlib";
import { chunk, createPng } from "@image-variations/png-corpus";
import { validImages } from "@image-variations/png-corpus/images";
import fc from "fast-check";
import { PNG } from "pngjs";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { encodePng } from "./encode-png.ts";
import type { ImageCodec } from "./image-codec.ts";
import { platformCodec } from "./platform-codec.ts";

let codec: ImageCodec;
beforeAll(async () => {
  codec = await platformCodec();
});

const uint32 = (...values: number[]): Uint8Array => {
  const bytes = new Uint8Array(4 * values.length);
  for (const [index, value] of values.entries()) new DataView(bytes.buffer).setUint32(4 * index, value);
  return bytes;
};

/** One pixel, with chunks before its data. */
function pixel(samples: readonly number[], bitDepth: 8 | 16, ...chunks: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = bitDepth === 8 ? samples : samples.flatMap((sample) => [sample >> 8, sample & 0xff]);
  const colorType = { 1: 0, 2: 4, 3: 2, 4: 6 }[samples.length]!;
  return createPng({
    width: 1,
    height: 1,
    bitDepth,
    colorType,
    raw: Uint8Array.of(0, ...bytes),
    beforePalette: chunks,
  });
}
const gamma = (value: number): Uint8Array => chunk("gAMA", uint32(Math.round(value * 100_000)));
const p3 = [0.3127, 0.329, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06];
/** Not the darkest, where a step of one sample is many of light. */
const anySample = fc.integer({ min: 48, max: 255 });
const chromaticities = chunk("cHRM", uint32(...p3.map((value) => Math.round(value * 100_000))));

describe("decoding on Node", () => {
  it("agrees with another decoder on every color type, bit depth and interlacing", async () => {
    const differences: string[] = [];
    // Those with chunks about color are for the tests below.
    const images = validImages().filter(({ name }) => /^type|^\d+ colors/.test(name));
    expect(images.length).toBeGreaterThan(900);
    for (const { name, bytes } of images) {
      const { data } = await codec.decode(bytes);
      const expected = PNG.sync.read(Buffer.from(bytes)).data;
      // Of 16 bits, one decoder rounds and the other cuts off.
      if (data.length !== expected.length || data.some((sample, index) => Math.abs(sample - expected[index]!) > 1))
        differences.push(name);
    }
    expect(differences).toEqual([]);
  });

  it("decodes every valid PNG of the corpus", async () => {
    for (const { name, bytes } of validImages().filter((_, index) => index % 7 === 0)) {
      const { width, height, data } = await codec.decode(bytes);
      expect([name, data.length]).toEqual([name, width * height * 4]);
    }
  });

  it.for([
    ["linear light of 8 bits", pixel([128, 64, 255], 8, gamma(1)), [188, 137, 255, 255]],
    ["linear light of 16 bits, which 8 bits would lose", pixel([655, 65, 65_535], 16, gamma(1)), [25, 3, 255, 255]],
    ["linear grey with alpha", pixel([128, 100], 8, gamma(1)), [188, 188, 188, 100]],
    ["a gamma that is nearly sRGB's", pixel([128, 64, 255], 8, gamma(0.45455)), [128, 64, 255, 255]],
    [
      "a gamma beside an sRGB chunk, which wins",
      pixel([128, 64, 255], 8, gamma(1), chunk("sRGB", Uint8Array.of(0))),
      [128, 64, 255, 255],
    ],
    ["a gamma of 0, which means nothing", pixel([128, 64, 255], 8, gamma(0)), [128, 64, 255, 255]],
    [
      "cICP of sRGB beside a gamma, which loses",
      pixel([128, 64, 255], 8, chunk("cICP", Uint8Array.of(1, 13, 0, 1)), gamma(1)),
      [128, 64, 255, 255],
    ],
    ["cICP of linear light", pixel([128, 64, 255], 8, chunk("cICP", Uint8Array.of(1, 8, 0, 1))), [188, 137, 255, 255]],
    [
      "cICP of HDR, which is left as it is",
      pixel([128, 64, 255], 8, chunk("cICP", Uint8Array.of(9, 16, 0, 1))),
      [128, 64, 255, 255],
    ],
  ] as const)("applies %s", async ([, bytes, expected]) => {
    const { data } = await codec.decode(bytes);
    for (const [index, sample] of expected.entries()) expect(Math.abs(data[index]! - sample)).toBeLessThanOrEqual(1);
  });

  it.for([
    ["cHRM", chromaticities],
    ["cICP", chunk("cICP", Uint8Array.of(12, 13, 0, 1))],
  ] as const)("converts Display P3 by %s as a color management system does by its profile", async ([, colors]) => {
    await fc.assert(
      fc.asyncProperty(fc.tuple(anySample, anySample, anySample), async ([r, g, b]) => {
        // An image whose profile is Display P3; the same samples without it, and with the chunk.
        const profiled = new Uint8Array(
          await sharp({ create: { width: 1, height: 1, channels: 3, background: { r, g, b } } })
            .withIccProfile("p3")
            .png({ compressionLevel: 0 })
            .toBuffer(),
        );
        const samples = [...rawSamples(profiled)].slice(1, 4);
        const { data } = await codec.decode(pixel(samples, 8, colors));
        const { data: expected } = await codec.decode(profiled);
        for (let index = 0; index < 3; index++)
          expect(Math.abs(data[index]! - expected[index]!)).toBeLessThanOrEqual(2);
      }),
      { numRuns: 50 },
    );
  });

  it("turns a JPEG upright", async () => {
    const wide = sharp({ create: { width: 20, height: 10, channels: 3, background: "red" } });
    const { width, height } = await codec.decode(
      new Uint8Array(await wide.jpeg().withMetadata({ orientation: 6 }).toBuffer()),
    );
    expect([width, height]).toEqual([10, 20]);
  });

  it("rejects more pixels than it may decode, whatever the size of the file", async () => {
    const bytes = createPng({ width: 10_000, height: 10_000, raw: new Uint8Array(10) });
    await expect(codec.decode(bytes)).rejects.toThrow(/pixel limit/);
  });
});

/** The filtered scanlines of a PNG with one IDAT. */
function rawSamples(png: Uint8Array): Uint8Array {
  const start = Buffer.from(png).indexOf("IDAT") + 4;
  const length = new DataView(png.buffer, png.byteOffset).getUint32(start - 8);
  return inflateSync(png.subarray(start, start + length));
}

const anyImage = fc
  .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }))
  .chain(([width, height]) =>
    fc
      .uint8Array({ minLength: width * height * 4, maxLength: width * height * 4 })
      .map((data) => ({ width, height, data })),
  );

describe("encoding", () => {
  it.for(["on Node", "without sharp"] as const)(
    "is without loss, colors below transparency included: %s",
    async (where) => {
      await fc.assert(
        fc.asyncProperty(anyImage, async (image) => {
          const bytes = where === "on Node" ? await codec.encode(image) : await encodePng(image);
          const { width, height, data } = await codec.decode(bytes);
          expect([width, height, Buffer.from(data)]).toEqual([image.width, image.height, Buffer.from(image.data)]);
        }),
        { numRuns: 100 },
      );
    },
  );
});

describe("resizing", () => {
  it("keeps colors below transparency from showing at the edges", async () => {
    const half = { width: 2, height: 1, data: Uint8Array.of(0, 255, 0, 0, 255, 0, 0, 255) };
    const { data } = await codec.resize(half, { width: 8, height: 4 });
    for (let offset = 0; offset < data.length; offset += 4)
      if (data[offset + 3]! > 8) expect(data[offset + 1]).toBeLessThan(16);
  });
});
