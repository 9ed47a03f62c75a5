import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { repositoryRoot as root } from "@image-variations/testing/copy-repository";
import { runProgram } from "@image-variations/testing/run-program";

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

/**
 * Packs published packages, as they are built now, into a folder.
 *
 * @param places Their folders from the root. Default: all.
 */
export async function packPackages(
  folder: string,
  places: readonly string[] = publishedPackages.map(({ place }) => place),
): Promise<PackedPackage[]> {
  return Promise.all(
    places.map(async (place) => {
      const pack = ["scripts/pnpm.mjs", "--dir", place, "pack", "--json", "--pack-destination", folder];
      const { stdout } = await runProgram(process.execPath, pack, { cwd: root });
      const { name, filename } = JSON.parse(stdout) as { name: string; filename: string };
      return { name, tarball: filename };
    }),
  );
}
