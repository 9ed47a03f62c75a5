export { createVariations } from "./create-variations.ts";
export { EngineError, InvalidOptionError, WorkerError, type WorkerErrorCode } from "./engine-error.ts";
export type { PixelImage, Variation, VariationOptions, VariationProgress } from "./variation-options.ts";
