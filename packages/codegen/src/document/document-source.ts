import { nearestWord } from "@image-variations/command";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, relative, resolve } from "node:path";
import { SpecError } from "./spec-error.ts";

/** Where a document and the files that it refers to come from: a disk, a git revision, the web. */
export interface DocumentSource {
  /**
   * The text at a location.
   *
   * @throws SpecError if there is nothing to read.
   */
  read(location: string): string | Promise<string>;
  /**
   * The location that a reference leads to from another one.
   *
   * @throws SpecError if it must not be followed.
   */
  resolve(reference: string, from: string): string;
  /** What messages call a location. */
  label(location: string): string;
}

const url = /^[a-z][a-z0-9+.-]+:\/\//i;

/** Whether a location or reference is an address on the web. */
export function isAddress(location: string): boolean {
  return url.test(location);
}

export interface FileSourceOptions {
  /** Whether references to `http:` and `https:` addresses are followed. Default false. */
  readonly remote?: boolean;
  /** The folder that labels are relative to. Default: the current one. */
  readonly root?: string;
}

/** Documents on disk, and on the web if that is allowed. */
export function createFileSource({ remote = false, root = process.cwd() }: FileSourceOptions = {}): DocumentSource {
  return {
    read: (location) => (isAddress(location) ? readAddress(location) : readPath(location, labelOf(location, root))),
    resolve(reference, from) {
      if (isAddress(from)) return addressFrom(reference, from, remote);
      if (!isAddress(reference)) return resolve(dirname(from), decoded(reference, dirname(from)));
      if (remote) return reference;
      throw new SpecError(`leads to the web, and only files are read; allow it with --remote`);
    },
    label: (location) => labelOf(location, root),
  };
}

/** Addresses alone, for a document that was named by one: those beside it and, if `remote` allows it, any other. */
export function createWebSource({ remote = false }: Pick<FileSourceOptions, "remote"> = {}): DocumentSource {
  return {
    read: (location) => readAddress(location),
    resolve: (reference, from) => addressFrom(reference, from, remote),
    label: (location) => location,
  };
}

function addressFrom(reference: string, from: string, remote: boolean): string {
  const address = new URL(reference, from);
  if (remote || address.origin === new URL(from).origin) return address.href;
  throw new SpecError(`leads to another server, ${address.host}; allow it with --remote`);
}

/** A reference is a URI, so a space in a file's name may be written %20. */
function decoded(reference: string, folder: string): string {
  if (!reference.includes("%") || existsSync(resolve(folder, reference))) return reference;
  try {
    return decodeURIComponent(reference);
  } catch {
    return reference;
  }
}

function labelOf(location: string, root: string): string {
  if (isAddress(location)) return location;
  const path = relative(root, location);
  return path.startsWith("..") ? location : path || ".";
}

function readPath(path: string, label: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a folder" : code;
    const near = code === "ENOENT" ? nearFile(path) : undefined;
    throw new SpecError(`${label} can't be read: ${reason}.${near ? ` Did you mean ${near}?` : ""}`, { cause });
  }
}

/** A file beside a missing one that was probably meant. */
function nearFile(path: string): string | undefined {
  const folder = dirname(path);
  return existsSync(folder) ? nearestWord(basename(path), readdirSync(folder)) : undefined;
}

async function readAddress(address: string): Promise<string> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(60_000) });
    if (response.ok) return await response.text();
    throw new SpecError(`${address} responded with ${response.status}; name the address of a document.`);
  } catch (cause) {
    if (cause instanceof SpecError) throw cause;
    const { cause: reason, message } = cause as Error & { cause?: Error };
    throw new SpecError(`${address} can't be read: ${reason?.message ?? message}.`, { cause });
  }
}
