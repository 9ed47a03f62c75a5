import { relative, resolve } from "node:path";

/** A path as seen from a folder, with slashes on every system. */
export function portablePath(path: string, folder: string): string {
  return relative(folder, resolve(folder, path)).replaceAll("\\", "/") || ".";
}
