import { randomBytes } from "node:crypto";
import { chunk, createPng } from "@image-variations/png-corpus";
import { validImages } from "@image-variations/png-corpus/images";
import { inspectPngSync } from "@image-variations/validation";
import fc from "fast-check";
import sharp, { type Sharp } from "sharp";
import { describe, expect, test } from "vitest";
import { encodeWithin } from "./encode-within.ts";
import { fitImage, type FittedImage } from "./fit-image.ts";
import { exclusiveMaximumSize } from "./image-limits.ts";
import { loadSharp } from "../codec/load-sharp.ts";

type Rgb = readonly [number, number, number];
const red: Rgb = [230, 20, 30];
const blue: Rgb = [20, 40, 220];

async function bytesOf(image: Sharp): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await image.toBuffer());
}

function plain(width: number, height: number, [r, g, b]: Rgb): Sharp {
  return sharp({ create: { width, height, channels: 3, background: { r, g, b } } });
}

/** Pixels without any pattern, which no compression makes smaller. */
function noise(width: number, height: number, channels: 1 | 2 | 3 | 4): Sharp {
  return sharp(randomBytes(width * height * channels), { raw: { width, height, channels } });
}

/** Red on the left, blue on the right. */
async function halves(width: number, height: number): Promise<Sharp> {
  const left = await plain(Math.floor(width / 2), height, red)
    .png()
    .toBuffer();
  return sharp(
    await plain(width, height, blue)
      .composite([{ input: left, left: 0, top: 0 }])
      .png()
      .toBuffer(),
  );
}

async function pixelAt({ bytes, side }: FittedImage, x: number, y: number): Promise<number[]> {
  const raw = await sharp(bytes).ensureAlpha().toColourspace("srgb").raw().toBuffer();
  return [...raw.subarray((y * side + x) * 4, (y * side + x) * 4 + 4)];
}

function expectNear(actual: readonly number[], expected: readonly number[], tolerance = 6): void {
  for (const [index, value] of expected.entries()) {
    expect(
      Math.abs((actual[index] ?? Number.NaN) - value),
      `${actual.join()} is near ${expected.join()}`,
    ).toBeLessThanOrEqual(tolerance);
  }
}

function expectAccepted({ bytes, side }: FittedImage): void {
  const { valid, issues, width, height } = inspectPngSync(bytes, { depth: "pixels" });
  expect({ valid, issues, width, height }).toEqual({ valid: true, issues: [], width: side, height: side });
  expect(bytes.length).toBeLessThan(exclusiveMaximumSize);
}

const formats: Readonly<Record<string, (image: Sharp) => Sharp>> = {
  png: (image) => image.png(),
  "png of 16 bits": (image) => image.toColourspace("rgb16").png(),
  "png with a palette": (image) => image.png({ palette: true, colours: 16 }),
  "interlaced png": (image) => image.png({ progressive: true }),
  jpeg: (image) => image.jpeg(),
  "grey jpeg": (image) => image.toColourspace("b-w").jpeg(),
  "cmyk jpeg": (image) => image.toColourspace("cmyk").jpeg(),
  webp: (image) => image.webp(),
  avif: (image) => image.avif({ effort: 0 }),
  gif: (image) => image.gif(),
  tiff: (image) => image.tiff(),
  "tiff of 16 bits": (image) => image.toColourspace("rgb16").tiff(),
};

