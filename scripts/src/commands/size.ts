// pnpm size: what one typed call, and one check, cost a browser, minified and gzipped, beside the official SDK's.
// Fails if one exceeds its budget.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Plugin } from "esbuild";
import { generateApi } from "@image-variations/codegen";
import { runCommand } from "@image-variations/command";

interface Bundle {
  readonly name: string;
  readonly code: string;
  /** The document of which the code's `./api` is generated. */
  readonly api?: object;
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
    maximumBytes: 10_700,
    goalBytes: 6_500,
  },
  {
    name: "@image-variations/client, and streaming",
    code: `import OpenAI, { streamVariation } from "@image-variations/client"; ${call}
      export const more = (image) => streamVariation(new OpenAI(), { image });`,
    maximumBytes: 13_200,
    goalBytes: 8_500,
  },
  {
    name: "@image-variations/client, createClient",
    code: `import { createClient } from "@image-variations/client";
      export const response = (image) => createClient().POST("/images/variations", { body: { image } });`,
  },
  {
    name: "a generated client, one call with JSON",
    code: 'import { createApi } from "./api"; export const pet = (body) => createApi().create(body);',
    api: documentOf("application/json", { name: { type: "string" } }),
    maximumBytes: 7_300,
    goalBytes: 6_500,
  },
  {
    name: "a generated client, one call with an upload",
    code: 'import { createApi } from "./api"; export const pet = (body) => createApi().create(body);',
    api: documentOf("multipart/form-data", { photo: { type: "string", format: "binary" } }),
    maximumBytes: 9_200,
    goalBytes: 6_500,
  },
  { name: "openai, the same call", code: `import OpenAI from "openai"; ${call}` },
  { name: `${validation}, the parameters`, code: check, maximumBytes: 2_310, goalBytes: 1_500 },
  {
    name: `${validation}, and the header`,
    code: `${check} export { inspectPngHeader } from "${validation}";`,
    maximumBytes: 4_750,
    goalBytes: 3_500,
  },
  {
    name: `${validation}, everything`,
    code: `export * from "${validation}";`,
    maximumBytes: 16_800,
    goalBytes: 10_500,
  },
  {
    name: `${validation}, and the error envelope`,
    code: `export * from "${validation}"; export * from "${validation}/error-envelope";`,
  },
];

/** A document with one operation that takes a body and responds with an object. */
function documentOf(mediaType: string, properties: object): object {
  const schema = { type: "object", properties };
  return {
    openapi: "3.1.0",
    info: { title: "Pets", version: "1.0.0" },
    servers: [{ url: "https://pets.example.com" }],
    security: [{ bearer: [] }],
    paths: {
      "/pets": {
        post: {
          operationId: "create",
          requestBody: { required: true, content: { [mediaType]: { schema } } },
          responses: { "200": { description: "Fine.", content: { "application/json": { schema } } } },
        },
      },
    },
    components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
  };
}

/** What codegen makes of a document, as the module `./api`. */
async function generatedModules(document: object, resolveDir: string): Promise<Plugin> {
  const folder = mkdtempSync(join(tmpdir(), "size-"));
  try {
    writeFileSync(join(folder, "openapi.json"), JSON.stringify(document));
    const { files } = await generateApi({ document: "openapi.json", folder });
    return {
      name: "generated-modules",
      setup({ onResolve, onLoad }) {
        onResolve({ filter: /^\.\/\w+(\.js)?$/ }, ({ path }) => {
          const name = path === "./api" ? "index.ts" : `${path.slice(2).replace(".js", "")}.ts`;
          return files.has(name) ? { path: name, namespace: "generated" } : undefined;
        });
        onLoad({ filter: /./, namespace: "generated" }, ({ path }) => ({
          contents: files.get(path)!,
          loader: "ts",
          resolveDir,
        }));
      },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await runCommand({
  help: `pnpm size

Bundles one typed call and one check for a browser, prints their sizes minified and gzipped, beside the official SDK's,
and ends with 1 if one exceeds its budget.
`,
  async run() {
    const resolveDir = fileURLToPath(new URL("..", import.meta.url));
    for (const { name, code, api, maximumBytes, goalBytes } of bundles) {
      const { outputFiles } = await build({
        stdin: { contents: code, resolveDir },
        plugins: api ? [await generatedModules(api, resolveDir)] : [],
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
