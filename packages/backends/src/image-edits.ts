export { imageEdits } from "./image-edits/create-image-edits.ts";
export type { ImageEditsOptions } from "./image-edits/image-edits-options.ts";
export type { ImageEditsTarget } from "./image-edits/dialects.ts";
export type { ApiKey, ConnectionOptions } from "./http/connection-options.ts";
export type { ImageCodec } from "./codec/image-codec.ts";
