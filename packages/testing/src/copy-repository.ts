import { cpSync, existsSync, globSync, symlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root, with a slash at the end. */
export const repositoryRoot: string = fileURLToPath(new URL("../../../", import.meta.url));

/** Names that are nowhere of the repository's own. */
const passedOver: ReadonlySet<string> = new Set([".git", "node_modules", "dist", ".turbo", ".test-results"]);

/** Where `npm start` leaves its images. */
const output = join(repositoryRoot, "variations");

/** Copies the repository's own files into a folder: no history, nothing installed, nothing built. */
export function copyRepository(folder: string): void {
  const isOwn = (path: string): boolean => path !== output && !passedOver.has(basename(path));
  cpSync(repositoryRoot, folder, { recursive: true, filter: isOwn });
}

/** Copies the repository with what is installed and built, so that its suites run on the copy's own packages. */
export function copyWorkspace(folder: string): void {
  copyRepository(folder);
  // Packages link to each other by relative paths, so these stay inside; what comes from elsewhere is shared.
  symlinkSync(join(repositoryRoot, "node_modules"), join(folder, "node_modules"), "junction");
  for (const manifest of globSync("{specs,scripts,packages/*}/package.json", { cwd: repositoryRoot })) {
    for (const part of ["node_modules", "dist"]) {
      const place = join(dirname(manifest), part);
      if (!existsSync(join(repositoryRoot, place))) continue;
      cpSync(join(repositoryRoot, place), join(folder, place), { recursive: true, verbatimSymlinks: true });
    }
  }
}