describe("any image becomes one that is accepted", () => {
  test("of any size, format, transparency and orientation, cropped or padded, at any size", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          width: fc.integer({ min: 1, max: 90 }),
          height: fc.integer({ min: 1, max: 90 }),
          format: fc.constantFrom(...Object.keys(formats)),
          channels: fc.constantFrom(1, 2, 3, 4),
          orientation: fc.integer({ min: 1, max: 8 }),
          shape: fc.constantFrom("crop", "pad"),
          size: fc.option(fc.integer({ min: 1, max: 120 }), { nil: undefined }),
        }),
        async ({ width, height, format, channels, orientation, shape, size }) => {
          const drawn = noise(width, height, channels as 1).withMetadata({ orientation });
          const bytes = await bytesOf(formats[format]!(drawn));
          const isAccepted = inspectPngSync(bytes, { depth: "pixels" }).valid;
          const fitted = await fitImage(bytes, { shape: shape as "crop", size });
          const own = shape === "crop" ? Math.min(width, height) : Math.max(width, height);
          expect(fitted.side).toBe(size ?? own);
          expectAccepted(fitted);
          expect(fitted.isUnchanged).toBe(isAccepted && (size === undefined || size === width));
          if (fitted.isUnchanged) expect(fitted.bytes).toEqual(bytes);
        },
      ),
      { numRuns: 150 },
    );
  });

  test("an image that is accepted stays byte for byte what it is, whatever else is asked for", async () => {
    const accepted = validImages().filter(({ bytes }) => inspectPngSync(bytes, { depth: "pixels" }).valid);
    expect(accepted.length).toBeGreaterThan(50);
    for (const { name, bytes } of accepted) {
      const fitted = await fitImage(bytes, { shape: "pad", background: "red" });
      expect({ name, isUnchanged: fitted.isUnchanged }).toEqual({ name, isUnchanged: true });
      expect(fitted.bytes).toEqual(bytes);
      expect(fitted.steps[0]).toBe("It is accepted as it is; nothing was changed.");
    }
  });
});

