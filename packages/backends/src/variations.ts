export { variations } from "./variations/create-variations.ts";
export type { VariationsOptions } from "./variations/variations-options.ts";
export type { VariationsTarget } from "./variations/dialects.ts";
export type { ApiKey, ConnectionOptions } from "./http/connection-options.ts";
export type { ImageCodec } from "./codec/image-codec.ts";
