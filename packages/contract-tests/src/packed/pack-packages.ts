import { fileURLToPath } from "node:url";
import { runProgram } from "./run-program.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** A package as it would be published. */
export interface PackedPackage {
  readonly name: string;
  /** The tarball's path. */
  readonly tarball: string;
}

/** Packs our published packages, as they are built now, into a folder. */
export async function packPackages(folder: string): Promise<PackedPackage[]> {
  return Promise.all(
    ["specs", "packages/client", "packages/validation"].map(async (place) => {
      const pack = ["scripts/pnpm.mjs", "--dir", place, "pack", "--json", "--pack-destination", folder];
      const { name, filename } = JSON.parse(await runProgram(process.execPath, pack, { cwd: root })) as {
        name: string;
        filename: string;
      };
      return { name, tarball: filename };
    }),
  );
}
