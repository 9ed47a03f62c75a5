import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runProgram } from "./run-program.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** A package as it would be published. */
export interface PackedPackage {
  readonly name: string;
  /** The tarball's path. */
  readonly tarball: string;
}

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
}

/** The packages that are published, each with its folder from the root. */
export const publishedPackages: readonly { readonly name: string; readonly place: string }[] = globSync(
  ["specs/package.json", "packages/*/package.json"],
  { cwd: root },
).flatMap((path) => {
  const { name, private: isPrivate } = JSON.parse(readFileSync(join(root, path), "utf8")) as Manifest;
  return isPrivate ? [] : [{ name, place: dirname(path) }];
});

/** Packs our published packages, as they are built now, into a folder. */
export async function packPackages(folder: string): Promise<PackedPackage[]> {
  return Promise.all(
    publishedPackages.map(async ({ place }) => {
      const pack = ["scripts/pnpm.mjs", "--dir", place, "pack", "--json", "--pack-destination", folder];
      const { name, filename } = JSON.parse(await runProgram(process.execPath, pack, { cwd: root })) as {
        name: string;
        filename: string;
      };
      return { name, tarball: filename };
    }),
  );
}
