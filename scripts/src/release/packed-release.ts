import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A release as files: a folder with a tarball for each package, and this list of them. */
export interface PackedRelease {
  /** In the order in which they are published: what others depend on comes first. */
  readonly packages: readonly { readonly name: string; readonly version: string; readonly tarball: string }[];
}

/** The list's name in the folder. */
export const listName = "release.json";

/** Reads the list of a release's folder. Knows nothing but Node, because the job that publishes installs nothing. */
export function readPackedRelease(folder: string): PackedRelease {
  return JSON.parse(readFileSync(join(folder, listName), "utf8")) as PackedRelease;
}