describe("what is kept", () => {
  test.for([1, 2, 3, 4, 5, 6, 7, 8])("the image is upright with EXIF orientation %i", async (orientation) => {
    const upright = await (await halves(40, 40)).removeAlpha().raw().toBuffer();
    // What a camera stores: the inverse of what the orientation asks for. sharp mirrors before it turns.
    const inverse: Readonly<Record<number, (image: Sharp) => Sharp>> = {
      1: (image) => image,
      2: (image) => image.flop(),
      3: (image) => image.rotate(180),
      4: (image) => image.flip(),
      5: (image) => image.rotate(270).flop(),
      6: (image) => image.rotate(270),
      7: (image) => image.rotate(90).flop(),
      8: (image) => image.rotate(90),
    };
    const stored = await inverse[orientation]!(sharp(upright, { raw: { width: 40, height: 40, channels: 3 } }))
      .png()
      .toBuffer();
    const fitted = await fitImage(await bytesOf(sharp(stored).withMetadata({ orientation }).jpeg({ quality: 100 })));
    expectNear(await pixelAt(fitted, 5, 20), red, 12);
    expectNear(await pixelAt(fitted, 35, 20), blue, 12);
    const said = `Turned it upright, as its EXIF orientation says (${orientation}).`;
    expect(fitted.steps.includes(said)).toBe(orientation > 1);
  });

  test("colors of a color profile are converted", async () => {
    const wide = await bytesOf(plain(20, 10, red).withIccProfile("p3").png());
    const fitted = await fitImage(wide);
    expectNear(await pixelAt(fitted, 3, 3), [...red, 255]);
    expect(fitted.steps).toContain("Converted its colors to sRGB by its color profile.");
    expect((await sharp(fitted.bytes).metadata()).hasProfile).toBe(false);
  });

  test.for([
    { chunks: ["gAMA"], gamma: 100_000, said: ["gAMA"] },
    { chunks: ["gAMA"], gamma: 45_455, said: [] },
    { chunks: ["sRGB", "gAMA"], gamma: 100_000, said: [] },
    { chunks: ["cICP", "sRGB", "gAMA"], gamma: 45_455, said: ["cICP"] },
  ])("colors that can't be converted are told: $chunks with a gamma of $gamma", async ({ chunks, gamma, said }) => {
    const gammaData = Buffer.alloc(4);
    gammaData.writeUInt32BE(gamma);
    const data = { gAMA: gammaData, sRGB: Uint8Array.of(0), cICP: Uint8Array.of(9, 16, 0, 1) };
    const beforePalette = chunks.map((type) => chunk(type, data[type as keyof typeof data]));
    const { steps } = await fitImage(createPng({ width: 12, height: 9, beforePalette }));
    const told = steps.filter((step) => step.startsWith("Took its colors for sRGB"));
    expect(told.map((step) => /although (\w+) states/.exec(step)?.[1])).toEqual(said);
  });

  test("CMYK is converted, and said", async () => {
    const fitted = await fitImage(
      await bytesOf(plain(20, 20, [120, 130, 140]).toColourspace("cmyk").jpeg({ quality: 100 })),
    );
    expectNear(await pixelAt(fitted, 3, 3), [120, 130, 140, 255], 10);
    expect(fitted.steps.some((step) => step.startsWith("Converted CMYK to sRGB"))).toBe(true);
  });

  test("alpha is kept, and the colors below it", async () => {
    const half = sharp({
      create: { width: 20, height: 10, channels: 4, background: { r: 200, g: 100, b: 50, alpha: 0.5 } },
    });
    const fitted = await fitImage(await bytesOf(half.png()));
    expectNear(await pixelAt(fitted, 3, 3), [200, 100, 50, 128], 1);
  });

  test("16 bits are kept if they fit", async () => {
    const samples = Uint16Array.from({ length: 60 * 40 * 3 }, (_, index) => (index * 37) % 65_536);
    const deep = await bytesOf(
      sharp(samples, { raw: { width: 60, height: 40, channels: 3 } })
        .toColourspace("rgb16")
        .png(),
    );
    const fitted = await fitImage(deep);
    expect((await sharp(fitted.bytes).metadata()).depth).toBe("ushort");
    expect(inspectPngSync(fitted.bytes).bitDepth).toBe(16);
    const decoded = await sharp(fitted.bytes).toColourspace("rgb16").raw({ depth: "ushort" }).toBuffer();
    const kept = new Uint16Array(decoded.buffer, decoded.byteOffset, decoded.length / 2);
    // Each pixel is one of the image, to the last bit.
    const originals = new Set(
      Array.from({ length: 60 * 40 }, (_, pixel) => samples.slice(pixel * 3, pixel * 3 + 3).join()),
    );
    for (let at = 0; at < kept.length; at += 3) expect(originals.has(kept.slice(at, at + 3).join())).toBe(true);
  });

  test("of an animation the first frame is taken, and said", async () => {
    const frames = await Promise.all([red, blue].map((color) => plain(30, 30, color).png().toBuffer()));
    const animated = await bytesOf(sharp(frames, { join: { animated: true } }).gif());
    const fitted = await fitImage(animated);
    expectNear(await pixelAt(fitted, 9, 9), red, 8);
    expect(fitted.steps).toContain("Took the first of its 2 frames.");
  });

  test("cropping loses no pixel that it need not lose, and says how many", async () => {
    const fitted = await fitImage(await bytesOf(noise(90, 60, 3).png()));
    const [step = ""] = fitted.steps;
    const [, left, right] =
      /^Cropped 90x60 to 60x60 around the subject: (\d+) pixels on the left and (\d+) on the right are cut off\.$/.exec(
        step,
      )!;
    expect(Number(left) + Number(right)).toBe(30);
  });

  test.for([
    { at: "left", left: 20 },
    { at: "right", left: 300 },
  ])("cropping keeps a subject at the $at", async ({ left }) => {
    const subject = await noise(80, 80, 3).png().toBuffer();
    const photo = plain(400, 100, [128, 128, 128]).composite([{ input: subject, left, top: 10 }]);
    const fitted = await fitImage(await bytesOf(photo.png()));
    const { channels } = await sharp(fitted.bytes).stats();
    // Most of it is in the crop: what is left out of it would be grey.
    expect(channels[0]!.stdev).toBeGreaterThan(50);
  });

  test("padding keeps all pixels, on transparent or on the color that was asked for", async () => {
    const wide = await bytesOf((await halves(40, 10)).png());
    const clear = await fitImage(wide, { shape: "pad" });
    expect(clear.steps).toEqual(["Padded 40x10 to 40x40 with transparent: 15 pixels above, 15 below."]);
    expect((await pixelAt(clear, 5, 5))[3]).toBe(0);
    expect(await pixelAt(clear, 5, 20)).toEqual([...red, 255]);
    expect(await pixelAt(clear, 35, 20)).toEqual([...blue, 255]);
    const white = await fitImage(wide, { shape: "pad", background: "#ff8800" });
    expect(await pixelAt(white, 5, 5)).toEqual([255, 136, 0, 255]);
  });

  test("a drawing is drawn as large as the endpoint's largest image, or as asked", async () => {
    const svg = new TextEncoder().encode(
      '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="10" height="10" fill="red"/><rect x="10" width="10" height="10" fill="blue"/></svg>',
    );
    const fitted = await fitImage(svg);
    expect(fitted.side).toBe(1024);
    expect(fitted.steps.slice(0, 2)).toEqual(["Converted SVG to PNG.", "Drew it at 2048x1024 pixels."]);
    const padded = await fitImage(svg, { shape: "pad", size: 300 });
    expect(padded.side).toBe(300);
    expect(await pixelAt(padded, 10, 150)).toEqual([255, 0, 0, 255]);
    expectAccepted(padded);
  });
});

