import { CliError } from "../command-line/cli-error.ts";

const sentences: Readonly<Record<string, { readonly says: string; readonly fix: string }>> = {
  ENOSPC: { says: "the disk is full", fix: "Free some space, or name a folder on another disk with --out." },
  EDQUOT: {
    says: "the quota of the disk is used up",
    fix: "Free some space, or name a folder on another disk with --out.",
  },
  EACCES: { says: "it must not be written to", fix: "Change its permissions, or name another folder with --out." },
  EPERM: { says: "it must not be written to", fix: "Change its permissions, or name another folder with --out." },
  EROFS: { says: "the disk is read-only", fix: "Name a folder on another disk with --out." },
  ENOTDIR: { says: "a part of it is a file, not a folder", fix: "Name another folder with --out." },
  EEXIST: { says: "it is a file, not a folder", fix: "Name another folder with --out." },
  ENAMETOOLONG: { says: "the name is too long", fix: "Shorten it with --name." },
  EMFILE: { says: "too many files are open", fix: "Close some programs, or raise the limit (ulimit -n)." },
  ENOENT: { says: "it does not exist any more", fix: "Run the command again." },
};

/** The sentence for a failure to write files into a folder; undefined if it is not one. */
export function writeError(error: unknown, folder: string): CliError | undefined {
  const { code = "", syscall } = error as NodeJS.ErrnoException;
  if (!(error instanceof Error) || !/^E[A-Z]+$/.test(code) || syscall === undefined || syscall === "connect")
    return undefined;
  const known = sentences[code];
  return new CliError(`No file can be written to ${folder}: ${known?.says ?? error.message}.`, {
    fix: known?.fix ?? "Name another folder with --out.",
    cause: error,
  });
}
