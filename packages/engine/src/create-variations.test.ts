import { createHash } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toLuma, toRgb } from "./testing/float-image.ts";
import { ssim } from "./testing/ssim.ts";
import { createVariations, InvalidOptionError, type PixelImage, type VariationOptions } from "./index.ts";
import { collect, meanDifference } from "./testing/collect.ts";
import { drawImage, type Kind } from "./testing/draw-image.ts";

/** Work on this thread, as no test needs more. */
const vary = (image: PixelImage, options: VariationOptions = {}): ReturnType<typeof createVariations> =>
  createVariations(image, { seed: 1, workers: 0, ...options });

const hash = ({ data }: { readonly data: Uint8ClampedArray }): string =>
  createHash("sha256").update(data).digest("hex").slice(0, 16);

describe("the same seed gives the same bytes on every machine", () => {
  const golden: readonly { kind: Kind; width: number; height: number; options?: VariationOptions; hashes: string[] }[] =
    [
      { kind: "scene", width: 160, height: 120, hashes: ["44440e3a4d96406c", "30e40ee4eb8b0885"] },
      {
        kind: "scene",
        width: 160,
        height: 120,
        options: { strength: 1, remix: 1.1, flip: "always" },
        hashes: ["44440e3a4d96406c", "0cedd342739fc997"],
      },
      {
        kind: "texture",
        width: 128,
        height: 128,
        options: { size: 192 },
        hashes: ["60cd67071f69248f", "ba7f9ee9ddf2f4e9"],
      },
      {
        kind: "graphics",
        width: 150,
        height: 100,
        options: { tone: false },
        hashes: ["44bec78eac7b3339", "c43f9dc13df3afd8"],
      },
      { kind: "cutout", width: 96, height: 128, hashes: ["d4c97f421f7b2ec4", "ac580f132ea4d39c"] },
      { kind: "scene", width: 20, height: 400, hashes: ["2a140bf2ec1d556d", "ff09ffd0b545bcc7"] },
    ];

  test.for(golden)("$kind, $width × $height, $options", async ({ kind, width, height, options, hashes }) => {
    const variations = await collect(vary(drawImage(kind, width, height), { n: 2, ...options }));
    expect(variations.map(hash)).toEqual(hashes);
  });

  test("a variation's own seed makes it again, alone", async () => {
    const image = drawImage("scene", 96, 96);
    const [, , third] = await collect(vary(image, { n: 3, seed: 0xffffffff }));
    expect(third!.seed).toBe(1);
    const [again] = await collect(vary(image, { seed: third!.seed }));
    expect(hash(again!)).toBe(hash(third!));
  });

  test("without a seed, images differ from call to call", async () => {
    const image = drawImage("graphics", 40, 40);
    const seeds = new Set<number>();
    for (let call = 0; call < 4; call++) {
      for await (const { seed } of createVariations(image, { workers: 0 })) seeds.add(seed);
    }
    expect(seeds.size).toBeGreaterThan(1);
  });
});

describe("sizes", () => {
  test.for([
    { width: 1, height: 1, options: {}, expected: [1, 1] },
    { width: 1, height: 1, options: { size: 64 }, expected: [64, 64] },
    { width: 3, height: 1000, options: {}, expected: [3, 1000] },
    { width: 1000, height: 3, options: { size: 500 }, expected: [500, 2] },
    { width: 4096, height: 1, options: { size: 16 }, expected: [16, 1] },
    { width: 2, height: 2, options: { size: 40 }, expected: [40, 40] },
    { width: 17, height: 31, options: { size: 100 }, expected: [55, 100] },
    { width: 1500, height: 1200, options: {}, expected: [1024, 819] },
    { width: 300, height: 60, options: {}, expected: [300, 60] },
  ])("$width × $height with $options gives $expected", async ({ width, height, options, expected }) => {
    const [variation] = await collect(vary(drawImage("scene", width, height), options));
    expect([variation!.width, variation!.height]).toEqual(expected);
    expect(variation!.data.length).toBe(expected[0]! * expected[1]! * 4);
    expect(variation!.data.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true);
  });

  test("any size gives an image with the input's aspect ratio", async () => {
    const side = fc.integer({ min: 1, max: 90 });
    await fc.assert(
      fc.asyncProperty(side, side, fc.integer({ min: 16, max: 90 }), fc.nat(), async (width, height, size, seed) => {
        const [variation] = await collect(vary(drawImage("texture", width, height), { size, seed }));
        const longer = Math.max(width, height);
        expect(variation!.width).toBe(Math.max(1, Math.round((width * size) / longer)));
        expect(variation!.height).toBe(Math.max(1, Math.round((height * size) / longer)));
      }),
      { numRuns: 25 },
    );
  });
});

