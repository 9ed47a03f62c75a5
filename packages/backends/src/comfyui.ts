export { comfyUI } from "./comfyui/create-comfyui.ts";
export type { ComfyUIOptions } from "./comfyui/comfyui-options.ts";
export type { ComfyUINode, ComfyUIWorkflow } from "./comfyui/fill-workflow.ts";
export type { ConnectionOptions } from "./http/connection-options.ts";
export type { ImageCodec } from "./codec/image-codec.ts";
