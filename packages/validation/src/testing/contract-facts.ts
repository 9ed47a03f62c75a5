import { createImageVariation } from "../generated/parameter-tables.ts";
import type { NumericParameter, TextParameter } from "../parameter-table.ts";

const find = (wanted: string): unknown => createImageVariation.find(({ name }) => name === wanted);

const { minimum = 0, maximum = 0 } = find("n") as NumericParameter;
const { allowed: sizes = [] } = find("size") as TextParameter;
const { allowed: formats = [] } = find("response_format") as TextParameter;

/** A size whose width alone identifies it. */
const size = sizes[1] ?? sizes[0] ?? "";
/** A parameter that accepts any text. */
const text = createImageVariation.find(
  ({ name, kind, ...rules }) => name !== "model" && kind === "string" && !("allowed" in rules) && !("known" in rules),
)?.name;

/** The contract's limits, so that a changed limit changes the messages that tests expect. */
export const contractFacts = { minimum, maximum, sizes, size, width: size.split("x")[0]!, formats, text };

/** A list as the official server writes it, in Python. */
export function pythonList(values: readonly string[]): string {
  return `[${values.map((value) => `'${value}'`).join(", ")}]`;
}