describe("colours", () => {
  test("brown does not turn olive, whatever the seed", async () => {
    const [width, height] = [64, 64];
    const data = new Uint8ClampedArray(width * height * 4);
    for (let at = 0; at < width * height; at++)
      data.set(at % width < 40 ? [120, 72, 45, 255] : [70, 150, 200, 255], at * 4);
    for (let seed = 0; seed < 10; seed++) {
      const [variation] = await collect(vary({ width, height, data }, { seed, strength: 1 }));
      for (let at = 0; at < variation!.data.length; at += 4) {
        const [red = 0, green = 0, blue = 0] = variation!.data.subarray(at, at + 3);
        // Where green stands between blue and red: 0.36 in this brown, 1 in olive.
        if (red > blue + 30) expect((green - blue) / (red - blue)).toBeLessThan(0.65);
      }
    }
  });
});

describe("transparency", () => {
  test("what is transparent stays so, and its hidden colour shows nowhere", async () => {
    const image = drawImage("cutout", 128, 128);
    for (const { data, width } of await collect(vary(image, { n: 3, tone: false, strength: 1 }))) {
      let clear = 0;
      for (let at = 0; at < data.length; at += 4) {
        const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(at, at + 4);
        if (alpha === 0) clear += 1;
        // The disc is orange, and what is hidden is pure green: a halo would have more green than red.
        if (alpha > 16) expect(red - green).toBeGreaterThan(20);
        if (alpha === 0) expect([red, green, blue]).toEqual([0, 0, 0]);
      }
      expect(clear).toBeGreaterThan(width * width * 0.2);
    }
  });

  test("an opaque image stays opaque", async () => {
    for (const kind of ["scene", "texture", "graphics"] as const) {
      const [{ data } = { data: new Uint8ClampedArray() }] = await collect(vary(drawImage(kind, 100, 70)));
      expect(data.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true);
    }
  });

  test("an image that is transparent everywhere stays so", async () => {
    const image = { width: 64, height: 64, data: new Uint8Array(64 * 64 * 4) };
    const [variation] = await collect(vary(image));
    expect(variation!.data.every((value) => value === 0)).toBe(true);
  });
});

