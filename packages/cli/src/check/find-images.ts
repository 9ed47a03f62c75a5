import { posix, win32, type PlatformPath } from "node:path";
import picomatch from "picomatch";
import { explainFileError, type FileFailure } from "../files/explain-file-error.ts";
import { printable } from "../files/printable.ts";
import type { FileSystem } from "./file-system.ts";
import { isImageName, isSearchedFolder } from "./image-names.ts";

/** A file to check, or an argument or a file that can't be checked, and why. */
export type FoundImage = ImageFile | ImageStream | UnusablePath;

/** A regular file. */
export interface ImageFile {
  readonly kind: "file";
  readonly path: string;
}

/** A pipe or a device, or standard input, whose path is `-`. */
export interface ImageStream {
  readonly kind: "stream";
  readonly path: string;
}

/** A path at which there is nothing to check. */
export interface UnusablePath {
  readonly kind: "unusable";
  readonly path: string;
  readonly failure: FileFailure;
}

/** Where and how images are looked for. */
export interface FindOptions {
  readonly fileSystem: FileSystem;
  /** Whether paths are those of Windows, in which `\` separates folders. @default whether this is Windows */
  readonly windows?: boolean | undefined;
}

/**
 * Finds the images that the arguments of a command line name: files, directories, which are searched to their depths,
 * globs, and `-`. Yields each as soon as it is found, those of a directory in the order of their names, and each directory
 * once, whatever links lead to it.
 */
export async function* findImages(args: readonly string[], options: FindOptions): AsyncGenerator<FoundImage> {
  const { fileSystem, windows = process.platform === "win32" } = options;
  const search: Search = { fileSystem, paths: windows ? win32 : posix };
  let isStdinUsed = false;
  for (const path of args) {
    if (path !== "-") {
      yield* findByArgument(path, search);
      continue;
    }
    if (isStdinUsed) {
      const failure = { message: "Standard input can be read only once.", fix: "Pass - once." };
      yield { kind: "unusable", path, failure };
    } else yield { kind: "stream", path };
    isStdinUsed = true;
  }
}

interface Search {
  readonly fileSystem: FileSystem;
  readonly paths: PlatformPath;
}

async function* findByArgument(path: string, search: Search): AsyncGenerator<FoundImage> {
  if (path === "") {
    yield unusable(path, {
      message: "The path is empty.",
      fix: "Name a file; a variable of the shell may not be set.",
    });
    return;
  }
  let found;
  try {
    found = await search.fileSystem.stat(path, { bigint: true });
  } catch (error) {
    const pattern = globOf(path, search);
    if (pattern) yield* findByPattern(pattern, search);
    else yield unusable(path, explainFileError(error, path));
    return;
  }
  if (found.isFile()) yield { kind: "file", path };
  else if (found.isDirectory()) yield* findInFolder(path, search);
  else yield { kind: "stream", path };
}

async function* findInFolder(path: string, search: Search): AsyncGenerator<FoundImage> {
  let others = 0;
  let images = 0;
  for await (const found of walk({ folder: path, search, maxDepth: Infinity })) {
    if (found.kind === "file" && !isImageName(search.paths.basename(found.path))) {
      others += 1;
    } else {
      images += 1;
      yield found;
    }
  }
  if (images > 0) return;
  const name = printable(path);
  const held = others === 0 ? "has no files" : `has no images, only ${others} other file${others === 1 ? "" : "s"}`;
  const fix = "A directory's images are found by their names, such as otter.png; name a file itself to check any file.";
  yield unusable(path, { message: `${name} ${held}.`, fix });
}

