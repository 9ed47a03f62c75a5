import { defineConfig } from "tsdown";

export default defineConfig({
  entry: [
    "src/index.ts",
    "src/engine.ts",
    "src/image-edits.ts",
    "src/stable-diffusion-webui.ts",
    "src/comfyui.ts",
    "src/variations.ts",
  ],
  platform: "neutral",
  target: "es2023",
  dts: true,
});
