import { createImageVariation } from "../generated/parameter-tables.ts";

interface Limits {
  readonly maximum?: number;
  readonly allowed?: readonly (string | number)[];
}

const limitsOf = (wanted: string): Limits =>
  (createImageVariation.find(({ name }) => name === wanted) as Limits | undefined) ?? {};

/** How many images the contract lets one request ask for. */
export const maximumImages: number = limitsOf("n").maximum ?? Number.POSITIVE_INFINITY;

/** The sizes of the contract, smallest first: `256x256` is the first. */
const sizes = (limitsOf("size").allowed ?? [])
  .map((name) => ({ name, pixels: Number.parseInt(String(name), 10) }))
  .toSorted((one, other) => one.pixels - other.pixels);

/** The contract's name of the smallest size of at least so many pixels, or else of its largest. */
export function sizeAtLeast(pixels: number): string {
  return String((sizes.find((size) => size.pixels >= pixels) ?? sizes.at(-1))?.name ?? `${pixels}x${pixels}`);
}