describe("the limit in bytes", () => {
  test("a large photograph is scaled down to the largest side that fits", async () => {
    const large = await bytesOf(noise(1600, 1600, 3).png());
    expect(large.length).toBeGreaterThan(exclusiveMaximumSize);
    const fitted = await fitImage(large);
    expectAccepted(fitted);
    expect(fitted.steps.at(-1)).toMatch(
      /^Scaled it down from 1600x1600 to (\d+)x\1, the largest that stays below [\d,]+ bytes\.$/,
    );
    const larger = Math.ceil(fitted.side * 1.02);
    const next = await sharp(large)
      .resize(larger, larger)
      .png({ compressionLevel: 6, adaptiveFiltering: true })
      .toBuffer();
    expect(next.length).toBeGreaterThanOrEqual(exclusiveMaximumSize);
  });

  test("an image of few colors keeps every pixel, by a palette", async () => {
    const side = 1900;
    const colors = Uint8Array.from({ length: 200 * 3 }, (_, index) => (index * 83) % 256);
    const samples = new Uint8Array(side * side * 3);
    const picks = randomBytes(side * side);
    for (const [pixel, pick] of picks.entries())
      samples.set(colors.subarray((pick % 200) * 3, (pick % 200) * 3 + 3), pixel * 3);
    const bytes = await bytesOf(sharp(samples, { raw: { width: side, height: side, channels: 3 } }).png());
    expect(bytes.length).toBeGreaterThan(exclusiveMaximumSize);
    const fitted = await fitImage(bytes);
    expectAccepted(fitted);
    expect(fitted.side).toBe(side);
    expect((await sharp(fitted.bytes).toColourspace("srgb").raw().toBuffer()).equals(samples)).toBe(true);
  });

  test("16 bits are given up before pixels are", async () => {
    const samples = new Uint16Array(randomBytes(1000 * 1000 * 6).buffer);
    const bytes = await bytesOf(
      sharp(samples, { raw: { width: 1000, height: 1000, channels: 3 } })
        .toColourspace("rgb16")
        .png(),
    );
    const fitted = await fitImage(bytes);
    expectAccepted(fitted);
    expect(fitted.side).toBe(1000);
    expect(fitted.steps).toEqual(["Reduced it from 16 to 8 bits for each channel."]);
  });

  test("below the endpoint's largest image, what changes the image less is chosen, and measured", async () => {
    const pixels = { side: 200, channels: 4, bits: 8, data: randomBytes(200 * 200 * 4) } as const;
    const noisy = await encodeWithin(pixels, { sharp, below: 100_000, mayScale: true });
    expect(noisy!.bytes.length).toBeLessThan(100_000);
    expect(noisy!.steps.at(-1)).toMatch(/^A color value differs by \d+\.\d of 255 on average\.$/);
    // Hard edges of many colors: a palette nearly keeps them, scaling does not.
    const data = Buffer.alloc(200 * 200 * 4, 255);
    const picks = randomBytes(200 * 200 * 2);
    for (let pixel = 0; pixel < 200 * 200; pixel++) {
      const color = picks.readUInt16LE(pixel * 2) % 700;
      data.set([(color % 28) * 9, Math.floor(color / 28) * 10, 90], pixel * 4);
    }
    const drawn = await encodeWithin({ ...pixels, data }, { sharp, below: 45_000, mayScale: true });
    expect(drawn!.side).toBe(200);
    expect(drawn!.steps).toContain("Reduced it to a palette of 256 colors.");
  });

  test("a size that was asked for is kept, or the command says that it can't be", async () => {
    const large = await bytesOf(noise(1100, 1100, 4).png());
    const fitted = await fitImage(large, { size: 1200 });
    expect(fitted.side).toBe(1200);
    expect(fitted.steps).toContain("Reduced it to a palette of 256 colors.");
    expectAccepted(fitted);
    await expect(fitImage(large, { size: 3000 })).rejects.toMatchObject({
      exit: "invalidImage",
      message: "At 3000x3000 pixels the image does not fit into 4000000 bytes, even with a palette.",
    });
  });
});

