import type { Backend } from "@image-variations/backends";
import { comfyUI } from "@image-variations/backends/comfyui";
import { engine } from "@image-variations/backends/engine";
import { imageEdits } from "@image-variations/backends/image-edits";
import { stableDiffusionWebUI } from "@image-variations/backends/stable-diffusion-webui";
import { variations } from "@image-variations/backends/variations";
import { imitateComfyUI } from "@image-variations/target-imitations/imitate-comfyui";
import { imitateImageEdits } from "@image-variations/target-imitations/imitate-image-edits";
import { imitateVariations } from "@image-variations/target-imitations/imitate-variations";
import { imitateWebUI } from "@image-variations/target-imitations/imitate-web-ui";
import { imitate, type ImitationHandler } from "@image-variations/target-imitations/imitation";

const fetchOf = (handler: ImitationHandler) => ({ fetch: imitate(handler).fetch });

/** Every backend, each with an imitation of the server that it calls. */
export const backendsAndImitations: readonly { readonly name: string; readonly backend: Backend }[] = [
  { name: "the engine", backend: engine() },
  ...(["openai", "sd-server", "sglang", "vllm-omni"] as const).map((target) => ({
    name: `image edits of ${target}`,
    backend: imageEdits({ target, apiKey: "any", ...fetchOf(imitateImageEdits(target)) }),
  })),
  ...(["webui", "sd-server", "xinference", "koboldcpp"] as const).map((target) => ({
    name: `a Stable Diffusion web UI of ${target}`,
    backend: stableDiffusionWebUI({ target, model: "any", ...fetchOf(imitateWebUI(target)) }),
  })),
  { name: "ComfyUI", backend: comfyUI(fetchOf(imitateComfyUI())) },
  ...(["contract", "image-variations", "xinference", "lemonade", "deepinfra"] as const).map((target) => ({
    name: `variations of ${target}`,
    backend: variations({
      target,
      model: "any",
      baseURL: "http://target.test/v1",
      ...fetchOf(imitateVariations(target)),
    }),
  })),
];
