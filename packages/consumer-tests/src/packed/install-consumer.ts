import { consumerEnvironment, runProgram } from "@image-variations/testing/run-program";
import type { PackedPackage } from "../consumer/pack-packages.ts";
import { compilers, writeProject } from "../consumer/write-project.ts";

const programs = new URL("./programs/", import.meta.url);

/** Makes a project in a folder as a user would: the packages from their tarballs and both TypeScripts by npm. */
export async function installConsumer(folder: string, packages: readonly PackedPackage[]): Promise<void> {
  const manifest = {
    dependencies: Object.fromEntries(packages.map(({ name, tarball }) => [name, `file:${tarball}`])),
    // What our packages need of each other is not on npm yet.
    overrides: Object.fromEntries(packages.map(({ name }) => [name, `$${name}`])),
    devDependencies: compilers,
  };
  writeProject({ folder, programs, manifest });
  const install = ["install", "--no-audit", "--no-fund", "--prefer-offline"];
  await runProgram("npm", install, { cwd: folder, env: consumerEnvironment() });
}
