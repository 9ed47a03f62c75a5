import { defineConfig } from "tsdown";

export default defineConfig({
  entry: ["src/index.ts", "src/node.ts", "src/queue.ts"],
  deps: { neverBundle: [/^node:/] },
  platform: "neutral",
  target: "es2023",
  dts: true,
});
