import { createImageVariation } from "../generated/parameter-tables.ts";
import type { ImageLimits } from "../image-limits.ts";

/** What POST /images/variations asks of its picture. */
export function contractLimits(): ImageLimits {
  return createImageVariation.find(({ kind }) => kind === "image") as ImageLimits;
}
