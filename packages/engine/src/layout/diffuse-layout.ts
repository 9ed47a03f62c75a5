import type { Arena } from "../kernels/arena.ts";
import { channelMax, patchSide } from "../kernels/kernels.ts";
import { cbrt, exp } from "../numbers/elementary.ts";
import type { Random } from "../numbers/random.ts";
import type { Work } from "../work/work.ts";
import type { Layout } from "./layout.ts";

export interface Diffusion {
  /** The standard deviation of the noise at the start, as a share of a channel. */
  readonly noise: number;
  /** How far patches may come from, as a share of the image. */
  readonly locality: number;
  readonly random: Random;
}

const steps = 12;
const leastNoise = 0.02;
/** No patch looks further, which bounds time and memory. */
const farthestCells = 24;
/** What it costs to copy something unique one pixel away from its place. */
const uniqueLocality = 0.7;
/** Half of a full channel, so that squared distances of noise fit 32 bits. */
const halfChannel = channelMax / 2;

/**
 * Re-makes what is not pinned: starts from noise and removes it step by step, each time replacing every patch by the mean of
 * the image's patches near its place, weighted by likeness. This is what a diffusion model that knows one image would do, in
 * closed form.
 */
export function* diffuseLayout(arena: Arena, layout: Layout, { noise, locality, random }: Diffusion): Work<void> {
  const { width, height, colours, pins } = layout;
  const across = width - patchSide + 1;
  const down = height - patchSide + 1;
  const mark = arena.mark();
  const cells = width * height;
  const half = arena.raster(width, height);
  const noisy = arena.raster(width, height);
  const halfPixels = arena.pixels(half);
  for (const [i, value] of layout.background.entries()) halfPixels[i] = Math.round(value * halfChannel);
  const count = across * down;
  const localityAddress = arena.allocate(count * 4);
  const keyLocality = arena.allocate(count * 4);
  const radius = describePatches(layout, locality, {
    localities: arena.floats(localityAddress, count),
    keyLocalities: arena.floats(keyLocality, count),
  });
  const exponential = arena.allocate(769 * 4);
  arena.integers(exponential, 769).forEach((_, i, weights) => {
    weights[i] = i < 768 ? Math.round(exp(-i / 64) * 512) : 0;
  });
  const sums = arena.allocate(cells * 16);
  const totals = arena.allocate(count * 4);
  const least = arena.allocate(count * 4);
  const costs = arena.allocate((2 * radius + 1) * (2 * radius + 1) * count * 4);
  const scratch = arena.allocate((cells + width * 2) * 4);
  const job = {
    noisy: noisy.address,
    source: half.address,
    width,
    height,
    radius,
    locality: localityAddress,
    keyLocality,
    costs,
    least,
    exponential,
    sums,
    totals,
    scratch,
  };

  const image = new Float64Array(cells * 4);
  for (const i of image.keys()) image[i] = (colours[i] ?? 0) + (i % 4 === 3 ? 0 : noise * random.gaussian());
  const levels = Array.from({ length: steps }, (_, step) => {
    const root = cbrt(noise) + (step / (steps - 1)) * (cbrt(leastNoise) - cbrt(noise));
    return root * root * root;
  });
  const noisyPixels = arena.pixels(noisy);
  const pixelSums = arena.integers(sums, cells * 4);
  const patchTotals = arena.integers(totals, count);
  const reach = Math.min(radius, down - 1);
  for (const [step, level] of levels.entries()) {
    for (const [i, value] of image.entries()) {
      noisyPixels[i] = Math.round(Math.max(-4, Math.min(4, value)) * halfChannel);
    }
    pixelSums.fill(0);
    patchTotals.fill(0);
    arena.floats(least, count).fill(3e38);
    const costScale = 1 / (2 * level * level * halfChannel * halfChannel);
    for (const kernel of [arena.kernels.denoiseCosts, arena.kernels.denoiseMeans]) {
      for (let row = -reach; row <= reach; row++) {
        kernel({ ...job, costScale, firstRow: row, endRow: row + 1 });
        yield;
      }
    }
    const next = levels[step + 1];
    const fresh = next === undefined ? 0 : 0.5 * next * Math.sqrt(Math.max(0, 1 - (next * next) / (level * level)));
    const kept = next === undefined ? 0 : Math.sqrt(next * next - fresh * fresh) / level;
    for (let cell = 0; cell < cells; cell++) {
      const column = Math.max(0, Math.min(across - 1, (cell % width) - (patchSide >> 1)));
      const row = Math.max(0, Math.min(down - 1, Math.floor(cell / width) - (patchSide >> 1)));
      const total = patchTotals[row * across + column] ?? 1;
      const pin = pins[cell] ?? 0;
      for (let channel = 0; channel < 4; channel++) {
        const i = cell * 4 + channel;
        const still = colours[i] ?? 0;
        const clean = (pixelSums[i] ?? 0) / total / halfChannel;
        const value = pin * still + (1 - pin) * clean;
        image[i] = channel === 3 ? value : value + kept * ((image[i] ?? 0) - value) + fresh * random.gaussian();
        if (next === undefined) image[i] = value;
      }
    }
  }
  colours.set(image);
  arena.release(mark);
}

interface PatchLocalities {
  readonly localities: Float32Array;
  readonly keyLocalities: Float32Array;
}

/** Writes what a step costs each patch, as query and as key, and returns how far any of them looks. */
function describePatches(
  { width, height, placeWeights, rigidity }: Layout,
  locality: number,
  { localities, keyLocalities }: PatchLocalities,
): number {
  const across = width - patchSide + 1;
  const down = height - patchSide + 1;
  let farthest = 0;
  for (const patch of localities.keys()) {
    const x = patch % across;
    const middle = ((patch - x) / across + (patchSide >> 1)) * width + x + (patchSide >> 1);
    const isHole = (placeWeights[middle] ?? 0) <= 0.5;
    const reach = locality * (isHole ? 2.5 : 1) * Math.sqrt(across * down);
    localities[patch] = 1 / (2 * reach * reach);
    const square = (rigidity[middle] ?? 0) * (rigidity[middle] ?? 0);
    keyLocalities[patch] = uniqueLocality * square * square;
    farthest = Math.max(farthest, Math.floor(3.2 * reach) + 1);
  }
  return Math.min(farthest, farthestCells, Math.max(across, down) - 1);
}