describe("what can't be decoded is explained", () => {
  test.for<[string, () => Promise<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer>, RegExp]>([
    ["an empty file", () => new Uint8Array(), /^The file is empty\.$/],
    [
      "a text",
      () => new TextEncoder().encode("Otters are mammals."),
      /^The file is text .*, which can't be decoded here\.$/,
    ],
    [
      "a BMP",
      () => Uint8Array.from([0x42, 0x4d, ...new Uint8Array(60)]),
      /^The file is image\/bmp, which can't be decoded here\.$/,
    ],
    [
      "a HEIC",
      () => Uint8Array.from([0, 0, 0, 24, ...Buffer.from("ftypheic"), 0, 0, 0, 0, ...Buffer.from("mif1heic")]),
      /heic|damaged/,
    ],
    [
      "a truncated JPEG",
      async () => (await bytesOf(noise(90, 60, 3).jpeg())).subarray(0, 900) as Uint8Array<ArrayBuffer>,
      /damaged/,
    ],
    ["a PNG with a wrong CRC", () => withWrongCrc(), /damaged/],
    ["an SVG that is not one", () => new TextEncoder().encode("<svg></svg>"), /damaged/],
    [
      "an SVG of a billion pixels at each side",
      () =>
        new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="1000000000" height="1000000000"/>'),
      /damaged|megapixels/,
    ],
    [
      "a PNG that states too many pixels",
      () => createPng({ width: 30_000, height: 20_000, raw: new Uint8Array(10) }),
      /268 megapixels/,
    ],
  ])("%s", async ([, make, said]) => {
    await expect(fitImage(await make())).rejects.toMatchObject({
      name: "CliError",
      exit: "invalidImage",
      message: expect.stringMatching(said) as string,
      fix: expect.stringMatching(/\w/) as string,
    });
  });

  test("any bytes at all are either fitted or explained", async () => {
    const png = createPng({ width: 12, height: 9 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(png.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        async (edits) => {
          const bytes = new Uint8Array(png);
          for (const [at, value] of edits) bytes[at] = value;
          const result = await fitImage(bytes).catch((error: unknown) => error);
          if (result instanceof Error) expect(result).toMatchObject({ name: "CliError", exit: "invalidImage" });
          else expectAccepted(result as FittedImage);
        },
      ),
      { numRuns: 150 },
    );
  });

  test("a background that is not a color", async () => {
    const bytes = createPng({ width: 12, height: 9 });
    await expect(fitImage(bytes, { shape: "pad", background: "whitish" })).rejects.toMatchObject({
      exit: "usage",
      message: '--background must be a color, not "whitish".',
    });
  });

  test("sharp that can't be loaded", async () => {
    const load = (): Promise<never> => Promise.reject(new Error("Could not load the module"));
    await expect(loadSharp(load)).rejects.toMatchObject({
      message: `Images can't be decoded: sharp can't be loaded on ${process.platform}-${process.arch}.`,
      fix: expect.stringContaining("npm install") as string,
    });
  });

  test("an interruption ends it", async () => {
    const signal = AbortSignal.abort(new Error("Interrupted."));
    await expect(fitImage(createPng({ width: 12, height: 9 }), { signal })).rejects.toThrow("Interrupted.");
  });
});

function withWrongCrc(): Uint8Array<ArrayBuffer> {
  const bytes = createPng({ width: 12, height: 9 });
  bytes[31] = bytes[31]! ^ 1;
  return bytes;
}
