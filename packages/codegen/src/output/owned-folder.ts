import { createHash } from "node:crypto";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, sep } from "node:path";
import { CommandError } from "@image-variations/command";
import { isObject } from "../document/is-object.ts";

/** The file in which a folder says what in it a tool wrote. */
export function manifestName(tool: string): string {
  return `.${tool}.json`;
}

/** A folder to write, and what is to be in it. */
export interface OwnedFolder {
  readonly folder: string;
  /** Contents by their path in the folder, with slashes. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/** What the manifest says: the hash of each file as it was written. */
interface Manifest {
  readonly tool: string;
  readonly files: Readonly<Record<string, string>>;
}

export interface WriteOptions {
  /** Replace what is in the way. What is not in the way is left alone all the same. */
  readonly force: boolean;
  /** What messages and the manifest call the tool that writes. */
  readonly tool: string;
}

/**
 * Writes folders and nothing over what somebody else put there: a file is only replaced or removed if the manifest says
 * that it was written here, and it is as it was written. Nothing is written unless all folders can be.
 *
 * @throws CommandError that names what is in the way.
 */
export function writeOwnedFolders(folders: readonly OwnedFolder[], { force, tool }: WriteOptions): void {
  for (const { folder } of folders) checkAncestors(folder);
  const inTheWay = folders.flatMap((owned) => obstacles(owned, tool));
  if (inTheWay.length > 0 && !force) {
    const [first, ...others] = inTheWay;
    const more = others.length > 0 ? ` (and ${others.length} more)` : "";
    throw new CommandError(
      `${first}${more}. Nothing was written. Name another folder with --out, or pass --force to replace what is in the way.`,
    );
  }
  for (const owned of folders) write(owned, tool);
}

/** What somebody else has where something is to be written, in words. */
function obstacles({ folder, files }: OwnedFolder, tool: string): string[] {
  const kind = kindOf(folder);
  if (kind === undefined) return [];
  if (kind !== "a folder") return [`${folder} is ${kind}, and a folder is to be written there`];
  const manifest = readManifest(folder, tool);
  if (!manifest) {
    const empty = readdirSync(folder).length === 0;
    return empty ? [] : [`${folder} is there, and was not written by ${tool}: it has no ${manifestName(tool)}`];
  }
  return [...new Set([...files.keys(), ...Object.keys(manifest.files)])].flatMap((path) => {
    const [place, blocked] = [join(folder, path), blockedBy(folder, path)];
    if (blocked) return [blocked];
    const there = kindOf(place);
    if (there === undefined) return [];
    if (there !== "a file") return [`${place} is ${there}, and a file is to be written there`];
    const written = Object.hasOwn(manifest.files, path) ? manifest.files[path] : undefined;
    if (written === undefined) return [`${place} was not written by ${tool}`];
    return written === hashOf(readFileSync(place)) ? [] : [`${place} was changed since ${tool} wrote it`];
  });
}

/** What is above the folder is not for `force` to replace. */
function checkAncestors(folder: string): void {
  let above = dirname(folder);
  while (!existsSync(above) && above !== dirname(above)) above = dirname(above);
  if (!statSync(above).isDirectory()) {
    throw new CommandError(`${above} is not a folder. Nothing was written. Name another folder with --out.`);
  }
}

/** A link or a file on the way to a path leads out of the folder, or nowhere. */
function blockedBy(folder: string, path: string): string | undefined {
  const steps = path.split("/").slice(0, -1);
  for (let length = 1; length <= steps.length; length++) {
    const place = join(folder, ...steps.slice(0, length));
    const kind = kindOf(place);
    if (kind !== undefined && kind !== "a folder") return `${place} is ${kind}, and a folder is to be written there`;
  }
  return undefined;
}

function kindOf(path: string): "a folder" | "a file" | "a link" | "something else" | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (!stats) return undefined;
  if (stats.isSymbolicLink()) return "a link";
  return stats.isDirectory() ? "a folder" : stats.isFile() ? "a file" : "something else";
}

function write({ folder, files }: OwnedFolder, tool: string): void {
  const kind = kindOf(folder);
  // A link is taken away, and not what it leads to.
  if (kind !== undefined && kind !== "a folder") rmSync(folder);
  const before = kindOf(folder) === "a folder" ? readManifest(folder, tool) : undefined;
  for (const path of Object.keys(before?.files ?? {})) {
    if (!files.has(path) && !blockedBy(folder, path)) removeFile(folder, path);
  }
  for (const [path, content] of files) {
    makeWay(folder, path);
    // What is as it was keeps its time, so that watchers of it are left in peace.
    if (!isSameFile(join(folder, path), content)) writeFileSync(join(folder, path), content);
  }
  const hashes = [...files].map(([path, content]) => [path, hashOf(content)]);
  const manifest: Manifest = { tool, files: Object.fromEntries(hashes) };
  writeFileSync(join(folder, manifestName(tool)), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Takes away what stands on the way to a path, and makes the folders that lead there. */
function makeWay(folder: string, path: string): void {
  const steps = path.split("/");
  for (let length = 1; length <= steps.length; length++) {
    const place = join(folder, ...steps.slice(0, length));
    const kind = kindOf(place);
    const wanted = length === steps.length ? "a file" : "a folder";
    if (kind !== undefined && kind !== wanted) rmSync(place, { recursive: true });
  }
  mkdirSync(dirname(join(folder, path)), { recursive: true });
}

/** Removes a file, and the folders that are empty without it. */
function removeFile(folder: string, path: string): void {
  rmSync(join(folder, path), { force: true });
  for (let above = dirname(join(folder, path)); above.startsWith(folder + sep); above = dirname(above)) {
    if (!existsSync(above) || readdirSync(above).length > 0) return;
    rmdirSync(above);
  }
}

/** What a tool wrote into a folder, if it did. */
function readManifest(folder: string, tool: string): Manifest | undefined {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, manifestName(tool)), "utf8")) as Partial<Manifest>;
    return manifest.tool === tool && isObject(manifest.files) ? (manifest as Manifest) : undefined;
  } catch {
    return undefined;
  }
}

function isSameFile(path: string, content: Buffer): boolean {
  return existsSync(path) && readFileSync(path).equals(content);
}

function hashOf(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

/** What a folder lacks of what should be in it, and what is in it that a tool wrote and should not, by path. */
export function staleFiles({ folder, files }: OwnedFolder, tool: string): string[] {
  const written = Object.keys(readManifest(folder, tool)?.files ?? {});
  const stale = [...files].filter(([path, content]) => !isSameFile(join(folder, path), content)).map(([path]) => path);
  return [...stale, ...written.filter((path) => !files.has(path) && existsSync(join(folder, path)))];
}
