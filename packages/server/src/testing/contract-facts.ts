import { createImageVariation } from "../generated/parameter-tables.ts";

const find = (wanted: string): unknown => createImageVariation.find(({ name }) => name === wanted);

const { minimum, maximum } = find("n") as { readonly minimum: number; readonly maximum: number };
const { allowed: sizes, default: defaultSize } = find("size") as {
  readonly allowed: readonly [string, ...string[]];
  readonly default: string;
};
const { allowed: formats } = find("response_format") as { readonly allowed: readonly string[] };
const { exclusiveMaximumBytes } = find("image") as { readonly exclusiveMaximumBytes: number };

const pixelsOf = (size: string): number => Number.parseInt(size, 10);
const [smallestSize] = sizes.toSorted((one, other) => pixelsOf(one) - pixelsOf(other)) as [string];

/** The limits that the tests are about, so that a changed contract changes what they expect. */
export const contractFacts = {
  minimum,
  maximum,
  sizes,
  smallestSize,
  smallestPixels: pixelsOf(smallestSize),
  defaultPixels: pixelsOf(defaultSize),
  formats,
  exclusiveMaximumBytes,
};

/** A list as the official server writes it: it is written in Python. */
export function pythonList(values: readonly string[]): string {
  return `[${values.map((value) => `'${value}'`).join(", ")}]`;
}
