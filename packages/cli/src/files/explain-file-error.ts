import { printable } from "./printable.ts";

/** Why a file could not be used, and what to do about it. */
export interface FileFailure {
  readonly message: string;
  readonly fix: string;
}

const explanations: { readonly [code: string]: FileFailure } = {
  ENOENT: { message: "does not exist", fix: "Check the path." },
  ENOTDIR: { message: "does not exist: a part of its path is a file", fix: "Check the path." },
  EISDIR: { message: "is a directory", fix: "Name a file." },
  EACCES: { message: "cannot be read: permission denied", fix: "Change its permissions, or run this as its owner." },
  EPERM: { message: "cannot be read: not permitted", fix: "Change its permissions, or run this as its owner." },
  ELOOP: { message: "is a symbolic link that leads back to itself", fix: "Remove the link." },
  ENAMETOOLONG: { message: "has a path that is too long", fix: "Check the path." },
  EMFILE: { message: "cannot be opened: too many files are open", fix: "Raise the limit: ulimit -n 1024" },
  ENFILE: { message: "cannot be opened: too many files are open", fix: "Try again when other programs have ended." },
  EBUSY: { message: "is in use by another program", fix: "Close it there, and try again." },
  EIO: { message: "cannot be read: the disk reported an error", fix: "Copy the file again from where it came." },
  ERR_INVALID_ARG_VALUE: { message: "is not a valid path", fix: "Check the path." },
};

/**
 * Explains an error of the file system: `otter.png does not exist.`
 *
 * @param verb What was tried, if the error's code is unknown: `read`.
 */
export function explainFileError(error: unknown, path: string, verb = "read"): FileFailure {
  const { code = "", message } = error as NodeJS.ErrnoException;
  const name = printable(path);
  // Node replaces the bytes that are not UTF-8, and finds nothing by that name.
  if (code === "ENOENT" && path.includes("\ufffd")) {
    return { message: `${name} cannot be read: its name is not valid UTF-8.`, fix: "Rename it." };
  }
  const known = explanations[code];
  if (known) return { message: `${name} ${known.message}.`, fix: known.fix };
  return { message: `${name} cannot be ${verb}: ${printable(message)}.`, fix: "Check the path and the disk." };
}
