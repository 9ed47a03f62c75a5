import { defineConfig } from "tsdown";

export default defineConfig({
  entry: ["src/index.ts", "src/node.ts", "src/schema.ts", "src/transport.ts"],
  platform: "neutral",
  target: "es2023",
  dts: true,
});
