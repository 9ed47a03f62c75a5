import { dirname, join } from "node:path/posix";
import { type DocumentSource, SpecError } from "@image-variations/codegen/document";
import { run } from "./run.ts";
import { SourceError } from "./source-error.ts";

/** A document as it was at a git revision. */
export interface RevisionDocument {
  readonly location: string;
  readonly source: DocumentSource;
}

/** Whether a word is a revision of the repository that a folder is in. */
export function isRevision(word: string, folder: string): boolean {
  return (
    !word.startsWith("-") && run("git", ["rev-parse", "--verify", "--quiet", `${word}^{commit}`], folder) !== undefined
  );
}

/**
 * A file at a revision, with the files beside it that it refers to.
 *
 * @param path From the repository's root, or from the folder if it begins with `./`.
 * @throws SourceError if the revision does not have the file.
 */
export function findAtRevision(revision: string, path: string, folder: string): RevisionDocument {
  const short = run("git", ["rev-parse", "--short", `${revision}^{commit}`], folder)!.trim();
  const prefix = run("git", ["rev-parse", "--show-prefix"], folder)!.trim();
  const location = path.startsWith("./") || path.startsWith("../") ? join(prefix, path) : path;
  const show = (at: string): string | undefined => run("git", ["show", `${revision}:${at}`], folder);
  if (show(location) === undefined) {
    throw new SourceError(`The revision ${revision} has no file ${location}; name another revision or path.`);
  }
  return {
    location,
    source: {
      read(at) {
        const text = show(at);
        if (text === undefined) throw new SpecError(`${short}:${at} can't be read: there is no such file.`);
        return text;
      },
      resolve: (reference, from) => {
        if (/^[a-z][a-z0-9+.-]+:\/\//i.test(reference)) {
          throw new SpecError("leads to the web, and a revision is read from git alone");
        }
        return join(dirname(from), reference);
      },
      label: (at) => `${short}:${at}`,
    },
  };
}
