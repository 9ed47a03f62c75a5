// node run-stryker.ts <result>: one run of Stryker in the package that is the working directory, with the sample that
// the variables name. A process of its own, because Stryker changes the files of its working directory.
import { globSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Stryker } from "@stryker-mutator/core";
import type { SampledMutant } from "./sampled-mutant.ts";
import { outsideSample } from "./sample-checker.ts";

const [, , resultFile = "", only = "src/**/*.ts"] = process.argv;

/** What the package's own configuration says, without the tests of types, and with a limit for what never ends. */
const configuration = `
import { mergeConfig } from "vitest/config";
import own from "./vitest.config.ts";
export default mergeConfig(own, { test: { typecheck: { enabled: false }, testTimeout: 20_000, hookTimeout: 20_000 } });
`;
writeFileSync("vitest.mutate.config.ts", configuration);
const mutated = globSync(only, {
  exclude: ["**/{generated,testing}/**", "**/*.{test,test-d,d}.ts"],
});

const stryker = new Stryker({
  mutate: mutated,
  testRunner: "vitest",
  plugins: [
    import.meta.resolve("@stryker-mutator/vitest-runner"),
    fileURLToPath(new URL("sample-checker.ts", import.meta.url)),
  ].map((plugin) => (plugin.startsWith("file:") ? fileURLToPath(plugin) : plugin)),
  checkers: ["sample"],
  coverageAnalysis: "perTest",
  inPlace: true,
  concurrency: 1,
  reporters: ["progress-append-only"],
  allowConsoleColors: false,
  timeoutMS: 10_000,
  // Plugins may bring their own.
  vitest: { configFile: "vitest.mutate.config.ts", related: false },
} as ConstructorParameters<typeof Stryker>[0]);

const results = await stryker.runMutationTest();
const sampled: SampledMutant[] = results
  .filter(({ statusReason }) => statusReason !== outsideSample)
  .map(({ fileName, location: { start, end }, mutatorName, replacement = "", status }) => ({
    path: fileName,
    start,
    end,
    mutatorName,
    replacement,
    status,
  }));
writeFileSync(resultFile, JSON.stringify(sampled));
