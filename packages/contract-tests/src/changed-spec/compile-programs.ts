import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const manifest = createRequire(import.meta.url).resolve("typescript/package.json");
const compiler = join(dirname(manifest), "bin/tsc");
const base = new URL("../../../../tsconfig.base.json", import.meta.url);

/**
 * Compiles everything in a folder as one program: most of the compiler's time goes into what programs share.
 *
 * @returns The compiler's errors for each file that has any, by its path from the folder.
 */
export async function compilePrograms(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const project = {
    extends: base.pathname,
    compilerOptions: {
      lib: ["es2024", "dom", "dom.iterable", "dom.asynciterable"],
      typeRoots: [new URL("../../node_modules/@types", import.meta.url).pathname],
      isolatedDeclarations: false,
      declaration: false,
      noUnusedLocals: false,
    },
    include: ["**/*.ts"],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(project));
  const output = await new Promise<string>((done) => {
    execFile(
      process.execPath,
      [compiler, "--pretty", "false", "--project", "tsconfig.json"],
      { cwd: folder, maxBuffer: 2 ** 26 },
      (_error, stdout) => done(stdout),
    );
  });
  const errors = new Map<string, string[]>();
  for (const line of output.replaceAll(/\n +/g, " ").split("\n")) {
    const { path, message } = /^(?<path>.+?)\(\d+,\d+\): error (?<message>.+)$/.exec(line)?.groups ?? {};
    if (path && message) errors.set(path, [...(errors.get(path) ?? []), message]);
    else if (line.startsWith("error ")) throw new Error(line);
  }
  return errors;
}
