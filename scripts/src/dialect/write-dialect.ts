import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parse } from "yaml";
import { SpecError } from "@image-variations/codegen/document";
import { generate, readFolder, writeOwnedFolders } from "@image-variations/codegen/repository";

/** The packages that follow from a contract, by the folder that they get. */
const places = { spec: "specs", client: "packages/client", validation: "packages/validation" } as const;

const written: ReadonlySet<string> = new Set([
  "dist",
  "node_modules",
  "generated",
  "testing",
  ".turbo",
  ".test-results",
]);

export interface DialectOptions {
  /** The repository's root. */
  readonly root: string;
  /** The dialect's spec as YAML. */
  readonly spec: string;
  /** Where the packages are written. */
  readonly output: string;
  /** What stands in the place of `@image-variations` in their names. */
  readonly scope: string;
  /** Whether what somebody else put in the place of a package's files is replaced. Default false. */
  readonly force?: boolean;
}

/**
 * Makes the packages again from another spec: types, tables and client. Nothing is written unless all of them build.
 *
 * @returns The names of the packages.
 * @throws SpecError where the generator can't use the spec, or where the client can't be built on it; CommandError if
 *   something is in the way that was not written here.
 */
export async function writeDialect({ root, spec, output, scope, force = false }: DialectOptions): Promise<string[]> {
  const scratch = mkdtempSync(join(tmpdir(), "dialect-"));
  try {
    for (const place of Object.values(places)) copySources(root, scratch, place);
    for (const file of ["tsconfig.base.json", "tsdown.base.ts", "package.json", "LICENSE"]) {
      cpSync(join(root, file), join(scratch, file));
    }
    symlinkSync(join(root, "node_modules"), join(scratch, "node_modules"), "junction");
    writeFileSync(join(scratch, places.spec, "image-variations.yaml"), spec);
    await generate({ root: scratch });
    for (const place of Object.values(places)) build(root, join(scratch, place));
    const made = Object.entries(places).map(([name, place]) => {
      const staged = join(scratch, "written", name);
      return { name: take(root, join(scratch, place), staged, scope), folder: join(output, name), staged };
    });
    const folders = made.map(({ folder, staged }) => ({ folder, files: readFolder(staged) }));
    writeOwnedFolders(folders, { force, tool: "spec:dialect" });
    return made.map(({ name }) => name);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function copySources(root: string, scratch: string, place: string): void {
  cpSync(join(root, place), join(scratch, place), {
    recursive: true,
    filter: (path) => !written.has(basename(path)) && !/\.test(-d)?\.ts$/.test(path),
  });
  symlinkSync(join(root, place, "node_modules"), join(scratch, place, "node_modules"), "junction");
}

/** Type-checks and builds a package: hand-written code that a dialect does not fit is found here. */
function build(root: string, folder: string): void {
  const programs = [
    ["typescript/bin/tsc", "-p", "tsconfig.json"],
    ["tsdown/dist/run.mjs", "--logLevel", "error"],
  ] as const;
  for (const [program, ...args] of programs) {
    const path = join(root, "node_modules", program);
    const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...args], { cwd: folder, encoding: "utf8" });
    if (status === 0) continue;
    const first = `${stdout}\n${stderr}`.split("\n").find((line) => line.trim() !== "") ?? "no reason given";
    throw new SpecError(
      `The packages can't be built on this spec, because their hand-written code does not fit it: ${first.trim()}`,
    );
  }
}

interface Manifest {
  name: string;
  version: string;
  description?: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  scripts?: Record<string, string>;
  private?: boolean;
}

/** Takes what is published of a package, under its new name. */
function take(root: string, folder: string, output: string, scope: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  const { scripts: _, devDependencies: __, ...kept } = manifest;
  const name = manifest.name.replace("@image-variations", scope);
  const { catalog } = parse(readFileSync(join(root, "pnpm-workspace.yaml"), "utf8")) as {
    catalog: Record<string, string>;
  };
  const dependencies = Object.fromEntries(
    Object.entries(kept.dependencies ?? {}).map(([dependency, version]) => [
      dependency,
      version === "catalog:" ? catalog[dependency]! : version,
    ]),
  );
  mkdirSync(output, { recursive: true });
  for (const file of ["dist", "image-variations.yaml", "image-variations.json"]) {
    try {
      cpSync(join(folder, file), join(output, file), { recursive: true });
    } catch (error) {
      // Only the spec's package has these files beside what is built.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
  cpSync(join(root, "LICENSE"), join(output, "LICENSE"));
  writeFileSync(
    join(output, "package.json"),
    `${JSON.stringify({ ...kept, name, private: true, dependencies }, null, 2)}\n`,
  );
  return name;
}
