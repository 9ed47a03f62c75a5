import type { StandardSchemaV1 } from "@standard-schema/spec";
import { createSchema } from "./create-schema.ts";
import type { ImageCreateVariationParams } from "./generated/schema.ts";
import { validateImageVariation } from "./validate-image-variation.ts";

/** The parameters of POST /images/variations as a Standard Schema. */
export const imageVariationParams: StandardSchemaV1<ImageCreateVariationParams> =
  /* @__PURE__ */ createSchema(validateImageVariation);
