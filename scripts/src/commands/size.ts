// pnpm size: what one typed call, and one check, cost a browser, minified and gzipped, beside the official SDK's.
// Fails if one exceeds its budget.
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { runCommand } from "@image-variations/command";

interface Bundle {
  readonly name: string;
  readonly code: string;
  /** The budget, gzipped; absent for other people's packages. */
  readonly maximumBytes?: number;
  /** What the budget should be, where it is more for now: printed, and may be missed. */
  readonly goalBytes?: number;
}

const validation = "@image-variations/validation";
const check = `import { checkParameters, imageVariationTable } from "${validation}";
  export const check = (parameters) => checkParameters(imageVariationTable, parameters);`;
const call = "export const response = (image) => new OpenAI().images.createVariation({ image });";
const bundles: readonly Bundle[] = [
  {
    name: "@image-variations/client, one call",
    code: `import OpenAI from "@image-variations/client"; ${call}`,
    maximumBytes: 9_900,
    goalBytes: 6_500,
  },
  {
    name: "@image-variations/client, and streaming",
    code: `import OpenAI, { streamVariation } from "@image-variations/client"; ${call}
      export const more = (image) => streamVariation(new OpenAI(), { image });`,
    maximumBytes: 12_200,
    goalBytes: 8_500,
  },
  {
    name: "@image-variations/client, createClient",
    code: `import { createClient } from "@image-variations/client";
      export const response = (image) => createClient().POST("/images/variations", { body: { image } });`,
  },
  { name: "openai, the same call", code: `import OpenAI from "openai"; ${call}` },
  { name: `${validation}, the parameters`, code: check, maximumBytes: 2_300, goalBytes: 1_500 },
  {
    name: `${validation}, and the header`,
    code: `${check} export { inspectPngHeader } from "${validation}";`,
    maximumBytes: 4_750,
    goalBytes: 3_500,
  },
  {
    name: `${validation}, everything`,
    code: `export * from "${validation}";`,
    maximumBytes: 16_750,
    goalBytes: 10_500,
  },
  {
    name: `${validation}, and the error envelope`,
    code: `export * from "${validation}"; export * from "${validation}/error-envelope";`,
  },
];

await runCommand({
  help: `pnpm size

Bundles one typed call and one check for a browser, prints their sizes minified and gzipped, beside the official SDK's,
and ends with 1 if one exceeds its budget.
`,
  async run() {
    for (const { name, code, maximumBytes, goalBytes } of bundles) {
      const { outputFiles } = await build({
        stdin: { contents: code, resolveDir: fileURLToPath(new URL("..", import.meta.url)) },
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
      const goal = goalBytes === undefined ? "" : `  (goal ${shown(goalBytes)}${bytes > goalBytes ? ": MISSED" : ""})`;
      console.log(`${name.padEnd(50)}${shown(bytes).padStart(7)} B${limit}${goal}`);
      if (maximumBytes !== undefined && bytes > maximumBytes) {
        console.error(`${name} has ${shown(bytes)} bytes, and at most ${shown(maximumBytes)} are allowed.`);
        process.exitCode = 1;
      }
    }
  },
});
