import { defineConfig } from "tsdown";

export default defineConfig({
  // The worker is not a door: `createVariations` starts it by its place beside the door.
  entry: ["src/index.ts", "src/worker.ts"],
  platform: "neutral",
  target: "es2023",
  dts: true,
});
