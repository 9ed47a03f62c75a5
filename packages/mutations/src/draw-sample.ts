import { randomOf } from "@image-variations/png-corpus/mutate-png";

/** Draws some of a list at random. The same seed draws the same ones. */
export function drawSample<Item>(items: readonly Item[], count: number, seed: number): Item[] {
  const random = randomOf(seed);
  const left = [...items];
  const drawn: Item[] = [];
  while (drawn.length < count && left.length > 0) drawn.push(...left.splice(random(left.length), 1));
  return drawn;
}
