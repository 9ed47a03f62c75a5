import {
  closeSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { CliContext } from "../command-line/cli-context.ts";

/**
 * A folder in which files become whole before they get their names, on the same disk as those. When it is disposed, or the
 * process ends however it ends, nothing is left of it; nor of the folder around it, if that is new and empty.
 */
export interface ScratchFolder extends Disposable {
  readonly path: string;
  /**
   * Gives a file that is whole its name, at once or not at all.
   *
   * @param names The names to try, in order: the first that is free is taken. With `force` the first is, free or not.
   * @returns The path, or undefined if none was free.
   */
  place(file: string, names: Iterable<string>, options: { readonly force: boolean }): string | undefined;
}

/** Makes one in a folder, which is made if it is not there. */
export function createScratchFolder(folder: string, context: Pick<CliContext, "cleanUpOnExit">): ScratchFolder {
  const created = makeFolder(folder);
  let path: string;
  try {
    path = mkdtempSync(join(folder, ".image-variations-"));
  } catch (error) {
    removeEmpty(folder, created);
    throw error;
  }
  const remove = (): void => {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    removeEmpty(folder, created);
  };
  const onExit = context.cleanUpOnExit(remove);
  return {
    path,
    place(file, names, { force }) {
      for (const name of names) {
        const target = join(folder, name);
        if (force) {
          renameSync(file, target);
          return target;
        }
        if (linkIfFree(file, target)) return target;
      }
      return undefined;
    },
    [Symbol.dispose]() {
      onExit[Symbol.dispose]();
      remove();
    },
  };
}

/**
 * Makes a folder and those around it, one after the other: `mkdirSync` with `recursive` never returns below `/proc`, where a
 * folder neither exists nor can be made.
 *
 * @returns The outermost folder that was made, if one was.
 */
function makeFolder(folder: string): string | undefined {
  const missing: string[] = [];
  for (let current = folder; !existsSync(current) && dirname(current) !== current; current = dirname(current)) {
    missing.unshift(current);
  }
  for (const path of missing) mkdirSync(path);
  if (missing.length === 0 && !statSync(folder).isDirectory()) mkdirSync(folder);
  return missing[0];
}

/** A hard link is the one way to take a name only if it is free, with the whole file behind it. */
function linkIfFree(file: string, target: string): boolean {
  try {
    linkSync(file, target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    // Some disks, such as those of cameras, have no hard links.
    if (code === "EPERM" || code === "ENOTSUP" || code === "ENOSYS" || code === "EMLINK")
      return renameIfFree(file, target);
    throw error;
  }
  unlinkSync(file);
  return true;
}

function renameIfFree(file: string, target: string): boolean {
  try {
    closeSync(openSync(target, "wx"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
  renameSync(file, target);
  return true;
}

/** Removes the folders that were made, from the innermost on, as long as nothing is in them. */
function removeEmpty(folder: string, outermostCreated: string | undefined): void {
  if (outermostCreated === undefined) return;
  for (let current = folder; ; current = dirname(current)) {
    try {
      rmdirSync(current);
    } catch {
      return;
    }
    if (current === outermostCreated) return;
  }
}
