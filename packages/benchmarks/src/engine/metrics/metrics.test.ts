import { expect, test } from "vitest";
import { displacedShare } from "./displaced-share.ts";
import { pairwiseSsim, pixelDeviation } from "./diversity.ts";
import { type FloatImage, shrink, toLuma, toRgb } from "../../../../engine/src/testing/float-image.ts";
import { createRandom } from "./random.ts";
import { patchDistribution, slicedWasserstein } from "./sliced-wasserstein.ts";
import { ssim } from "../../../../engine/src/testing/ssim.ts";

const size = 96;

/** Discs of many sizes and greys: texture that is found again at one place only. */
function discs({ seed = 1, channels = 1, move = (x: number, y: number) => [x, y] as const } = {}): FloatImage {
  const random = createRandom(seed);
  const shapes = Array.from({ length: 90 }, () => ({
    x: random() * size,
    y: random() * size,
    radius: 2 + 7 * random(),
    greys: [random(), random(), random()],
  }));
  const data = new Float32Array(size * size * channels).fill(0.5);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const [u, v] = move(x, y);
      const disc = shapes.findLast((shape) => Math.hypot(shape.x - u, shape.y - v) < shape.radius);
      if (disc) data.set(disc.greys.slice(0, channels), (y * size + x) * channels);
    }
  }
  return { width: size, height: size, channels, data };
}

function noise(seed: number, channels = 1): FloatImage {
  const random = createRandom(seed);
  const data = Float32Array.from({ length: size * size * channels }, random);
  return { width: size, height: size, channels, data };
}

const brighter = (image: FloatImage, by: number): FloatImage => ({
  ...image,
  data: image.data.map((value) => value + by),
});

test("SSIM of an image with itself is 1", () => {
  expect(ssim(discs(), discs())).toBeCloseTo(1, 6);
});

test("SSIM of two independent noises is near 0", () => {
  expect(Math.abs(ssim(noise(1), noise(2)))).toBeLessThan(0.05);
});

test("SSIM of an image with its negative is below 0", () => {
  const image = noise(1);
  expect(ssim(image, { ...image, data: image.data.map((value) => 1 - value) })).toBeLessThan(-0.5);
});

test("SSIM of two flat images is what the formula of Wang et al. gives", () => {
  const flat = (value: number): FloatImage => ({ ...discs(), data: new Float32Array(size * size).fill(value) });
  expect(ssim(flat(0.5), flat(0.6))).toBeCloseTo((2 * 0.5 * 0.6 + 1e-4) / (0.25 + 0.36 + 1e-4), 4);
});

test("SSIM rejects images of different sizes and images smaller than its window", () => {
  const small: FloatImage = { width: 8, height: 8, channels: 1, data: new Float32Array(64) };
  expect(() => ssim(discs(), small)).toThrow("Cannot compare 96×96 with 8×8");
  expect(() => ssim(small, small)).toThrow("smaller than the window");
});

test("the sliced Wasserstein distance of an image to itself is 0", () => {
  const patches = patchDistribution(discs({ channels: 3 }));
  expect(slicedWasserstein(patches, patches)).toBe(0);
});

test("a change of brightness moves the patches by its size times the mean projection", () => {
  const image = discs({ channels: 3 });
  const distance = slicedWasserstein(patchDistribution(image), patchDistribution(brighter(image, 0.1)));
  expect(distance).toBeGreaterThan(0.06);
  expect(distance).toBeLessThan(0.1);
  const twice = slicedWasserstein(patchDistribution(image), patchDistribution(brighter(image, 0.2)));
  expect(twice / distance).toBeCloseTo(2, 3);
});

test("the same texture elsewhere is nearer in patches than noise is", () => {
  const original = patchDistribution(discs({ channels: 3 }));
  const rearranged = slicedWasserstein(original, patchDistribution(discs({ channels: 3, seed: 2 })));
  expect(rearranged).toBeLessThan(slicedWasserstein(original, patchDistribution(noise(1, 3))) / 2);
});

test("the sliced Wasserstein distance rejects images of different sizes", () => {
  const other = { width: 40, height: 40, channels: 3, data: new Float32Array(40 * 40 * 3) };
  expect(() => slicedWasserstein(patchDistribution(discs({ channels: 3 })), patchDistribution(other))).toThrow(
    "Cannot compare 8100 patches with 1156",
  );
});

test("diversity is 0 for copies, and half the difference for two flat images", () => {
  const flat = brighter({ ...discs(), data: new Float32Array(size * size) }, 0.2);
  expect(pixelDeviation([flat, flat, flat])).toBeCloseTo(0, 3);
  expect(pixelDeviation([flat, brighter(flat, 0.3)])).toBeCloseTo(0.15, 6);
});

test("pairwise SSIM is the mean over all pairs, and undefined for a single sample", () => {
  const [a, b, c] = [noise(1), noise(2), noise(3)];
  expect(pairwiseSsim([a, b, c])).toBeCloseTo((ssim(a, b) + ssim(a, c) + ssim(b, c)) / 3, 9);
  expect(pairwiseSsim([a])).toBeUndefined();
});

test("nothing is displaced in a copy, in a mirrored copy, or in a brighter one", () => {
  const image = discs();
  expect(displacedShare(image, image)).toBe(0);
  expect(displacedShare(image, discs({ move: (x, y) => [size - 1 - x, y] }))).toBeLessThan(0.01);
  expect(displacedShare(image, brighter(image, 0.1))).toBe(0);
});

test("a crop, a turn and another viewpoint of the whole image displace nothing", () => {
  const viewpoint = discs({
    move: (x, y) => {
      const w = 1 + 0.0006 * (x - 48);
      return [48 + (0.88 * (x - 48) - 0.05 * (y - 48)) / w, 48 + (0.05 * (x - 48) + 0.88 * (y - 48)) / w];
    },
  });
  expect(displacedShare(discs(), viewpoint)).toBeLessThan(0.03);
});

test("two halves that change places show in the displaced share, and a moved quarter in proportion", () => {
  const halves = displacedShare(discs(), discs({ move: (x, y) => [(x + size / 2) % size, y] }));
  expect(halves).toBeGreaterThan(0.35);
  const inCorner = (x: number, y: number): boolean => x < size / 2 && y < size / 2;
  const quarter = displacedShare(
    discs(),
    discs({ move: (x, y) => (inCorner(x, y) ? [x + size / 2, y + size / 2] : [x, y]) }),
  );
  expect(quarter).toBeGreaterThan(0.12);
  expect(quarter).toBeLessThan(0.3);
});

test("a flat image has nothing that could be displaced", () => {
  const flat = { ...discs(), data: new Float32Array(size * size).fill(0.4) };
  expect(displacedShare(flat, flat)).toBe(0);
});

test("transparent pixels count as mid-grey, whatever colour they hide", () => {
  const rgb = toRgb({ width: 2, height: 1, data: Uint8Array.of(255, 0, 0, 0, 255, 255, 255, 255) });
  expect([...rgb.data]).toEqual([0.5, 0.5, 0.5, 1, 1, 1]);
  expect(toLuma(rgb).data[1]).toBeCloseTo(1, 6);
});

test("shrinking averages areas, also where the sizes don't divide", () => {
  const data = Float32Array.from({ length: 9 }, (_, i) => i);
  const small = shrink({ width: 3, height: 3, channels: 1, data }, 2);
  expect(small.data[0]).toBeCloseTo((0 + 1 / 2 + 3 / 2 + 4 / 4) / 2.25, 5);
  expect(small.data.reduce((sum, value) => sum + value, 0) / 4).toBeCloseTo(4, 5);
});
