import type { Arena, Raster } from "../kernels/arena.ts";
import { channelMax, patchSide, type DenoiseJob } from "../kernels/kernels.ts";
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
  const mark = arena.mark();
  const denoiser = createDenoiser(arena, layout, locality);
  const image = layout.colours.map((value, i) => value + (i % 4 === 3 ? 0 : noise * random.gaussian()));
  const levels = noiseLevels(noise);
  for (const [step, level] of levels.entries()) {
    yield* denoise(arena, denoiser, image, level);
    renoise(arena, denoiser, image, { layout, level, next: levels[step + 1], random });
  }
  layout.colours.set(image);
  arena.release(mark);
}

/** The noise before each step, from much to little. */
function noiseLevels(noise: number): number[] {
  return Array.from({ length: steps }, (_, step) => {
    const root = cbrt(noise) + (step / (steps - 1)) * (cbrt(leastNoise) - cbrt(noise));
    return root * root * root;
  });
}

interface Denoiser {
  readonly noisy: Raster;
  readonly across: number;
  readonly down: number;
  /** How many cells up and down patches are compared. */
  readonly reach: number;
  /** All that the kernels need beside the rows and the noise. */
  readonly job: Omit<DenoiseJob, "costScale" | "firstRow" | "endRow">;
}

function createDenoiser(arena: Arena, layout: Layout, locality: number): Denoiser {
  const { width, height, background } = layout;
  const across = width - patchSide + 1;
  const down = height - patchSide + 1;
  const cells = width * height;
  const count = across * down;
  const source = arena.raster(width, height);
  const noisy = arena.raster(width, height);
  const pixels = arena.pixels(source);
  for (const [i, value] of background.entries()) pixels[i] = Math.round(value * halfChannel);
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
  return {
    noisy,
    across,
    down,
    reach: Math.min(radius, down - 1),
    job: {
      noisy: noisy.address,
      source: source.address,
      width,
      height,
      radius,
      locality: localityAddress,
      keyLocality,
      exponential,
      sums: arena.allocate(cells * 16),
      totals: arena.allocate(count * 4),
      least: arena.allocate(count * 4),
      costs: arena.allocate((2 * radius + 1) * (2 * radius + 1) * count * 4),
      scratch: arena.allocate((cells + width * 2) * 4),
    },
  };
}

/** Sums up, for each cell, what the patches like those round it have there. */
function* denoise(arena: Arena, denoiser: Denoiser, image: Float64Array, level: number): Work<void> {
  const { noisy, across, down, reach, job } = denoiser;
  const pixels = arena.pixels(noisy);
  for (const [i, value] of image.entries()) pixels[i] = Math.round(Math.max(-4, Math.min(4, value)) * halfChannel);
  arena.integers(job.sums, image.length).fill(0);
  arena.integers(job.totals, across * down).fill(0);
  arena.floats(job.least, across * down).fill(3e38);
  const costScale = 1 / (2 * level * level * halfChannel * halfChannel);
  for (const kernel of [arena.kernels.denoiseCosts, arena.kernels.denoiseMeans]) {
    for (let row = -reach; row <= reach; row++) {
      kernel({ ...job, costScale, firstRow: row, endRow: row + 1 });
      yield;
    }
  }
}

interface Step {
  readonly layout: Layout;
  readonly level: number;
  /** The noise of the next step; undefined at the end. */
  readonly next: number | undefined;
  readonly random: Random;
}

/** Replaces what is not pinned by the means that were found, with the next step's noise: part of it kept, part of it fresh. */
function renoise(arena: Arena, { across, down, job }: Denoiser, image: Float64Array, step: Step): void {
  const { layout, level, next, random } = step;
  const { width, colours, pins } = layout;
  const sums = arena.integers(job.sums, image.length);
  const totals = arena.integers(job.totals, across * down);
  const fresh = next === undefined ? 0 : 0.5 * next * Math.sqrt(Math.max(0, 1 - (next * next) / (level * level)));
  const kept = next === undefined ? 0 : Math.sqrt(next * next - fresh * fresh) / level;
  for (const [cell, pin] of pins.entries()) {
    const column = Math.max(0, Math.min(across - 1, (cell % width) - (patchSide >> 1)));
    const row = Math.max(0, Math.min(down - 1, Math.floor(cell / width) - (patchSide >> 1)));
    const total = totals[row * across + column] ?? 1;
    for (let channel = 0; channel < 4; channel++) {
      const i = cell * 4 + channel;
      const clean = (sums[i] ?? 0) / total / halfChannel;
      const value = pin * (colours[i] ?? 0) + (1 - pin) * clean;
      image[i] = channel === 3 ? value : value + kept * ((image[i] ?? 0) - value) + fresh * random.gaussian();
      if (next === undefined) image[i] = value;
    }
  }
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
