import { createImageVariation } from "../generated/parameter-tables.ts";
import type { ParameterTable } from "./parameter-table.ts";

const rulesOf = (wanted: string): ParameterTable[number] | undefined =>
  createImageVariation.find(({ name }) => name === wanted);

/** How many images the contract lets one request ask for. */
export const maximumImages: number = rulesOf("n")?.maximum ?? Number.POSITIVE_INFINITY;

/** The sizes of the contract, smallest first: `256x256` is the first. */
const sizes = (rulesOf("size")?.allowed ?? [])
  .map((name) => ({ name: String(name), pixels: Number.parseInt(String(name), 10) }))
  .toSorted((one, other) => one.pixels - other.pixels);

/** The contract's name of the smallest size of at least so many pixels, or else of its largest. */
export function sizeAtLeast(pixels: number): string {
  return (sizes.find((size) => size.pixels >= pixels) ?? sizes.at(-1))?.name ?? `${pixels}x${pixels}`;
}
