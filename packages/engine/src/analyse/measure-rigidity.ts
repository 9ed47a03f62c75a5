import { channelMax, patchSide } from "../kernels/kernels.ts";
import type { Arena, Raster } from "../kernels/arena.ts";
import { resample } from "../transform/resample.ts";
import type { Work } from "../work/work.ts";
import { blur } from "./blur.ts";
import { findThings } from "./find-things.ts";
import { clamp01, createGrid, gridSize, valueAtShare, type Grid } from "./grid.ts";

/** That of things of a set, and of what stands out from a plain ground. */
const keptRigidity = 0.95;
/** What is less steep is flat. */
const flatSteepness = 0.1;
/** How far, in cells, one looks for a plain ground. */
const plainReach = 3;
/** Patches cover their surroundings, so these are kept with what is thin. */
const closeBy = 2;

export interface Stiffness {
  /** How much of the image must keep its shape. */
  readonly rigidity: Grid;
  /** The part of it that is there because of what it is, not of the ground that it stands on: it must stay in view. */
  readonly subject: Grid;
}

/**
 * How much of the image must keep its shape, from 0 (texture that may be re-made) to 1 (a face, a single subject): high
 * if nothing else in the image looks alike, where it is a thing of a set, and where it stands out from a plain ground.
 *
 * @param light Its brightness.
 */
export function* measureRigidity(arena: Arena, image: Raster, light: Grid): Work<Stiffness> {
  const mark = arena.mark();
  const fineSize = gridSize(image, 64 * 64, patchSide + 3);
  const fine = yield* resample(arena, image, fineSize.width, fineSize.height);
  const coarseSize = gridSize(image, 32 * 32, patchSide + 3);
  const coarse = yield* resample(arena, fine, coarseSize.width, coarseSize.height);
  const steepness = measureEdges(arena, fine);
  const edges = blur(steepness, 1);
  const outstanding = measureOutstanding(steepness, edges);
  const details = blur(yield* measureUniqueness(arena, fine, 7), 1);
  const shapes = blur(yield* measureUniqueness(arena, coarse, 6), 0.7);
  arena.release(mark);

  const contrast = contrastOf(details);
  const { width, height } = fineSize;
  const rigidity = createGrid(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = y * width + x;
      const detail = clamp01(((details.values[cell] ?? 0) - 0.05) / 0.07);
      const shape = 0.8 * clamp01((valueAtShare(shapes, (x + 0.5) / width, (y + 0.5) / height) - 0.065) / 0.091);
      rigidity.values[cell] = contrast * Math.max(detail, shape, 0.5 * (edges.values[cell] ?? 0));
    }
  }
  const wide = blur(rigidity, 2);
  const things = findThings(light);
  const subject = createGrid(width, height);
  for (const [cell, value] of rigidity.values.entries()) {
    const x = cell % width;
    const isThing = valueAtShare(things, (x + 0.5) / width, ((cell - x) / width + 0.5) / height) > 0.3;
    const own = Math.max(value, 1.1 * (wide.values[cell] ?? 0), isThing ? keptRigidity : 0);
    subject.values[cell] = clamp01(own);
    rigidity.values[cell] = clamp01(Math.max(own, keptRigidity * (outstanding.values[cell] ?? 0)));
  }
  return { rigidity, subject };
}

/** Root mean square distance of what is round each pixel to what looks most alike elsewhere, in shares of a channel. */
function* measureUniqueness(arena: Arena, image: Raster, exclusion: number): Work<Grid> {
  const { width, height } = image;
  const across = width - patchSide + 1;
  const down = height - patchSide + 1;
  const address = arena.allocate(across * down * 4);
  const distances = arena.integers(address, across * down).fill(0x7fffffff);
  const scratch = arena.allocate((width * height + width * 2) * 4);
  const job = { source: image.address, width, height, exclusion, distances: address, scratch };
  for (let firstRow = 0; firstRow < down; firstRow++) {
    arena.kernels.selfSimilarity({ ...job, firstRow, endRow: firstRow + 1 });
    yield;
  }
  const sums = createGrid(width, height);
  const counts = createGrid(width, height);
  for (const [patch, distance] of distances.entries()) {
    const left = patch % across;
    const top = (patch - left) / across;
    const value = Math.sqrt(distance / (patchSide * patchSide * 3)) / channelMax;
    for (let y = top; y < top + patchSide; y++) {
      for (let x = left; x < left + patchSide; x++) {
        sums.values[y * width + x] = (sums.values[y * width + x] ?? 0) + value;
        counts.values[y * width + x] = (counts.values[y * width + x] ?? 0) + 1;
      }
    }
  }
  for (const [cell, count] of counts.values.entries()) sums.values[cell] = (sums.values[cell] ?? 0) / count;
  return sums;
}

/** How steep brightness is, 1 from an eighth of the range a pixel. */
function measureEdges(arena: Arena, image: Raster): Grid {
  const { width, height } = image;
  const pixels = arena.pixels(image);
  const light = (x: number, y: number): number => {
    const at = (Math.max(0, Math.min(height - 1, y)) * width + Math.max(0, Math.min(width - 1, x))) * 4;
    const [red = 0, green = 0, blue = 0] = pixels.subarray(at, at + 3);
    return (0.299 * red + 0.587 * green + 0.114 * blue) / channelMax;
  };
  const edges = createGrid(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const slope = Math.abs(light(x + 1, y) - light(x - 1, y)) + Math.abs(light(x, y + 1) - light(x, y - 1));
      edges.values[y * width + x] = clamp01(slope / 2 / 0.12);
    }
  }
  return edges;
}

/**
 * What stands out from a plain ground, and what is close to it, from 0 to 1: a mast, a wire, a bird. A gap in it, or a piece
 * of it elsewhere, shows at once.
 */
function measureOutstanding(steepness: Grid, edges: Grid): Grid {
  const { width, height, values } = steepness;
  const flat = values.map((value) => (value < flatSteepness ? 1 : 0));
  const plainness = blur({ width, height, values: flat }, plainReach);
  const found = edges.values.map(
    (edge, cell) => clamp01((edge - 0.06) / 0.06) * clamp01(((plainness.values[cell] ?? 0) - 0.4) / 0.1),
  );
  const result = createGrid(width, height);
  for (const cell of found.keys()) {
    const x = cell % width;
    const y = (cell - x) / width;
    let most = 0;
    for (let row = Math.max(0, y - closeBy); row <= Math.min(height - 1, y + closeBy); row++) {
      for (let column = Math.max(0, x - closeBy); column <= Math.min(width - 1, x + closeBy); column++) {
        most = Math.max(most, found[row * width + column] ?? 0);
      }
    }
    result.values[cell] = most;
  }
  return result;
}

/** How far the most unique parts stand out: in an even texture nothing does, however large its distances are. */
function contrastOf({ values }: Grid): number {
  const sorted = values.toSorted();
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const high = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  return 0.25 + 0.75 * clamp01(((high + 0.001) / (middle + 0.001) - 1.12) / 0.12);
}
