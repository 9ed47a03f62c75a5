import type { ComfyUIWorkflow } from "./fill-workflow.ts";

export interface ImageToImageSettings {
  readonly checkpoint: string;
  readonly negativePrompt: string;
  readonly steps: number;
  readonly cfgScale: number;
  readonly sampler: string;
  readonly scheduler: string;
}

/** The built-in workflow: the image is encoded, made noisy as far as `denoise` says, and drawn again n times. */
export function imageToImageWorkflow(settings: ImageToImageSettings): ComfyUIWorkflow {
  return {
    "1": { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: settings.checkpoint } },
    "2": { class_type: "LoadImage", inputs: { image: "%image%" } },
    "3": { class_type: "CLIPTextEncode", inputs: { text: "%prompt%", clip: ["1", 1] } },
    "4": { class_type: "CLIPTextEncode", inputs: { text: settings.negativePrompt, clip: ["1", 1] } },
    "5": { class_type: "VAEEncode", inputs: { pixels: ["2", 0], vae: ["1", 2] } },
    "6": { class_type: "RepeatLatentBatch", inputs: { samples: ["5", 0], amount: "%n%" } },
    "7": {
      class_type: "KSampler",
      inputs: {
        model: ["1", 0],
        positive: ["3", 0],
        negative: ["4", 0],
        latent_image: ["6", 0],
        seed: "%seed%",
        denoise: "%denoise%",
        steps: settings.steps,
        cfg: settings.cfgScale,
        sampler_name: settings.sampler,
        scheduler: settings.scheduler,
      },
    },
    "8": { class_type: "VAEDecode", inputs: { samples: ["7", 0], vae: ["1", 2] } },
    "9": { class_type: "SaveImage", inputs: { images: ["8", 0], filename_prefix: "image-variations" } },
  };
}
