import type { FloatImage } from "../../../../engine/src/testing/float-image.ts";
import { ssim } from "../../../../engine/src/testing/ssim.ts";

/**
 * How far samples differ at the same place: the standard deviation of each value over the samples, and its mean over the
 * image. From 0, where all are the same, to 0.5.
 */
export function pixelDeviation(samples: readonly FloatImage[]): number {
  const length = samples[0]?.data.length ?? 0;
  if (length === 0) return 0;
  let total = 0;
  for (let i = 0; i < length; i++) {
    let sum = 0;
    let squares = 0;
    for (const { data } of samples) {
      sum += data[i] ?? 0;
      squares += (data[i] ?? 0) ** 2;
    }
    const mean = sum / samples.length;
    total += Math.sqrt(Math.max(0, squares / samples.length - mean * mean));
  }
  return total / length;
}

/** Mean SSIM over all pairs of samples; `undefined` for fewer than two. */
export function pairwiseSsim(samples: readonly FloatImage[]): number | undefined {
  let [sum, pairs] = [0, 0];
  for (const [i, first] of samples.entries()) {
    for (const second of samples.slice(i + 1)) {
      sum += ssim(first, second);
      pairs++;
    }
  }
  return pairs === 0 ? undefined : sum / pairs;
}
