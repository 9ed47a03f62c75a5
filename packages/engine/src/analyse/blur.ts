import { exp } from "../numbers/elementary.ts";
import { createGrid, type Grid } from "./grid.ts";

/** A Gaussian blur, `sigma` in cells; beyond the edge, the edge goes on. */
export function blur(grid: Grid, sigma: number): Grid {
  const radius = Math.floor(3 * sigma + 0.5);
  if (radius < 1) return grid;
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
    exp(-((i - radius) * (i - radius)) / (2 * sigma * sigma)),
  );
  let total = 0;
  for (const weight of weights) total += weight;
  const pass = (from: Grid, length: number, step: number, lines: number, lineStep: number): Grid => {
    const to = createGrid(from.width, from.height);
    for (let line = 0; line < lines; line++) {
      for (let i = 0; i < length; i++) {
        let sum = 0;
        for (let k = -radius; k <= radius; k++) {
          const at = Math.max(0, Math.min(length - 1, i + k));
          sum += (weights[k + radius] ?? 0) * (from.values[line * lineStep + at * step] ?? 0);
        }
        to.values[line * lineStep + i * step] = sum / total;
      }
    }
    return to;
  };
  const { width, height } = grid;
  return pass(pass(grid, width, 1, height, width), height, width, width, 1);
}
