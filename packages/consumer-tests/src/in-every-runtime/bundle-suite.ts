import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/**
 * Bundles a suite so that every runtime can load it.
 *
 * @param suite Its module.
 */
export async function bundleSuite(suite: URL): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(suite)],
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2023",
    mainFields: ["module", "main"],
    write: false,
  });
  return outputFiles[0]!.text;
}