async function* findByPattern({ typed, pattern, base, maxDepth }: Glob, search: Search): AsyncGenerator<FoundImage> {
  const windows = search.paths === win32;
  const matches = picomatch(pattern, { windows, nocase: windows });
  let count = 0;
  for await (const found of walk({ folder: base, search, maxDepth })) {
    // A directory that can't be read may hold what was meant.
    if (found.kind === "file" && !matches(found.path)) continue;
    count += 1;
    yield found;
  }
  if (count > 0) return;
  const failure = {
    message: `No file matches ${printable(typed)}.`,
    fix: "Check the pattern, and the current directory.",
  };
  yield unusable(typed, failure);
}

interface Glob {
  readonly typed: string;
  /** With `/` between folders. */
  readonly pattern: string;
  /** The folder below which every match lies; empty for the current one. */
  readonly base: string;
  /** How many folders deep a match can lie. */
  readonly maxDepth: number;
}

function globOf(typed: string, { paths }: Search): Glob | undefined {
  // Only ./ at the start, which the paths that are found do not have.
  const pattern = (paths === win32 ? typed.replaceAll("\\", "/") : typed).replace(/^(?:\.\/)+/, "");
  const { base, isGlob, glob } = picomatch.scan(pattern);
  if (!isGlob) return undefined;
  return { typed, pattern, base, maxDepth: glob.includes("**") ? Infinity : glob.split("/").length - 1 };
}

interface Walk {
  /** Empty for the current one. */
  readonly folder: string;
  readonly search: Search;
  readonly maxDepth: number;
}

/** A directory or a file whose turn comes later. */
interface Waiting {
  readonly path: string;
  readonly depth: number;
  readonly kind: "file" | "folder" | "link";
}

/** Yields every file below a folder. A stack, and not recursion: a tree can be deeper than a program may call. */
async function* walk({ folder, search, maxDepth }: Walk): AsyncGenerator<ImageFile | UnusablePath> {
  const { fileSystem, paths } = search;
  const seen = new Set<string>();
  const stack: Waiting[] = [{ path: folder, depth: 0, kind: "folder" }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { path, depth } = next;
    try {
      const kind = next.kind === "link" ? await kindOf(path, fileSystem) : next.kind;
      if (kind === "file") yield { kind, path };
      else if (kind === "folder" && depth <= maxDepth)
        stack.push(...(await entriesOf({ folder: path, depth, search, seen })));
    } catch (error) {
      // A link that leads nowhere matters only if it would be an image.
      if (next.kind === "folder" || isImageName(paths.basename(path)))
        yield unusable(path, explainFileError(error, path || "."));
    }
  }
}

async function kindOf(path: string, fileSystem: FileSystem): Promise<"file" | "folder" | "other"> {
  const found = await fileSystem.stat(path, { bigint: true });
  if (found.isFile()) return "file";
  return found.isDirectory() ? "folder" : "other";
}

/** A folder whose entries are wanted, and the folders before it, by device and number. */
interface Reading {
  readonly folder: string;
  readonly depth: number;
  readonly search: Search;
  readonly seen: Set<string>;
}

/** The entries of a folder, the last by name first; none if it has been searched before. */
async function entriesOf({ folder, depth, search: { fileSystem, paths }, seen }: Reading): Promise<Waiting[]> {
  const { dev, ino } = await fileSystem.stat(folder || ".", { bigint: true });
  const identity = `${dev}:${ino}`;
  if (seen.has(identity)) return [];
  seen.add(identity);
  const waiting: Waiting[] = [];
  for (const entry of await fileSystem.readdir(folder || ".", { withFileTypes: true })) {
    const kind = entry.isDirectory() ? "folder" : entry.isSymbolicLink() ? "link" : "file";
    const isSkipped = kind === "file" ? !entry.isFile() : !isSearchedFolder(entry.name);
    if (isSkipped || entry.name.startsWith(".")) continue;
    waiting.push({ path: paths.join(folder, entry.name), depth: depth + 1, kind });
  }
  return waiting.toSorted((left, right) => (left.path < right.path ? 1 : -1));
}

function unusable(path: string, failure: FileFailure): UnusablePath {
  return { kind: "unusable", path, failure };
}
