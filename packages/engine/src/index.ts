export type { PixelImage, Variation, VariationOptions, VariationProgress } from "./variation-options.ts";
