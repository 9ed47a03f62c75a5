// pnpm size: what one typed call costs a browser, minified and gzipped, beside the official SDK's, and what a check does.
// Fails where one has grown beyond what it may have.
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

interface Bundle {
  readonly name: string;
  readonly code: string;
  /** What the bundle may have, gzipped; none for a package that isn't ours. */
  readonly maximumBytes?: number;
}

const validation = "@image-variations/validation";
const check = `import { checkParameters, imageVariationTable } from "${validation}";
  export const check = (parameters) => checkParameters(imageVariationTable, parameters);`;
const call = "export const answer = (image) => new OpenAI().images.createVariation({ image });";
const bundles: readonly Bundle[] = [
  {
    name: "@image-variations/client, one call",
    code: `import OpenAI from "@image-variations/client"; ${call}`,
    maximumBytes: 6_500,
  },
  {
    name: "@image-variations/client, and streaming",
    code: `import OpenAI, { streamVariation } from "@image-variations/client"; ${call}
      export const more = (image) => streamVariation(new OpenAI(), { image });`,
    maximumBytes: 8_500,
  },
  {
    name: "@image-variations/client, createClient",
    code: `import { createClient } from "@image-variations/client";
      export const answer = (image) => createClient().POST("/images/variations", { body: { image } });`,
  },
  { name: "openai, the same call", code: `import OpenAI from "openai"; ${call}` },
  { name: `${validation}, the parameters`, code: check, maximumBytes: 1_500 },
  {
    name: `${validation}, and the header`,
    code: `${check} export { inspectPngHeader } from "${validation}";`,
    maximumBytes: 3_000,
  },
  { name: `${validation}, everything`, code: `export * from "${validation}";`, maximumBytes: 9_000 },
  {
    name: `${validation}, and the server's words`,
    code: `export * from "${validation}"; export * from "${validation}/error-envelope";`,
  },
];

for (const { name, code, maximumBytes } of bundles) {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: fileURLToPath(new URL(".", import.meta.url)) },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    external: ["node:*"],
    logLevel: "error",
    write: false,
  });
  const bytes = gzipSync(outputFiles[0]!.contents, { level: 9 }).length;
  const shown = (count: number): string => count.toLocaleString("en");
  const limit = maximumBytes === undefined ? "" : `  (at most ${shown(maximumBytes)})`;
  console.log(`${name.padEnd(50)}${shown(bytes).padStart(7)} B${limit}`);
  if (maximumBytes !== undefined && bytes > maximumBytes) {
    console.error(`${name} has grown to ${shown(bytes)} bytes.`);
    process.exitCode = 1;
  }
}
