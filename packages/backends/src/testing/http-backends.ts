import type { Fetch } from "@image-variations/client";
import type { Backend } from "../backend.ts";
import { comfyUI } from "../comfyui.ts";
import type { ConnectionOptions } from "../http/connection-options.ts";
import { imageEdits } from "../image-edits.ts";
import { stableDiffusionWebUI } from "../stable-diffusion-webui.ts";
import { variations } from "../variations.ts";
import { imitateComfyUI } from "@image-variations/target-imitations/imitate-comfyui";
import { imitateImageEdits } from "@image-variations/target-imitations/imitate-image-edits";
import { imitateVariations } from "@image-variations/target-imitations/imitate-variations";
import { imitateWebUI } from "@image-variations/target-imitations/imitate-web-ui";
import type { ImitationHandler, ImitationOptions } from "@image-variations/target-imitations/imitation";

/** A backend over HTTP, and an imitation of what it talks to. */
export interface HttpBackend {
  readonly name: string;
  imitate(options?: ImitationOptions): ImitationHandler;
  create(options: ConnectionOptions & { readonly baseURL?: string; readonly fetch?: Fetch }): Backend;
  /** The same with credentials: those of the imitation's `key`. */
  createWithKey(options: ConnectionOptions & { readonly fetch?: Fetch }): Backend;
  /** What the key is part of in a request. */
  readonly key: string;
  /** Whether a 400 is about what the caller sent. */
  readonly forwardsCallerInput: boolean;
  /** Whether images come as base64 in JSON, rather than as files. */
  readonly isBase64: boolean;
}

const key = "sk-very-secret-0123456789";

const imageEditsTargets = ["openai", "sd-server", "sglang", "vllm-omni"] as const;
const webUITargets = ["webui", "sd-server", "xinference", "koboldcpp"] as const;
const variationsTargets = ["contract", "image-variations", "xinference", "lemonade", "deepinfra"] as const;

/** Every backend over HTTP, with every kind of target. */
export const httpBackends: readonly HttpBackend[] = [
  ...imageEditsTargets.map((target): HttpBackend => ({
    name: `image edits of ${target}`,
    imitate: (options) => imitateImageEdits(target, options),
    create: (options) => imageEdits({ target, baseURL: "http://edits.test/v1", ...options }),
    createWithKey: (options) => imageEdits({ target, baseURL: "http://edits.test/v1", apiKey: key, ...options }),
    key,
    forwardsCallerInput: true,
    isBase64: true,
  })),
  ...webUITargets.map((target): HttpBackend => {
    const model = target === "xinference" ? { model: "sd3" } : {};
    return {
      name: `Stable Diffusion web UI of ${target}`,
      imitate: (options) => imitateWebUI(target, options),
      create: (options) => stableDiffusionWebUI({ target, batchSize: 10, ...model, ...options }),
      createWithKey: (options) =>
        stableDiffusionWebUI({ target, ...model, username: "user", password: key, ...options }),
      key: `user:${key}`,
      forwardsCallerInput: false,
      isBase64: true,
    };
  }),
  {
    name: "ComfyUI",
    imitate: (options) => imitateComfyUI(options),
    create: (options) => comfyUI({ batchSize: 10, ...options }),
    createWithKey: (options) => comfyUI({ headers: { Authorization: `Bearer ${key}` }, ...options }),
    key,
    forwardsCallerInput: false,
    isBase64: false,
  },
  ...variationsTargets.map((target): HttpBackend => ({
    name: `variations of ${target}`,
    imitate: (options) => imitateVariations(target, options),
    create: (options) => variations({ target, baseURL: "http://variations.test/v1", model: "sd3", ...options }),
    createWithKey: (options) =>
      variations({ target, baseURL: "http://variations.test/v1", model: "sd3", apiKey: key, ...options }),
    key,
    forwardsCallerInput: true,
    isBase64: true,
  })),
];
