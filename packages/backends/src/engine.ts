export { engine } from "./engine/create-engine.ts";
export type { EngineOptions } from "./engine/engine-options.ts";
export type { ImageCodec } from "./codec/image-codec.ts";
