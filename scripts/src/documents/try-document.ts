import { execFileSync, spawnSync } from "node:child_process";
import { globSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startPrism } from "@image-variations/mock";
import { createFileSource, readOpenAPI } from "@image-variations/codegen/document";
import { findOneCall } from "./one-call.ts";

/** What a generator made of a document. */
export interface Measured {
  readonly generator: string;
  /** Of the processor, which other processes change less than those on the clock; on the clock where Linux does not tell. */
  readonly seconds: number;
  readonly bytes: number;
  /** The first error of strict TypeScript, or of the generator; undefined if there is none. */
  readonly fault: string | undefined;
}

interface Generator {
  readonly name: string;
  /** The program, from the folder that has everything installed. */
  readonly program: string;
  readonly args: (document: TriedDocument, out: string) => readonly string[];
}

/** A document that is tried. */
export interface TriedDocument {
  /** A word for it, which is also the name of its folder. */
  readonly name: string;
  readonly path: string;
  /** How our command is told of it. Default: its path. */
  readonly words?: readonly string[];
}

const generators: readonly Generator[] = [
  {
    name: "ours",
    program: "codegen",
    args: ({ path, words = [path] }, out) => [...words, "--out", out, "--import-extension", ".ts"],
  },
  {
    name: "openapi-typescript",
    program: "../../peers/node_modules/.bin/openapi-typescript",
    args: ({ path }, out) => [path, "-o", `${out}/schema.ts`],
  },
  {
    name: "hey-api",
    program: "../../peers/node_modules/.bin/openapi-ts",
    args: ({ path }, out) => ["-i", path, "-o", out],
  },
];

/** Generates from a document with each generator and compiles what came. */
export function measureGenerators(folder: string, document: TriedDocument): Measured[] {
  return generators.map((generator) => {
    const out = join("made", document.name, generator.name);
    mkdirSync(join(folder, out), { recursive: true });
    const start = processorSeconds();
    const { status, stderr, stdout } = spawnSync(
      join(folder, "node_modules/.bin", generator.program),
      generator.args(document, out),
      {
        cwd: folder,
        encoding: "utf8",
      },
    );
    const seconds = processorSeconds() - start;
    const files = globSync("**/*.ts", { cwd: join(folder, out) }).map((file) => join(folder, out, file));
    const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
    const fault = status === 0 ? firstError(folder, `${out}/**/*.ts`) : firstLine(stderr || stdout);
    return { generator: generator.name, seconds, bytes, fault };
  });
}

/** What the processes took that this one has waited for. */
function processorSeconds(): number {
  try {
    // The fields after the name, which is in brackets: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
    const fields = readFileSync("/proc/self/stat", "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return (Number(fields[13]) + Number(fields[14])) / 100;
  } catch {
    return performance.now() / 1000;
  }
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

/** What came of a call. */
export interface Called {
  /** The method, the status and the beginning of what was received; or what went wrong. */
  readonly said: string;
  readonly succeeded: boolean;
}

/** Calls one operation by the generated client, against Prism's mock of the same document. */
export async function callOnce(folder: string, { path, name }: TriedDocument, image: string): Promise<Called> {
  const { document: parsed } = await readOpenAPI(path, createFileSource());
  const call = findOneCall(parsed);
  if (!call) return { said: "no operation that can be called with made-up parameters", succeeded: false };
  await using prism = await startPrism({ spec: path, foreign: true, startTimeout: 600_000 });
  const program = `
import { readFileSync } from "node:fs";
import { contract } from "./made/${name}/ours/contract.ts";
import { createApi } from "./made/${name}/ours/client.ts";
const call = ${JSON.stringify(call)};
const [method] = Object.entries(contract.methods).find(([, operation]) => operation === call.operation);
const options = { baseURL: ${JSON.stringify(prism.url)}, apiKey: "user:password", maxRetries: 0 };
const send = method.split(".").reduce((api, step) => api[step], createApi(options));
const file = new Blob([readFileSync(${JSON.stringify(image)})], { type: "image/png" });
const body = { ...call.form?.fields, ...Object.fromEntries((call.form?.files ?? []).map((name) => [name, file])) };
const { path, query } = call;
const { response, data } = await send(call.form ? body : { params: { path, query } }).withResponse();
console.log(method, response.status, JSON.stringify(data)?.slice(0, 60));`;
  const callFile = join(folder, "call.mjs");
  writeFileSync(callFile, program);
  try {
    const said = execFileSync(process.execPath, [callFile], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    return { said: said.trim(), succeeded: true };
  } catch (error) {
    const { stderr } = error as { readonly stderr?: string };
    const reason = /^\w*Error: .*/m.exec(stderr ?? "")?.[0] ?? String(error);
    return { said: `${call.operation} failed: ${reason}`, succeeded: false };
  }
}