describe("what the options do", () => {
  test("a greater strength goes further from the image", async () => {
    for (const kind of ["scene", "texture"] as const) {
      const image = drawImage(kind, 128, 128);
      const differences: number[] = [];
      for (const strength of [0, 0.3, 1]) {
        const variations = await collect(vary(image, { n: 4, strength, flip: "never" }));
        differences.push(variations.reduce((sum, variation) => sum + meanDifference(image, variation), 0));
      }
      expect(differences).toEqual(differences.toSorted((a, b) => a - b));
      expect(differences[2]).toBeGreaterThan(1.3 * differences[0]!);
    }
  });

  test("a head stays in view, at any strength", async () => {
    const image = drawImage("figure", 96, 96);
    for (const strength of [0.3, 0.6, 1]) {
      for (const { data, width } of await collect(vary(image, { n: 8, strength, tone: false }))) {
        let [topRow, area] = [Infinity, 0];
        for (let at = 0; at < data.length; at += 4) {
          if (data[at]! < 180 || data[at + 2]! > 90) continue;
          topRow = Math.min(topRow, Math.floor(at / 4 / width));
          area += 1;
        }
        expect(topRow).toBeGreaterThan(1);
        expect(area).toBeGreaterThan(500);
      }
    }
  });

  test("things of a set are moved whole, and none gets lost", async () => {
    const image = drawImage("coins", 120, 96);
    const bright = ({ data }: Pick<PixelImage, "data">): number =>
      data.filter((value, at) => at % 4 === 0 && value > 110).length;
    for (const variation of await collect(vary(image, { n: 4, strength: 1, tone: false }))) {
      expect(bright(variation) / bright(image)).toBeGreaterThan(0.8);
    }
  });

  test("what is so smooth that little would show changes visibly, the more the greater the strength", async () => {
    const image = drawImage("dusk", 128, 128);
    const luma = toLuma(toRgb(image));
    const means: number[] = [];
    for (const strength of [0.3, 0.6, 1]) {
      const variations = await collect(vary(image, { n: 4, strength }));
      const likenesses = variations.map((variation) => ssim(luma, toLuma(toRgb(variation))));
      for (const likeness of likenesses) expect(likeness).toBeLessThan(0.9);
      means.push(likenesses.reduce((sum, likeness) => sum + likeness, 0) / 4);
    }
    expect(means).toEqual(means.toSorted((a, b) => b - a));
  });

  test("strength 0 without tone gives the image itself", async () => {
    const image = drawImage("scene", 100, 80);
    const [variation] = await collect(vary(image, { strength: 0, tone: false, flip: "never" }));
    expect(meanDifference(image, variation!)).toBeLessThan(0.001);
  });

  test("images are mirrored by turns, always, or never", async () => {
    const image = drawImage("scene", 100, 100);
    const mirrored: PixelImage = { ...image, data: image.data.slice() };
    for (let i = 0; i < 100 * 100; i++) {
      const from = (i - (i % 100) + 99 - (i % 100)) * 4;
      mirrored.data.set(image.data.subarray(from, from + 4), i * 4);
    }
    const flips = async (flip: "auto" | "never" | "always"): Promise<boolean[]> => {
      const variations = await collect(vary(image, { n: 4, flip, strength: 0.1, tone: false }));
      return variations.map((variation) => meanDifference(mirrored, variation) < meanDifference(image, variation));
    };
    expect(await flips("never")).toEqual([false, false, false, false]);
    expect(await flips("always")).toEqual([true, true, true, true]);
    expect((await flips("auto")).filter(Boolean)).toHaveLength(2);
  });

  test("without tone, no new colours come in", async () => {
    const image = drawImage("graphics", 90, 90);
    const [variation] = await collect(vary(image, { tone: false }));
    const palette = [
      [200, 40, 60],
      [250, 220, 90],
      [30, 90, 160],
    ];
    let plain = 0;
    for (let at = 0; at < variation!.data.length; at += 4) {
      const pixel = variation!.data.subarray(at, at + 3);
      if (palette.some((colour) => colour.every((value, i) => Math.abs(value - pixel[i]!) < 2))) plain += 1;
    }
    expect(plain / (90 * 90)).toBeGreaterThan(0.85);
  });

  test("the border looks like the rest: no seam, no frame", async () => {
    const image = drawImage("texture", 160, 160);
    for (const { data, width, height } of await collect(vary(image, { n: 2, strength: 1 }))) {
      const rough = (fromX: number, toX: number): number => {
        let sum = 0;
        for (let y = 0; y < height; y++) {
          for (let x = fromX; x < toX; x++) {
            sum += Math.abs(data[(y * width + x) * 4]! - data[(y * width + x + 1) * 4]!);
          }
        }
        return sum / (height * (toX - fromX));
      };
      const inside = rough(40, 120);
      for (const side of [rough(0, 8), rough(width - 9, width - 1)]) {
        expect(side / inside).toBeGreaterThan(0.6);
        expect(side / inside).toBeLessThan(1.6);
      }
    }
  });

  test("progress of each image rises from 0 to 1", async () => {
    const seen: number[][] = [[], []];
    await collect(
      vary(drawImage("texture", 90, 90), { n: 2, onProgress: ({ index, done }) => seen[index]!.push(done) }),
    );
    for (const steps of seen) {
      expect(steps.length).toBeGreaterThan(5);
      expect(steps).toEqual(steps.toSorted((a, b) => a - b));
      expect(steps.at(-1)).toBe(1);
    }
  });
});

