import { fileURLToPath } from "node:url";
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
      // So long that only what hangs is ended: no clock decides a test, however busy the machine is.
      testTimeout: 300_000,
      hookTimeout: 300_000,
      reporters: ["default", "json"],
      setupFiles: process.env["FAST_CHECK_SEED"] ? [fileURLToPath(new URL("vitest.setup.ts", import.meta.url))] : [],
      outputFile: { json: `.test-results/${task}.json` },
      ...test,
    },
  });
}
