import { gridSize } from "../analyse/grid.ts";
import type { Arena, Raster } from "../kernels/arena.ts";
import { bands, type Work } from "../work/work.ts";
import type { Place } from "./choose-view.ts";
import { cubic } from "./resample.ts";

/** The image as it looks through a map from places of the result to places of the image. */
export function* warpImage(
  arena: Arena,
  source: Raster,
  { width, height, placeOf }: { width: number; height: number; placeOf: (place: Place) => Place },
): Work<Raster> {
  const target = arena.raster(width, height);
  const mark = arena.mark();
  const nodes = gridSize({ width, height }, 64 * 64, 4);
  const grid = arena.allocate(nodes.width * nodes.height * 16);
  const at = arena.doubles(grid, nodes.width * nodes.height * 2);
  for (let row = 0; row < nodes.height; row++) {
    for (let column = 0; column < nodes.width; column++) {
      const place = placeOf({ x: column / (nodes.width - 1), y: row / (nodes.height - 1) });
      const node = (row * nodes.width + column) * 2;
      // So far outside that nothing but the edge is seen, if outside at all.
      at[node] = Math.max(-4, Math.min(source.width + 4, place.x * source.width - 0.5));
      at[node + 1] = Math.max(-4, Math.min(source.height + 4, place.y * source.height - 0.5));
    }
  }
  const weights = arena.allocate(257 * 8);
  // Enlarging blurs; a sharper filter makes up for it.
  writeCubicWeights(arena.shorts(weights, 257 * 4), source.width < width ? -0.75 : -0.6);
  for (const band of bands(height, 60_000 / width)) {
    arena.kernels.warp({
      ...band,
      source: source.address,
      sourceWidth: source.width,
      sourceHeight: source.height,
      target: target.address,
      width,
      height,
      grid,
      gridWidth: nodes.width,
      gridHeight: nodes.height,
      weights,
    });
    yield;
  }
  arena.release(mark);
  return target;
}

/** Four weights for each 256th of a pixel, which add up to 2 to the 14. */
function writeCubicWeights(weights: Int16Array, sharpness: number): void {
  for (let fraction = 0; fraction <= 256; fraction++) {
    let rest = 1 << 14;
    for (let tap = 0; tap < 4; tap++) {
      const weight = Math.round(cubic(tap - 1 - fraction / 256, sharpness) * (1 << 14));
      weights[fraction * 4 + tap] = weight;
      rest -= weight;
    }
    const nearest = fraction * 4 + (fraction < 128 ? 1 : 2);
    weights[nearest] = (weights[nearest] ?? 0) + rest;
  }
}
