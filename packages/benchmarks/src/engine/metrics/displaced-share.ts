import { applyHomography, type Correspondence, fitHomography, type Homography } from "./fit-homography.ts";
import { type FloatImage, shrink } from "../../../../engine/src/testing/float-image.ts";
import { correlation, normalisePatches, type NormalisedPatches } from "./match-patches.ts";
import { createRandom } from "./random.ts";

/** Where the global transform is looked for, and where displacement is measured, in pixels a side. */
const coarse = { size: 48, patch: 9, step: 2 };
const fine = { size: 96, patch: 7, step: 3 };
/** 3 % of the side. */
const radius = Math.round(0.03 * fine.size);
/** Below this standard deviation a patch is flat, and looks the same wherever it came from. */
const flat = 0.012;
/** A patch is found at its place from this correlation on, whatever else resembles it. */
const found = 0.8;
/** How much better another place must match. */
const margin = 0.1;

/**
 * Share of a variation, 0 to 1, that came from another place of the input than the global transform says, by more than 3 %
 * of the side. It is estimated from the two images alone, so it can be measured of any engine.
 *
 * First one homography, with or without a mirror, is fitted to patches that match between the images, and the input is
 * warped by it. Then each patch of the variation is looked for in the warped input by normalised correlation. It counts as
 * displaced if nothing within 3 % of its place matches well (correlation under 0.8), and a patch further away matches better
 * by more than 0.1. Flat patches and patches that match nowhere do not count as displaced: an estimate from below.
 *
 * Throws `RangeError` if either image has more than one channel.
 */
export function displacedShare(input: FloatImage, variation: FloatImage): number {
  if (input.channels !== 1 || variation.channels !== 1) {
    throw new RangeError("displacedShare compares images of one channel: pass their luma.");
  }
  const aligned = align(shrink(input, coarse.size), shrink(variation, coarse.size));
  const source = normalisePatches(warp(shrink(input, fine.size), aligned), fine.patch);
  const target = normalisePatches(shrink(variation, fine.size), fine.patch);

  let [displaced, all] = [0, 0];
  for (let y = 0; y < target.rows; y += fine.step) {
    for (let x = 0; x < target.columns; x += fine.step) {
      all++;
      if (isDisplaced(target, source, x, y)) displaced++;
    }
  }
  return displaced / all;
}

function isDisplaced(target: NormalisedPatches, source: NormalisedPatches, x: number, y: number): boolean {
  const patch = y * target.columns + x;
  if ((target.deviation[patch] ?? 0) < flat) return false;
  let near = -1;
  for (let v = Math.max(0, y - radius); v <= Math.min(source.rows - 1, y + radius); v++) {
    for (let u = Math.max(0, x - radius); u <= Math.min(source.columns - 1, x + radius); u++) {
      near = Math.max(near, correlation(target, patch, source, v * source.columns + u));
    }
  }
  if (near >= found) return false;
  for (let i = 0; i < source.deviation.length; i++) {
    if ((source.deviation[i] ?? 0) >= flat && correlation(target, patch, source, i) > near + margin) return true;
  }
  return false;
}

interface Alignment {
  readonly mirrored: boolean;
  readonly homography: Homography;
}

function align(input: FloatImage, variation: FloatImage): Alignment {
  const target = normalisePatches(variation, coarse.patch);
  const straight = fitTo(target, input);
  const mirrored = fitTo(target, mirror(input));
  const best = (mirrored?.support ?? 0) > (straight?.support ?? 0) ? mirrored : straight;
  return {
    mirrored: best !== undefined && best === mirrored,
    homography: best?.homography ?? [1, 0, 0, 0, 1, 0, 0, 0],
  };
}

function fitTo(target: NormalisedPatches, input: FloatImage): ReturnType<typeof fitHomography> {
  const source = normalisePatches(input, coarse.patch);
  const pairs: Correspondence[] = [];
  const place = (index: number): number => (index + coarse.patch / 2) / coarse.size;
  for (let y = 0; y < target.rows; y += coarse.step) {
    for (let x = 0; x < target.columns; x += coarse.step) {
      const patch = y * target.columns + x;
      if ((target.deviation[patch] ?? 0) < flat) continue;
      let [best, at] = [-1, 0];
      for (let i = 0; i < source.deviation.length; i++) {
        const value = correlation(target, patch, source, i);
        if (value > best) [best, at] = [value, i];
      }
      if (best < 0.6) continue;
      const [u, v] = [place(at % source.columns), place(Math.floor(at / source.columns))];
      pairs.push({ x: place(x), y: place(y), u, v, weight: best * best * best });
    }
  }
  return fitHomography(pairs, createRandom(11));
}

function mirror({ width, height, channels, data }: FloatImage): FloatImage {
  const mirrored = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) mirrored[y * width + x] = data[y * width + width - 1 - x] ?? 0;
  }
  return { width, height, channels, data: mirrored };
}

/** The input as the global transform shows it, bilinear; what lies outside repeats the border. */
function warp(input: FloatImage, { mirrored, homography }: Alignment): FloatImage {
  const { width, height, channels, data } = mirrored ? mirror(input) : input;
  const warped = new Float32Array(data.length);
  const clamp = (value: number, last: number): number => Math.min(last, Math.max(0, value));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = applyHomography(homography, (x + 0.5) / width, (y + 0.5) / height);
      const [left, top] = [clamp(u * width - 0.5, width - 1), clamp(v * height - 0.5, height - 1)];
      const [i, j] = [Math.min(Math.floor(left), width - 2), Math.min(Math.floor(top), height - 2)];
      const [a, b] = [left - i, top - j];
      const at = (column: number, row: number): number => data[row * width + column] ?? 0;
      warped[y * width + x] =
        (at(i, j) * (1 - a) + at(i + 1, j) * a) * (1 - b) + (at(i, j + 1) * (1 - a) + at(i + 1, j + 1) * a) * b;
    }
  }
  return { width, height, channels, data: warped };
}
