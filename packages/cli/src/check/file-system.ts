import { open, readdir, stat, type FileHandle } from "node:fs/promises";
import { resolve } from "node:path";

/** What is asked of the file system: a seam for tests, as errors of a disk can't be had on demand. */
export interface FileSystem {
  readonly open: (path: string, flags: "r") => Promise<FileHandle>;
  readonly readdir: (path: string, options: { readonly withFileTypes: true }) => Promise<readonly FolderEntry[]>;
  readonly stat: (path: string, options: { readonly bigint: true }) => Promise<FileStatus>;
}

/** An entry of a directory, as `fs.Dirent` has it. */
export interface FolderEntry {
  readonly name: string;
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

/** What a path leads to, as `fs.BigIntStats` has it. */
export interface FileStatus {
  readonly dev: bigint;
  readonly ino: bigint;
  isFile(): boolean;
  isDirectory(): boolean;
}

/** The real one, in which relative paths start from a folder. */
export function diskFileSystem(folder: string): FileSystem {
  const at = (path: string): string => resolve(folder, path);
  return {
    open: (path, flags) => open(at(path), flags),
    readdir: (path, options) => readdir(at(path), options),
    stat: (path, options) => stat(at(path), options),
  };
}
