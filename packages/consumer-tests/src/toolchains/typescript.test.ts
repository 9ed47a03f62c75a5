import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runProgram } from "@image-variations/testing/run-program";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createConsumer, type Consumer } from "./create-consumer.ts";

let consumer: Consumer;
beforeAll(async () => {
  consumer = await createConsumer();
});
afterAll(() => consumer[Symbol.dispose]());

const node = { lib: ["es2022"], types: ["node"] };

interface Project {
  readonly name: string;
  readonly files: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  /** Whether a file `.ts` is an ES module. Default true. */
  readonly esm?: boolean;
  /** The compilers that have such a project; default all. */
  readonly only?: (version: number) => boolean;
}

const projects: readonly Project[] = [
  {
    name: "a bundler's, with the DOM",
    files: ["every-door.ts"],
    options: { module: "esnext", moduleResolution: "bundler", lib: ["es2022", "dom", "dom.iterable"], types: ["node"] },
  },
  {
    name: "a browser's, without Node's types",
    files: ["browser.ts"],
    options: { module: "esnext", moduleResolution: "bundler", lib: ["es2022", "dom"], types: [] },
  },
  { name: "node16", files: ["every-door.ts", "required.cts", "imported.cts"], options: { module: "node16", ...node } },
  {
    name: "nodenext, as strict as can be",
    files: ["every-door.ts"],
    options: {
      module: "nodenext",
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      verbatimModuleSyntax: true,
      isolatedModules: true,
      ...node,
    },
  },
  { name: "nodenext, of CommonJS", files: ["every-door.ts"], options: { module: "nodenext", ...node }, esm: false },
  {
    name: "commonjs, with the resolution of Node 10",
    files: ["every-door.ts", "required.cts", "imported.cts"],
    options: { module: "commonjs", moduleResolution: "node", ...node },
    esm: false,
    only: (version) => version < 6, // TypeScript 7 has it no more
  },
  {
    name: "commonjs without esModuleInterop, as TypeScript's own default was",
    files: ["imported.cts"],
    options: { module: "commonjs", moduleResolution: "node", ...node, esModuleInterop: false },
    esm: false,
    only: (version) => version < 6,
  },
];

/** The minimum that the READMEs state is the first that reads every type; before it, `skipLibCheck` is needed. */
const compilers = [
  { version: "5.2", skipLibCheck: true },
  { version: "5.4", skipLibCheck: false },
  { version: "5.6", skipLibCheck: false },
  { version: "5.9", skipLibCheck: false },
  { version: "7.0", skipLibCheck: false },
];

const table = compilers.flatMap((compiler) =>
  projects
    .filter(({ only = () => true }) => only(Number(compiler.version)))
    .map((project) => ({ ...compiler, ...project, project: project.name })),
);

describe("strict TypeScript reads the types of every door", () => {
  test.for(table)("$version, $project", async ({ version, skipLibCheck, files, options, esm = true }) => {
    writeFileSync(join(consumer.folder, "package.json"), JSON.stringify({ type: esm ? "module" : "commonjs" }));
    const compilerOptions = {
      target: "es2022",
      strict: true,
      noEmit: true,
      esModuleInterop: true,
      skipLibCheck,
      ...options,
    };
    writeFileSync(join(consumer.folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
    const name = version === "5.9" ? "typescript" : `typescript-${version}`;
    const tsc = fileURLToPath(new URL(`../../node_modules/${name}/bin/tsc`, import.meta.url));
    expect(await compile(tsc)).toBe("");
  });

  test.for(["client", "spec", "validation"])("the README of %s states the minimum", (name) => {
    const page = readFileSync(join(consumer.folder, "node_modules/@image-variations", name, "README.md"), "utf8");
    const { version } = compilers.find(({ skipLibCheck }) => !skipLibCheck)!;
    expect(page.replaceAll(/\s+/g, " ")).toContain(`TypeScript ${version} and newer`);
  });
});

/** Compiles the consumer's project. @returns The compiler's errors: empty if it compiles. */
async function compile(tsc: string): Promise<string> {
  const args = [tsc, "--project", ".", "--pretty", "false"];
  const { code, stdout, stderr } = await runProgram(process.execPath, args, { cwd: consumer.folder, expected: "any" });
  return code === 0 ? "" : stdout + stderr || `exit code ${code}`;
}
