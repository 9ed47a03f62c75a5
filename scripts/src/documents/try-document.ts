import { execFileSync, spawnSync } from "node:child_process";
import { globSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startPrism } from "@image-variations/mock";
import { createFileSource, readOpenAPI } from "@image-variations/codegen/document";
import { findOneCall } from "./one-call.ts";

/** What a generator made of a document. */
export interface Measured {
  readonly generator: string;
  readonly seconds: number;
  readonly bytes: number;
  /** The first error of strict TypeScript, or of the generator; undefined if there is none. */
  readonly fault: string | undefined;
}

interface Generator {
  readonly name: string;
  /** The program, from the folder that has everything installed. */
  readonly program: string;
  readonly args: (document: string, out: string) => readonly string[];
}

const generators: readonly Generator[] = [
  { name: "ours", program: "codegen", args: (document, out) => [document, "--out", out, "--import-extension", ".ts"] },
  {
    name: "openapi-typescript",
    program: "../../peers/node_modules/.bin/openapi-typescript",
    args: (document, out) => [document, "-o", `${out}/schema.ts`],
  },
  {
    name: "hey-api",
    program: "../../peers/node_modules/.bin/openapi-ts",
    args: (document, out) => ["-i", document, "-o", out],
  },
];

/** Generates from a document with each generator and compiles what came. */
export function measureGenerators(folder: string, document: string, name: string): Measured[] {
  return generators.map((generator) => {
    const out = join("made", name, generator.name);
    mkdirSync(join(folder, out), { recursive: true });
    const start = performance.now();
    const { status, stderr, stdout } = spawnSync(
      join(folder, "node_modules/.bin", generator.program),
      generator.args(document, out),
      {
        cwd: folder,
        encoding: "utf8",
      },
    );
    const seconds = (performance.now() - start) / 1000;
    const files = globSync("**/*.ts", { cwd: join(folder, out) }).map((file) => join(folder, out, file));
    const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
    const fault = status === 0 ? firstError(folder, `${out}/**/*.ts`) : firstLine(stderr || stdout);
    return { generator: generator.name, seconds, bytes, fault };
  });
}

function firstError(folder: string, include: string): string | undefined {
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        noEmit: true,
        target: "es2022",
        module: "esnext",
        moduleResolution: "bundler",
        allowImportingTsExtensions: true,
        noUncheckedIndexedAccess: true,
        skipLibCheck: true,
        lib: ["es2023", "dom", "dom.iterable"],
        types: ["node"],
      },
      include: [include],
    }),
  );
  const { stdout } = spawnSync(join(folder, "node_modules/.bin/tsc"), ["-p", "."], { cwd: folder, encoding: "utf8" });
  return firstLine(stdout) || undefined;
}

function firstLine(text: string): string {
  return text.trim().split("\n", 1)[0]!.slice(0, 160);
}

/** Calls one operation by the generated client, against Prism's mock of the same document. @returns What came of it. */
export async function callOnce(folder: string, document: string, name: string): Promise<string> {
  const { document: parsed } = await readOpenAPI(document, createFileSource());
  const call = findOneCall(parsed);
  if (!call) return "no operation that can be called with made-up parameters";
  await using prism = await startPrism({ spec: document, foreign: true });
  const program = `
import { contract } from "./made/${name}/ours/contract.ts";
import { createApi } from "./made/${name}/ours/client.ts";
const [method] = Object.entries(contract.methods).find(([, operation]) => operation === ${JSON.stringify(call.operation)});
const send = method.split(".").reduce((api, step) => api[step], createApi({ baseURL: ${JSON.stringify(prism.url)}, apiKey: "user:password", maxRetries: 0 }));
const { response, data } = await send({ params: ${JSON.stringify({ path: call.path, query: call.query })} }).withResponse();
console.log(method, response.status, JSON.stringify(data)?.slice(0, 60));`;
  const file = join(folder, "call.mjs");
  writeFileSync(file, program);
  try {
    return execFileSync(process.execPath, [file], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    }).trim();
  } catch (error) {
    const { stderr } = error as { readonly stderr?: string };
    return `${call.operation} failed: ${/^\w*Error: .*/m.exec(stderr ?? "")?.[0] ?? String(error)}`;
  }
}
