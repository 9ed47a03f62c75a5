import type { Variation } from "../variation-options.ts";

/** All variations, in the order of their indices. */
export async function collect(variations: AsyncIterable<Variation>): Promise<Variation[]> {
  const found: Variation[] = [];
  for await (const variation of variations) found.push(variation);
  return found.toSorted((a, b) => a.index - b.index);
}

/** The mean difference of two images' channels, as a share of the range. */
export function meanDifference(
  a: { readonly data: Uint8Array | Uint8ClampedArray },
  b: { readonly data: Uint8Array | Uint8ClampedArray },
): number {
  let sum = 0;
  for (const [i, value] of a.data.entries()) sum += Math.abs(value - (b.data[i] ?? 0));
  return sum / a.data.length / 255;
}
