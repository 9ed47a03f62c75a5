/** A seed of 32 bits. */
export function randomSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}

/** The seed of the image at this place: the next requests must not make the first images again. */
export function seedAt(seed: number, index: number): number {
  return (seed + index) % 4_294_967_296;
}
