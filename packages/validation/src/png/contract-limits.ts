import { createImageVariation } from "../generated/parameter-tables.ts";
import type { ImageLimits } from "../image-limits.ts";

/** What POST /images/variations asks of its picture. */
export const contractLimits: ImageLimits = /* @__PURE__ */ createImageVariation.find(
  ({ kind }) => kind === "image",
) as ImageLimits;
