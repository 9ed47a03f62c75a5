import { cpSync, existsSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { listFiles, root } from "../repository/repository.ts";
import { copyRepository } from "../turbo/copy-repository.ts";

/** Copies the repository with what is installed and built, so that its suites run on the copy's own packages. */
export function copyWorkspace(folder: string): void {
  copyRepository(folder);
  // Packages link to each other by relative paths, so these stay inside; what comes from elsewhere is shared.
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  for (const manifest of listFiles("{specs,scripts,packages/*}/package.json")) {
    const place = manifest.replace("/package.json", "");
    for (const part of readdirSync(join(root, place)).filter((name) => ["node_modules", "dist"].includes(name))) {
      cpSync(join(root, place, part), join(folder, place, part), { recursive: true, verbatimSymlinks: true });
    }
    if (!existsSync(join(folder, place))) throw new Error(`${place} was not copied.`);
  }
}
