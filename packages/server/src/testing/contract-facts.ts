import { createImageVariation } from "../generated/parameter-tables.ts";

const find = (wanted: string): unknown => createImageVariation.find(({ name }) => name === wanted);

const { minimum, maximum } = find("n") as { readonly minimum: number; readonly maximum: number };
const { allowed: sizes } = find("size") as { readonly allowed: readonly string[] };
const { allowed: formats } = find("response_format") as { readonly allowed: readonly string[] };
const { exclusiveMaximumBytes } = find("image") as { readonly exclusiveMaximumBytes: number };

/** The limits that the tests are about, so that a changed contract changes what they expect. */
export const contractFacts = { minimum, maximum, sizes, formats, exclusiveMaximumBytes };

/** A list as the official server writes it: it is written in Python. */
export function pythonList(values: readonly string[]): string {
  return `[${values.map((value) => `'${value}'`).join(", ")}]`;
}
