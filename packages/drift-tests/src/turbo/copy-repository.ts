import { cpSync } from "node:fs";
import { basename } from "node:path";
import { root } from "../repository/repository.ts";

const left = new Set([".git", "node_modules", "dist", ".turbo", ".test-results", "variations"]);

/** Copies the repository's own files into a folder: no history, nothing installed, nothing built. */
export function copyRepository(folder: string): void {
  cpSync(root, folder, { recursive: true, filter: (path) => !left.has(basename(path)) });
}
