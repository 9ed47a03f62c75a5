// pnpm release:tag <folder>: a git tag for each package of a release, where there is none yet.
import { execFileSync } from "node:child_process";
import { endQuietlyWithReader } from "./end-quietly-with-reader.ts";
import { readPackedRelease } from "./release/packed-release.ts";

endQuietlyWithReader();
const help = `pnpm release:tag <folder>

Tags HEAD with the name and version of each package that pnpm release:pack left in the folder, unless the tag exists.
`;

const folder = process.argv.slice(2).find((word) => !word.startsWith("-"));
if (process.argv.includes("--help") || process.argv.includes("-h")) process.stdout.write(help);
else if (folder === undefined) {
  console.error("Name the folder: pnpm release:tag <folder>; --help tells more.");
  process.exitCode = 1;
} else {
  const git = (...args: readonly string[]): string => execFileSync("git", args, { encoding: "utf8" });
  const tags = git("tag", "--list").split("\n");
  for (const { name, version } of readPackedRelease(folder).packages) {
    const tag = `${name}@${version}`;
    if (tags.includes(tag)) continue;
    git("tag", "--annotate", tag, "--message", tag);
    console.log(tag);
  }
}
