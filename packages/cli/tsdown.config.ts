import { defineConfig } from "tsdown";

// Each verb is a chunk of its own, which is loaded when it is run.
export default defineConfig({
  entry: ["src/main.ts", "src/conformance.ts"],
  deps: { neverBundle: [/^node:/], alwaysBundle: ["@stricli/core"] },
  platform: "node",
  fixedExtension: false,
  target: "es2023",
  // What every start needs is one file: each takes Node a millisecond to find.
  // Without comments and white space, which are read as well; names stay, for stack traces.
  minify: { compress: false, mangle: false },
  outputOptions: {
    codeSplitting: {
      groups: [
        {
          name: "command-line",
          test: /src\/(command-line|generated|application|run-cli)|@stricli|-(flags|command)\.ts$|src\/backend\/backends\.ts$/,
        },
      ],
    },
  },
  dts: { entry: "src/conformance.ts" },
});
