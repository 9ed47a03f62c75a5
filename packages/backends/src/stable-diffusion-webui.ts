export { stableDiffusionWebUI } from "./stable-diffusion-webui/create-stable-diffusion-webui.ts";
export type {
  StableDiffusionWebUIOptions,
  StableDiffusionWebUITarget,
} from "./stable-diffusion-webui/web-ui-options.ts";
export type { ConnectionOptions } from "./http/connection-options.ts";
export type { ImageCodec } from "./codec/image-codec.ts";
