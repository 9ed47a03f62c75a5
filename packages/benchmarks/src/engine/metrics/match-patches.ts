import type { FloatImage } from "../../../../engine/src/testing/float-image.ts";

/** Every patch of an image of one channel, moved to mean 0 and scaled to length 1, so that a dot product is a correlation. */
export interface NormalisedPatches {
  /** How many patches fit in a row, and in a column. */
  readonly columns: number;
  readonly rows: number;
  readonly length: number;
  readonly data: Float32Array;
  /** Standard deviation of each patch before it was scaled. */
  readonly deviation: Float32Array;
}

export function normalisePatches({ width, height, data }: FloatImage, side: number): NormalisedPatches {
  const [columns, rows] = [width - side + 1, height - side + 1];
  const length = side * side;
  const patches = new Float32Array(columns * rows * length);
  const deviation = new Float32Array(columns * rows);
  for (let y = 0, patch = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++, patch++) {
      let [sum, squares] = [0, 0];
      for (let j = 0; j < side; j++) {
        for (let i = 0; i < side; i++) {
          const value = data[(y + j) * width + x + i] ?? 0;
          patches[patch * length + j * side + i] = value;
          sum += value;
          squares += value * value;
        }
      }
      const mean = sum / length;
      const spread = Math.sqrt(Math.max(0, squares / length - mean * mean));
      deviation[patch] = spread;
      const scale = spread > 1e-4 ? 1 / (spread * side) : 0;
      for (let k = 0; k < length; k++)
        patches[patch * length + k] = ((patches[patch * length + k] ?? 0) - mean) * scale;
    }
  }
  return { columns, rows, length, data: patches, deviation };
}

export function correlation(a: NormalisedPatches, i: number, b: NormalisedPatches, j: number): number {
  const x = a.data;
  const y = b.data;
  const p = i * a.length;
  const q = j * a.length;
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (x[p + k] ?? 0) * (y[q + k] ?? 0);
  return sum;
}
