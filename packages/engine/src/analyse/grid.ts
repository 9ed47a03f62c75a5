/** Numbers on a grid that covers an image, row by row. */
export interface Grid {
  readonly width: number;
  readonly height: number;
  readonly values: Float64Array | Float32Array;
}

/** A grid of about `area` cells with an image's aspect ratio, at least `least` cells each way. */
export function gridSize(
  image: { readonly width: number; readonly height: number },
  area: number,
  least: number,
): { width: number; height: number } {
  const side = Math.sqrt(area);
  const stretch = Math.sqrt(image.width / image.height);
  const most = Math.floor(area / least);
  return {
    width: Math.max(least, Math.min(most, Math.round(side * stretch))),
    height: Math.max(least, Math.min(most, Math.round(side / stretch))),
  };
}

export function createGrid(width: number, height: number): Grid {
  return { width, height, values: new Float64Array(width * height) };
}

/** The value at a place between cells, which is measured in cells; beyond the edge, the edge goes on. */
export function valueAt({ width, height, values }: Grid, x: number, y: number): number {
  const atX = Math.max(0, Math.min(width - 1, x));
  const atY = Math.max(0, Math.min(height - 1, y));
  const left = Math.max(0, Math.min(width - 2, Math.floor(atX)));
  const top = Math.max(0, Math.min(height - 2, Math.floor(atY)));
  const right = Math.min(width - 1, left + 1);
  const bottom = Math.min(height - 1, top + 1);
  const u = atX - left;
  const v = atY - top;
  const value = (column: number, row: number): number => values[row * width + column] ?? 0;
  return (
    (value(left, top) * (1 - u) + value(right, top) * u) * (1 - v) +
    (value(left, bottom) * (1 - u) + value(right, bottom) * u) * v
  );
}

/** The value at a share of the width and height, from 0 to 1. */
export function valueAtShare(grid: Grid, x: number, y: number): number {
  return valueAt(grid, x * grid.width - 0.5, y * grid.height - 0.5);
}

export function mean({ values }: Grid): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

export const clamp01 = (value: number): number => (value < 0 ? 0 : value > 1 ? 1 : value);
