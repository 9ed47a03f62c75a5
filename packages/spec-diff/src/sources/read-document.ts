import { existsSync, statSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { createFileSource, createWebSource, type DocumentSource } from "@image-variations/codegen/document";
import { findAtRevision, isRevision } from "./git-source.ts";
import { type Source, sourceOf } from "./parse-source.ts";
import { readOpenAPI } from "@image-variations/codegen/document";
import { run } from "./run.ts";
import { SourceError } from "./source-error.ts";

/** Where a document is looked for. */
export interface ReadDocumentOptions {
  /** Where files and revisions are named from. Default: the current folder. */
  readonly folder?: string;
  /** The file that a revision alone stands for, such as the one that it is compared with. Default: none. */
  readonly path?: string;
  /** Whether references to `http:` and `https:` addresses are followed. Default false. */
  readonly remote?: boolean;
}

/**
 * Reads an OpenAPI 3.0 or 3.1 document by a word: a file, a URL, or a git revision, as `revision:path` or, with the option
 * `path`, alone. Files that the document refers to are read with it.
 *
 * @throws SourceError if there is no such thing, SpecError with line and column if it can't be used.
 */
export async function readDocument(word: string, options: ReadDocumentOptions = {}): Promise<Source> {
  const { location, source } = findDocument(word, options);
  return sourceOf(await readOpenAPI(location, source), source.label(location), "base");
}

function findDocument(
  word: string,
  { folder = process.cwd(), path: peer, remote = false }: ReadDocumentOptions,
): { readonly location: string; readonly source: DocumentSource } {
  if (/^https?:\/\//.test(word)) return { location: word, source: createWebSource({ remote }) };
  const path = resolve(folder, word);
  if (existsSync(path)) {
    if (statSync(path).isDirectory()) throw new SourceError(`${word} is a folder; name the document in it.`);
    return { location: path, source: createFileSource({ remote, root: folder }) };
  }
  const colon = word.indexOf(":");
  const [revision, named] = colon < 0 ? [word] : [word.slice(0, colon), word.slice(colon + 1)];
  if (!isRevision(revision, folder)) {
    throw new SourceError(
      `${JSON.stringify(word)} is neither a file, a URL nor a git revision; name one of these, such as openapi.yaml, HEAD~1:openapi.yaml or main.`,
    );
  }
  const at = named ?? (peer && atTop(peer, folder));
  if (!at) throw new SourceError(`${word} is a revision; name the file in it, such as ${word}:openapi.yaml.`);
  return findAtRevision(revision, at, folder);
}

/** A file's path from the root of its repository. */
function atTop(path: string, folder: string): string | undefined {
  const file = resolve(folder, path);
  if (!existsSync(file)) return undefined;
  const top = run("git", ["rev-parse", "--show-toplevel"], folder)!.trim();
  return relative(top, file).split(sep).join("/");
}
