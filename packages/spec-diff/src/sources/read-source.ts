import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  createFileSource,
  createWebSource,
  type DocumentSource,
  readOpenAPI,
} from "@image-variations/codegen/document";
import { findAtRevision, isRevision } from "./git-source.ts";
import { type Source, sourceOf } from "./parse-source.ts";
import { run } from "./run.ts";
import { SourceError } from "./source-error.ts";
import type { Spec } from "../schema/spec.ts";

/** Where this project's contract lies, from the root. */
export const ourSpec = "specs/image-variations.yaml";
const ourPackage = "@image-variations/spec";

/** A document that was asked for by a word. */
export interface NamedSource extends Source {
  /** Whether it is a state of this project's own contract, whose generated names are published. */
  readonly ours: boolean;
}

interface Found {
  readonly location: string;
  readonly source: DocumentSource;
  readonly ours: boolean;
}

/** How a word can name a document, in the order in which they are tried. */
const kinds: readonly {
  readonly matches: (word: string, root: string) => boolean;
  readonly read: (word: string, root: string, remote: boolean) => Found;
}[] = [
  {
    matches: (word) => /^https?:\/\//.test(word),
    read: (word, _root, remote) => ({ location: word, source: createWebSource({ remote }), ours: false }),
  },
  { matches: (word, root) => existsSync(fromHere(word, root)), read: readFile },
  { matches: (word) => word.startsWith(`${ourPackage}@`) || /^\d+\.\d+\.\d+(-|$)/.test(word), read: readPublished },
  { matches: () => true, read: readRevision },
];

/**
 * Reads a document by a word: a URL, a file, a published version of our spec, or a git revision, alone or as
 * `revision:path`.
 *
 * @throws SourceError if there is no such thing, SpecError where it can't be used.
 */
export async function readSource(
  word: string,
  side: Spec["side"],
  root: string,
  { remote = false }: { readonly remote?: boolean } = {},
): Promise<NamedSource> {
  const kind = kinds.find(({ matches }) => matches(word, root))!;
  const { location, source, ours } = kind.read(word, root, remote);
  return { ...sourceOf(await readOpenAPI(location, source), source.label(location), side), ours };
}

/**
 * The revision that a change is compared with unless another is named: where it left the base branch.
 *
 * @throws SourceError if there is no history.
 */
export function defaultBase(root: string): string {
  if (!hasHistory(root)) {
    throw new SourceError(
      "There is no git history here to compare with; name the base: a file, or a published version.",
    );
  }
  const { baseBranch } = JSON.parse(readFileSync(join(root, ".changeset/config.json"), "utf8")) as {
    baseBranch: string;
  };
  for (const branch of [`origin/${baseBranch}`, baseBranch]) {
    const ancestor = run("git", ["merge-base", "HEAD", branch], root)?.trim();
    if (ancestor) return ancestor;
  }
  return "HEAD";
}

/** Whether the repository is one of git's, with a commit; a downloaded archive is not. */
export function hasHistory(root: string): boolean {
  const top = run("git", ["rev-parse", "--show-toplevel"], root)?.trim();
  return top !== undefined && resolve(top) === resolve(root) && run("git", ["rev-parse", "HEAD"], root) !== undefined;
}

function readFile(word: string, root: string, remote: boolean): Found {
  const path = fromHere(word, root);
  if (statSync(path).isDirectory()) throw new SourceError(`${word} is a folder; name the document in it.`);
  const source = {
    ...createFileSource({ remote }),
    label: (location: string) => (location === path ? word : location),
  };
  return { location: path, source, ours: path === resolve(root, ourSpec) };
}

/** Files are named from where the command was called, and our own spec from the root. */
function fromHere(word: string, root: string): string {
  const path = resolve(process.env.INIT_CWD ?? process.cwd(), word);
  return word === ourSpec && !existsSync(path) ? resolve(root, word) : path;
}

function readRevision(word: string, root: string): Found {
  const colon = word.indexOf(":");
  const [revision, path] = colon < 0 ? [word, ourSpec] : [word.slice(0, colon), word.slice(colon + 1)];
  if (!isRevision(revision, root)) {
    throw new SourceError(
      `${JSON.stringify(word)} is neither a file, a git revision, nor a published version of ${ourPackage}; ` +
        `name one of these, such as HEAD~1, other.yaml or 1.2.0.`,
    );
  }
  return { ...findAtRevision(revision, path, root), ours: path === ourSpec };
}

function readPublished(word: string): Found {
  const wanted = word.startsWith(ourPackage) ? word : `${ourPackage}@${word}`;
  const folder = mkdtempSync(join(tmpdir(), "published-spec-"));
  try {
    const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--prefix", folder];
    if (run("npm", ["install", ...flags, wanted], folder) === undefined) {
      throw new SourceError(`${wanted} can't be installed from the npm registry; is that version published?`);
    }
    const text = readFileSync(join(folder, "node_modules", ourPackage, "image-variations.yaml"), "utf8");
    const source = { read: () => text, resolve: (reference: string) => reference, label: () => wanted };
    return { location: wanted, source, ours: true };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
