import type { Arena, Raster } from "../kernels/arena.ts";
import { bands, type Work } from "../work/work.ts";

/** The cubic filter of sharpness `a`: −0.5 is Catmull and Rom's; more negative is sharper. */
export function cubic(distance: number, a = -0.5): number {
  const t = Math.abs(distance);
  if (t < 1) return ((a + 2) * t - (a + 3)) * t * t + 1;
  if (t < 2) return ((a * t - 5 * a) * t + 8 * a) * t - 4 * a;
  return 0;
}

/** The image at another size. */
export function* resample(arena: Arena, source: Raster, width: number, height: number): Work<Raster> {
  const target = arena.raster(width, height);
  const mark = arena.mark();
  const { kernels } = arena;
  const between = arena.raster(width, source.height);
  const across = createTaps(arena, source.width, width);
  for (const band of bands(source.height, 300_000 / (width * across.taps))) {
    kernels.resampleRows({
      ...across,
      ...band,
      source: source.address,
      sourceWidth: source.width,
      target: between.address,
      width,
    });
    yield;
  }
  const down = createTaps(arena, source.height, height);
  for (const band of bands(height, 300_000 / (width * down.taps))) {
    kernels.resampleColumns({
      ...down,
      ...band,
      source: between.address,
      sourceHeight: source.height,
      target: target.address,
      width,
    });
    yield;
  }
  arena.release(mark);
  return target;
}

/** Which source pixels make each target pixel, with weights that add up to 2 to the 14. */
function createTaps(arena: Arena, from: number, to: number): { first: number; weights: number; taps: number } {
  const scale = Math.max(1, from / to);
  const needed = Math.floor(4 * scale) + 2;
  const taps = Math.min(needed, from);
  const first = arena.allocate(to * 4);
  const weights = arena.allocate(to * taps * 2);
  const firsts = arena.integers(first, to);
  const shares = arena.shorts(weights, to * taps);
  const sums = new Float64Array(taps);
  for (let i = 0; i < to; i++) {
    const centre = ((i + 0.5) * from) / to - 0.5;
    const low = Math.floor(centre - 2 * scale) + 1;
    const start = Math.max(0, Math.min(from - taps, low));
    sums.fill(0);
    let total = 0;
    for (let tap = 0; tap < needed; tap++) {
      const weight = cubic((low + tap - centre) / scale);
      // Beyond the edge, the edge goes on.
      const at = Math.max(0, Math.min(from - 1, low + tap)) - start;
      sums[at] = (sums[at] ?? 0) + weight;
      total += weight;
    }
    firsts[i] = start;
    let rest = 1 << 14;
    let largest = 0;
    for (let tap = 0; tap < taps; tap++) {
      const share = Math.round(((sums[tap] ?? 0) / total) * (1 << 14));
      shares[i * taps + tap] = share;
      rest -= share;
      if (share > (shares[i * taps + largest] ?? 0)) largest = tap;
    }
    shares[i * taps + largest] = (shares[i * taps + largest] ?? 0) + rest;
  }
  return { first, weights, taps };
}
