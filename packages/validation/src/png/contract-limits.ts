import { createImageVariation } from "../generated/parameter-tables.ts";
import type { ImageLimits } from "../image-limits.ts";

let limits: ImageLimits | undefined;

/** What POST /images/variations asks of its picture. */
export function contractLimits(): ImageLimits {
  limits ??= createImageVariation.find(({ kind }) => kind === "image") as ImageLimits;
  return limits;
}
