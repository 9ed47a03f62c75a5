export { nodeTransport, type NodeTransport, type NodeTransportOptions } from "./node/node-transport.ts";
export { saveVariation, type SavedVariation, type SaveVariationOptions } from "./node/save-variation.ts";
export type { SaveProgress } from "./node/save-progress.ts";
export { SaveVariationError } from "./node/save-variation-error.ts";