describe("without workers", () => {
  test("the event loop goes on, and the signal is heard between two slices of work", async () => {
    const controller = new AbortController();
    const reason = new Error("That is enough.");
    let turns = 0;
    const state = { isDone: false };
    const count = async (): Promise<void> => {
      while (!state.isDone) {
        await turn();
        turns += 1;
        if (turns === 3) controller.abort(reason);
      }
    };
    const counting = count();
    const image = drawImage("texture", 400, 400);
    const seen: number[] = [];
    const options = { n: 10, signal: controller.signal, onProgress: ({ done }: { done: number }) => seen.push(done) };
    await expect(collect(vary(image, options))).rejects.toBe(reason);
    state.isDone = true;
    await counting;
    // It ended in the midst of the first image, of which there were ten to make.
    expect(seen).not.toContain(1);
  });

  test("a signal that is aborted already ends it before any work", async () => {
    const signal = AbortSignal.abort(new Error("Too late."));
    await expect(collect(vary(drawImage("scene", 64, 64), { signal }))).rejects.toThrow("Too late.");
  });

  test("an error in onProgress ends it", async () => {
    const onProgress = (): never => {
      throw new Error("No more.");
    };
    await expect(collect(vary(drawImage("scene", 64, 64), { onProgress }))).rejects.toThrow("No more.");
  });
});

describe("what is not accepted is named before any work:", () => {
  const image = drawImage("graphics", 4, 4);
  const hostile: readonly [option: string, image: unknown, options?: unknown][] = [
    ["image", undefined],
    ["image", null],
    ["image", 7],
    ["image.width", {}],
    ["image.width", { ...image, width: 0 }],
    ["image.width", { ...image, width: 4097 }],
    ["image.width", { ...image, width: 4.5 }],
    ["image.width", { ...image, width: Number.NaN }],
    ["image.width", { ...image, width: "4" }],
    ["image.height", { ...image, height: -4 }],
    ["image.height", { ...image, height: 2 ** 32 }],
    ["image.data", { ...image, data: undefined }],
    ["image.data", { ...image, data: [1, 2, 3] }],
    ["image.data", { ...image, data: new Uint8Array(63) }],
    ["image.data", { ...image, data: new Uint8Array(65) }],
    ["image.data", { ...image, data: new Uint16Array(64) }],
    ["image.data", { ...image, data: new Float32Array(64) }],
    ["options", image, null],
    ["options", image, "fast"],
    ["n", image, { n: 0 }],
    ["n", image, { n: 11 }],
    ["n", image, { n: 1.5 }],
    ["n", image, { n: Number.NaN }],
    ["size", image, { size: 15 }],
    ["size", image, { size: 4097 }],
    ["size", image, { size: "256x256" }],
    ["strength", image, { strength: -0.1 }],
    ["strength", image, { strength: 1.1 }],
    ["strength", image, { strength: Number.NaN }],
    ["strength", image, { strength: null }],
    ["remix", image, { remix: 2 }],
    ["remix", image, { remix: "much" }],
    ["flip", image, { flip: true }],
    ["tone", image, { tone: 1 }],
    ["seed", image, { seed: -1 }],
    ["seed", image, { seed: 2 ** 32 }],
    ["seed", image, { seed: 0.5 }],
    ["workers", image, { workers: -1 }],
    ["workers", image, { workers: Number.POSITIVE_INFINITY }],
    ["signal", image, { signal: {} }],
    ["onProgress", image, { onProgress: "yes" }],
    ["onWarning", image, { onWarning: true }],
  ];

  test.for(hostile)("%s of %o, %o", ([option, wrongImage, options]) => {
    let error: unknown;
    try {
      createVariations(wrongImage as PixelImage, options as VariationOptions);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(InvalidOptionError);
    expect((error as InvalidOptionError).option).toBe(option);
    expect((error as InvalidOptionError).message).toMatch(/^[\w.]+ is .+\. Pass .+\.$/);
  });
});
