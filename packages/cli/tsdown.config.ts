import { defineConfig } from "tsdown";

// Each verb is a chunk of its own, which is loaded when it is run.
export default defineConfig({
  entry: ["src/main.ts", "src/conformance.ts"],
  deps: { neverBundle: [/^node:/] },
  platform: "node",
  fixedExtension: false,
  target: "es2023",
  dts: { entry: "src/conformance.ts" },
});
