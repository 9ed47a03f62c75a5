import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { samplePicture } from "../wire/sample-picture.ts";
import type { PackedPackage } from "./pack-packages.ts";
import { runProgram } from "./run-program.ts";

interface Workspace {
  readonly catalog: Readonly<Record<string, string>>;
  readonly catalogs: { readonly ts5: { readonly typescript: string } };
}

const workspaceFile = new URL("../../../../pnpm-workspace.yaml", import.meta.url);

/**
 * Makes a project in a folder as a user would: the packages from their tarballs and both TypeScripts by npm, and a
 * picture beside them.
 */
export async function installConsumer(folder: string, packages: readonly PackedPackage[]): Promise<void> {
  const { catalog, catalogs } = parse(readFileSync(workspaceFile, "utf8")) as Workspace;
  mkdirSync(folder);
  const manifest = {
    private: true,
    type: "module",
    dependencies: Object.fromEntries(packages.map(({ name, tarball }) => [name, `file:${tarball}`])),
    // What our packages need of each other is not on npm yet.
    overrides: Object.fromEntries(packages.map(({ name }) => [name, `$${name}`])),
    devDependencies: {
      "@types/node": catalog["@types/node"],
      "typescript-7": `npm:typescript@${catalog.typescript}`,
      "typescript-5": `npm:typescript@${catalogs.ts5.typescript}`,
    },
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest, null, 2));
  writeFileSync(join(folder, "otter.png"), samplePicture);
  await runProgram("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline"], { cwd: folder });
}
