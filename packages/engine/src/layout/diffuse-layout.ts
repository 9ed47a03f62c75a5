import type { Arena, Raster } from "../kernels/arena.ts";
import { channelMax, patchSide } from "../kernels/kernels.ts";
import { cbrt, exp } from "../numbers/elementary.ts";
import type { Random } from "../numbers/random.ts";
import { bands, type Work } from "../work/work.ts";
import type { Layout } from "./layout.ts";

export interface Diffusion {
  readonly source: Raster;
  /** The standard deviation of the noise at the start, as a share of a channel. */
  readonly noise: number;
  /** How far patches may come from, as a share of the image. */
  readonly locality: number;
  readonly random: Random;
}

const steps = 12;
const leastNoise = 0.02;
/** Half of a full channel, so that squared distances of noise fit 32 bits. */
const halfChannel = channelMax / 2;

/**
 * Re-makes what is not pinned: starts from noise and removes it step by step, each time replacing every patch by the mean of
 * the image's patches near its place, weighted by likeness. This is what a diffusion model that knows one image would do, in
 * closed form.
 */
export function* diffuseLayout(
  arena: Arena,
  layout: Layout,
  { source, noise, locality, random }: Diffusion,
): Work<void> {
  const { width, height, colours, pins } = layout;
  const across = width - patchSide + 1;
  const down = height - patchSide + 1;
  const mark = arena.mark();
  const cells = width * height;
  const half = arena.raster(width, height);
  const noisy = arena.raster(width, height);
  const halfPixels = arena.pixels(half);
  for (const [i, value] of arena.pixels(source).entries()) halfPixels[i] = value >> 1;
  const active = arena.allocate(across * down);
  const localities = arena.allocate(across * down * 8);
  const radii = arena.allocate(across * down);
  describePatches(layout, locality, {
    active: arena.bytes(active, across * down),
    localities: arena.doubles(localities, across * down),
    radii: arena.bytes(radii, across * down),
  });
  const exponential = arena.allocate(768 * 4);
  arena.integers(exponential, 768).forEach((_, i, weights) => {
    weights[i] = Math.round(exp(-i / 64) * 512);
  });
  const sums = arena.allocate(cells * 20);
  const scratch = arena.allocate(across * down * 8);

  const image = new Float64Array(cells * 4);
  for (const i of image.keys()) image[i] = (colours[i] ?? 0) + (i % 4 === 3 ? 0 : noise * random.gaussian());
  const levels = Array.from({ length: steps }, (_, step) => {
    const root = cbrt(noise) + (step / (steps - 1)) * (cbrt(leastNoise) - cbrt(noise));
    return root * root * root;
  });
  const noisyPixels = arena.pixels(noisy);
  const totals = arena.integers(sums, cells * 5);
  for (const [step, level] of levels.entries()) {
    for (const [i, value] of image.entries()) {
      noisyPixels[i] = Math.round(Math.max(-4, Math.min(4, value)) * halfChannel);
    }
    totals.fill(0);
    for (const band of bands(down, 4)) {
      arena.kernels.denoise({
        ...band,
        noisy: noisy.address,
        source: half.address,
        width,
        height,
        active,
        sums,
        locality: localities,
        radii,
        exponential,
        costScale: 1 / (2 * level * level * halfChannel * halfChannel),
        scratch,
        stride: 2,
      });
      yield;
    }
    const next = levels[step + 1];
    const fresh = next === undefined ? 0 : 0.5 * next * Math.sqrt(Math.max(0, 1 - (next * next) / (level * level)));
    const kept = next === undefined ? 0 : Math.sqrt(next * next - fresh * fresh) / level;
    for (let cell = 0; cell < cells; cell++) {
      const count = totals[cell * 5 + 4] ?? 0;
      const pin = pins[cell] ?? 0;
      for (let channel = 0; channel < 4; channel++) {
        const i = cell * 4 + channel;
        const still = colours[i] ?? 0;
        const clean = count > 0 ? (totals[cell * 5 + channel] ?? 0) / count / halfChannel : still;
        const value = pin * still + (1 - pin) * clean;
        image[i] = channel === 3 ? value : value + kept * ((image[i] ?? 0) - value) + fresh * random.gaussian();
        if (next === undefined) image[i] = value;
      }
    }
  }
  colours.set(image);
  arena.release(mark);
}

interface PatchArrays {
  readonly active: Uint8Array;
  readonly localities: Float64Array;
  readonly radii: Uint8Array;
}

function describePatches(layout: Layout, locality: number, { active, localities, radii }: PatchArrays): void {
  const { width, height, pins, placeWeights } = layout;
  const across = width - patchSide + 1;
  for (let y = 0; y < height - patchSide + 1; y++) {
    for (let x = 0; x < across; x++) {
      let least = 1;
      for (let row = y; row < y + patchSide; row++) {
        for (let column = x; column < x + patchSide; column++) least = Math.min(least, pins[row * width + column] ?? 0);
      }
      const patch = y * across + x;
      active[patch] = least > 0.98 ? 0 : 1;
      const middle = (y + (patchSide >> 1)) * width + x + (patchSide >> 1);
      const isHole = (placeWeights[middle] ?? 0) <= 0.5;
      const reach = locality * (isHole ? 5 : 1) * Math.sqrt(across * (height - patchSide + 1));
      localities[patch] = 1 / (2 * reach * reach);
      radii[patch] = Math.min(255, Math.floor(3.2 * reach) + 1);
    }
  }
}
