import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "@image-variations/testing/copy-repository";
import { parse } from "yaml";

interface Workspace {
  readonly catalog: Readonly<Record<string, string>>;
  readonly catalogs: { readonly ts5: { readonly typescript: string } };
}

const { catalog, catalogs } = parse(readFileSync(join(repositoryRoot, "pnpm-workspace.yaml"), "utf8")) as Workspace;

/** TypeScript as users have it, the newest and the one before, and the types of Node: as npm installs them. */
export const compilers = {
  "@types/node": catalog["@types/node"],
  "typescript-7": `npm:typescript@${catalog["typescript"]}`,
  "typescript-5": `npm:typescript@${catalogs.ts5.typescript}`,
};

/** A project of a user. */
export interface Project {
  readonly folder: string;
  /** The folder whose files are copied into the project. */
  readonly programs: URL;
  /** Beside that the project is private, and its modules are ES modules. */
  readonly manifest: Readonly<Record<string, unknown>>;
}

/** Writes the project's programs, its manifest, and an image, `otter.png`. Nothing is installed. */
export function writeProject({ folder, programs, manifest }: Project): void {
  mkdirSync(folder, { recursive: true });
  cpSync(programs, folder, { recursive: true });
  copyFileSync(join(repositoryRoot, "assets/otter-32.png"), join(folder, "otter.png"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module", ...manifest }, null, 2));
}
