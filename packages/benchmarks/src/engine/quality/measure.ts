import type { PixelImage } from "@image-variations/engine";
import { displacedShare } from "../metrics/displaced-share.ts";
import { pairwiseSsim, pixelDeviation } from "../metrics/diversity.ts";
import { toLuma, toRgb } from "../../../../engine/src/testing/float-image.ts";
import { patchDistribution, slicedWasserstein } from "../metrics/sliced-wasserstein.ts";
import { ssim } from "../../../../engine/src/testing/ssim.ts";

/** An SSIM to the input over this is near-identity. */
export const nearIdentical = 0.9;

/** What a method made of one image at one strength. */
export interface Figures {
  /** Standard deviation of each pixel over the variations, 0 to 0.5. */
  readonly diversity: number;
  readonly pairwiseSsim: number;
  /** Mean sliced Wasserstein distance of the variations to the input. */
  readonly swd: number;
  readonly ssimToInput: number;
  /** 1 if any variation has an SSIM to the input over 0.9, else 0: the sum over images counts them. */
  readonly nearIdentical: number;
  /** Mean share of displaced pixels, 0 to 1. */
  readonly displaced: number;
  /** Mean time of one variation in milliseconds. */
  readonly milliseconds: number;
}

/** Compares the variations of one image with it and with each other. The input and the variations have the same size. */
export function measure(input: PixelImage, variations: readonly PixelImage[], milliseconds: number): Figures {
  const original = toRgb(input);
  const originalLuma = toLuma(original);
  const patches = patchDistribution(original);
  const colours = variations.map(toRgb);
  const lumas = colours.map(toLuma);
  const similarities = lumas.map((luma) => ssim(originalLuma, luma));
  return {
    diversity: pixelDeviation(colours),
    pairwiseSsim: pairwiseSsim(lumas) ?? 1,
    swd: mean(colours.map((colour) => slicedWasserstein(patches, patchDistribution(colour)))),
    ssimToInput: mean(similarities),
    nearIdentical: similarities.some((similarity) => similarity > nearIdentical) ? 1 : 0,
    displaced: mean(lumas.map((luma) => displacedShare(originalLuma, luma))),
    milliseconds,
  };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
