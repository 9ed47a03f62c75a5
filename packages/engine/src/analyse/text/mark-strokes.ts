import type { Luma } from "./luma-levels.ts";

/** 1 where a pixel is clearly darker than its surroundings, 2 where it is clearly lighter, 0 elsewhere. */
export type StrokeMarks = Uint8Array;

/** Half the window that a pixel is compared with; strokes wider than the window are found at a coarser level. */
const radius = 12;
/** The least contrast of a stroke, of 255. */
const leastContrast = 9;
/** And in standard deviations of the window. */
const leastDeviations = 0.4;

/** Niblack's threshold on both sides of the local mean. */
export function markStrokes({ width, height, data }: Luma): StrokeMarks {
  const stride = width + 1;
  const sums = new Uint32Array(stride * (height + 1));
  const squares = new Float64Array(stride * (height + 1));
  for (let y = 0; y < height; y++) {
    let [sum, square] = [0, 0];
    for (let x = 0; x < width; x++) {
      const value = data[y * width + x] ?? 0;
      sum += value;
      square += value * value;
      const at = (y + 1) * stride + x + 1;
      sums[at] = (sums[at - stride] ?? 0) + sum;
      squares[at] = (squares[at - stride] ?? 0) + square;
    }
  }
  const marks = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const top = Math.max(0, y - radius) * stride;
    const bottom = Math.min(height, y + radius + 1) * stride;
    const rows = (bottom - top) / stride;
    for (let x = 0; x < width; x++) {
      const left = Math.max(0, x - radius);
      const right = Math.min(width, x + radius + 1);
      const count = rows * (right - left);
      const mean =
        ((sums[bottom + right] ?? 0) -
          (sums[bottom + left] ?? 0) -
          (sums[top + right] ?? 0) +
          (sums[top + left] ?? 0)) /
        count;
      const off = (data[y * width + x] ?? 0) - mean;
      if (off < leastContrast && off > -leastContrast) continue;
      const square =
        (squares[bottom + right] ?? 0) -
        (squares[bottom + left] ?? 0) -
        (squares[top + right] ?? 0) +
        (squares[top + left] ?? 0);
      const variance = square / count - mean * mean;
      if (off * off > leastDeviations * leastDeviations * variance) marks[y * width + x] = off < 0 ? 1 : 2;
    }
  }
  return marks;
}
