import type { FloatImage } from "./float-image.ts";

const radius = 5;
const sigma = 1.5;
const window = gaussian();

/**
 * Structural similarity of two images of one channel and of the same size, from -1 to 1, where 1 means identical: the mean
 * over a Gaussian window of 11 × 11 pixels, σ 1.5 (Wang et al. 2004).
 *
 * Throws `RangeError` if the sizes differ, or if a side is shorter than the window.
 */
export function ssim(first: FloatImage, second: FloatImage): number {
  const { width, height } = first;
  if (second.width !== width || second.height !== height) {
    throw new RangeError(
      `Cannot compare ${width}×${height} with ${second.width}×${second.height}: resize one of the images.`,
    );
  }
  if (width <= 2 * radius || height <= 2 * radius) {
    throw new RangeError(`${width}×${height} is smaller than the window of SSIM, ${2 * radius + 1}×${2 * radius + 1}.`);
  }
  const a = first.data;
  const b = second.data;
  const product = (x: Float32Array, y: Float32Array): Float32Array => x.map((value, i) => value * (y[i] ?? 0));
  const [meanA, meanB, squareA, squareB, both] = [a, b, product(a, a), product(b, b), product(a, b)].map((values) =>
    blur(values, width, height),
  ) as [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array];

  const c1 = 0.01 ** 2;
  const c2 = 0.03 ** 2;
  let sum = 0;
  for (let i = 0; i < meanA.length; i++) {
    const [ma, mb] = [meanA[i] ?? 0, meanB[i] ?? 0];
    const varianceA = (squareA[i] ?? 0) - ma * ma;
    const varianceB = (squareB[i] ?? 0) - mb * mb;
    const covariance = (both[i] ?? 0) - ma * mb;
    sum += ((2 * ma * mb + c1) * (2 * covariance + c2)) / ((ma * ma + mb * mb + c1) * (varianceA + varianceB + c2));
  }
  return sum / meanA.length;
}

function gaussian(): Float32Array {
  const weights = Float32Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** Keeps only the pixels whose whole window lies inside the image. */
function blur(data: Float32Array, width: number, height: number): Float32Array {
  const innerWidth = width - 2 * radius;
  const innerHeight = height - 2 * radius;
  const rows = new Float32Array(innerWidth * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < innerWidth; x++) {
      let sum = 0;
      for (let k = 0; k < window.length; k++) sum += (window[k] ?? 0) * (data[y * width + x + k] ?? 0);
      rows[y * innerWidth + x] = sum;
    }
  }
  const blurred = new Float32Array(innerWidth * innerHeight);
  for (let y = 0; y < innerHeight; y++) {
    for (let x = 0; x < innerWidth; x++) {
      let sum = 0;
      for (let k = 0; k < window.length; k++) sum += (window[k] ?? 0) * (rows[(y + k) * innerWidth + x] ?? 0);
      blurred[y * innerWidth + x] = sum;
    }
  }
  return blurred;
}
