import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { startPrism, type Prism } from "@image-variations/mock";
import { repositoryRoot } from "@image-variations/testing/copy-repository";
import { consumerEnvironment, runProgram } from "@image-variations/testing/run-program";
import { document } from "@image-variations/spec";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tryProducts } from "../consumer/try-products.ts";
import { packPackages, publishedPackages, type PackedPackage } from "../consumer/pack-packages.ts";
import { installConsumer } from "./install-consumer.ts";
import { pageExample } from "./page-example.ts";

/** What the mock responds with: the spec's first example of a 200. */
const { created } = Object.values(
  document.paths["/images/variations"].post.responses[200].content["application/json"].examples,
)[0]!.value;

const pageProgram = `import fs from "node:fs";\n${pageExample.replace("'openai'", "'@image-variations/client'")}`;

/** What each program prints, as JSON. */
const printedBy: Readonly<Record<string, unknown>> = {
  "page.ts": created,
  "required-program.cts": created,
  "typed-program.ts": {
    created: [created, created, created],
    images: 1,
    tokens: null,
    request: [200, true],
    rejected: { status: 422, code: null, param: "image", type: "invalid_request_error" },
    unexpected: null,
    sent: ["image"],
    envelope: { error: expect.objectContaining({ type: "invalid_request_error" }) },
  },
};

let folder: string;
let consumer: string;
let packages: PackedPackage[];
let mock: Prism;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "packed-packages-"));
  consumer = join(folder, "consumer");
  [packages, mock] = await Promise.all([packPackages(folder), startPrism()]);
  await installConsumer(consumer, packages);
  write("page.ts", pageProgram);
});
afterAll(async () => {
  await mock?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function run(...parameters: string[]): Promise<string> {
  const env = consumerEnvironment({ OPENAI_BASE_URL: mock.url, OPENAI_API_KEY: "key-of-the-consumer" });
  const { stdout } = await runProgram(process.execPath, parameters, { cwd: consumer, env });
  return stdout;
}

function write(name: string, text: string): string {
  writeFileSync(join(consumer, name), text);
  return name;
}

/** What stays an ES module alone: it runs on a server, where one can be required. */
const esModules = new Set([
  "@image-variations/backends",
  "@image-variations/codegen",
  "@image-variations/engine",
  "@image-variations/server",
  "@image-variations/spec-diff",
  "image-variations",
]);

describe.for(publishedPackages)("the tarball of $name", ({ name }) => {
  function tarball(): string {
    return packages.find((candidate) => candidate.name === name)!.tarball;
  }

  test("is found well made by publint", async () => {
    const { buffer } = new Uint8Array(readFileSync(tarball()));
    const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  test("is found to have types by attw wherever it can be imported", async () => {
    const manifest = createRequire(import.meta.url).resolve("@arethetypeswrong/cli/package.json");
    const attw = join(dirname(manifest), "dist/index.js");
    // The documents are there to be read as files; a compiler imports the door instead.
    const profile = esModules.has(name) ? "esm-only" : "strict";
    const options = ["--profile", profile, "--exclude-entrypoints", "image-variations.yaml", "image-variations.json"];
    expect(await run(attw, tarball(), ...options)).toContain(name);
  });
});

describe("in a project of plain npm, the page's call is made", () => {
  test("as printed on the page, but for the name of the package", async () => {
    expect(await run(write("page.js", pageProgram))).toBe(`${created}\n`);
  });

  test("by a CommonJS module that requires the package", async () => {
    const program = `
      const fs = require("node:fs");
      const OpenAI = require("@image-variations/client");
      new OpenAI().images
        .createVariation({ image: fs.createReadStream("otter.png") })
        .then((imagesResponse) => console.log(imagesResponse.created));
    `;
    expect(await run(write("page.cjs", program))).toBe(`${created}\n`);
  });
});

test("the commands for other people's documents generate a client that works, and compare documents", async () => {
  const products = join(consumer, "products");
  const said = await tryProducts({
    folder: products,
    env: consumerEnvironment(),
    async run(name, args, exitCode) {
      const bin = join(consumer, `node_modules/@image-variations/${name}/dist/bin.js`);
      const options = { cwd: products, env: consumerEnvironment(), expected: [exitCode] };
      return (await runProgram(process.execPath, [bin, ...args], options)).stdout;
    },
  });
  expect(said).toContain("a client was generated");
});

describe("the first program of the README", () => {
  const readme = readFileSync(join(repositoryRoot, "README.md"), "utf8");
  const [, program = ""] = /```ts\n(import fs[^]*?createHandler\([^]*?)```/.exec(readme) ?? [];

  test("makes the images that it says, offline, with the packages as they are packed", async () => {
    await run(write("readme.mjs", program));
    const { width, height } = await sharp(join(consumer, "variation-2.png")).metadata();
    expect([width, height]).toEqual([1024, 1024]);
  });

  test.for(["typescript-7", "typescript-5"])("compiles strictly with %s", async (compiler) => {
    const compilerOptions = {
      lib: ["es2023"],
      types: ["node"],
      module: "nodenext",
      target: "es2023",
      strict: true,
      skipLibCheck: false,
      noEmit: true,
    };
    write("readme.ts", program);
    const project = write("readme.json", JSON.stringify({ compilerOptions, files: ["readme.ts"] }));
    expect(await run(`node_modules/${compiler}/bin/tsc`, "--project", project)).toBe("");
  });
});

describe.for(["typescript-7", "typescript-5"])("strict TypeScript, %s", (compiler) => {
  const node = { lib: ["es2023"], types: ["node"] };
  const projects = [
    {
      resolution: "nodenext",
      files: ["page.ts", "typed-program.ts", "required-program.cts"],
      compilerOptions: { ...node, module: "nodenext", moduleResolution: "nodenext" },
    },
    {
      resolution: "bundler",
      files: ["page.ts", "typed-program.ts"],
      compilerOptions: { ...node, module: "preserve", moduleResolution: "bundler" },
    },
    {
      resolution: "bundler, for a browser",
      files: ["browser-program.ts"],
      compilerOptions: {
        lib: ["es2023", "dom", "dom.iterable"],
        types: [],
        module: "preserve",
        moduleResolution: "bundler",
      },
    },
  ];

  /** @returns Where the compiled programs lie. */
  async function compile({ resolution, files, compilerOptions }: (typeof projects)[number]): Promise<string> {
    const outDir = `out-${compiler}-${resolution.replaceAll(/\W+/g, "-")}`;
    const options = { ...compilerOptions, outDir, target: "es2023", strict: true, skipLibCheck: false };
    const project = write(`${outDir}.json`, JSON.stringify({ compilerOptions: options, files }));
    expect(await run(`node_modules/${compiler}/bin/tsc`, "--project", project)).toBe("");
    return outDir;
  }

  test.for(projects)("takes our types, with the module resolution $resolution", async (project) => {
    const outDir = await compile(project);
    for (const program of project.files.filter((file) => !file.startsWith("browser"))) {
      const printed: unknown = JSON.parse(await run(`${outDir}/${program.replace(/ts$/, "js")}`));
      expect(printed).toEqual(printedBy[program]);
    }
  });
});
