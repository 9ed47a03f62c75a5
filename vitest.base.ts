import { defineConfig, type ViteUserConfig } from "vitest/config";

/**
 * What every suite of the repository has in common.
 *
 * @param task The turbo task that runs it; its results are counted from `.test-results/<task>.json`.
 */
export function suite(task: string, test: ViteUserConfig["test"] = {}): ViteUserConfig {
  return defineConfig({
    test: {
      include: ["src/**/*.test.ts"],
      reporters: ["default", "json"],
      outputFile: { json: `.test-results/${task}.json` },
      ...test,
    },
  });
}
