// pnpm release:tag <folder>: a git tag for each package of a release that has none yet.
import { execFileSync } from "node:child_process";
// By its path, because this runs without anything installed.
import { CommandError, runCommand } from "../../../packages/command/src/index.ts";
import { readPackedRelease } from "../release/packed-release.ts";

await runCommand({
  help: `pnpm release:tag <folder>

Tags HEAD with the name and version of each package that pnpm release:pack left in the folder, unless the tag exists.
`,
  maximumPositionals: 1,
  run({ positionals: [folder] }) {
    if (folder === undefined) throw new CommandError("Name the folder: pnpm release:tag <folder>; --help tells more.");
    const git = (...args: readonly string[]): string => execFileSync("git", args, { encoding: "utf8" });
    const tags = git("tag", "--list").split("\n");
    for (const { name, version } of readPackedRelease(folder).packages) {
      const tag = `${name}@${version}`;
      if (tags.includes(tag)) continue;
      git("tag", "--annotate", tag, "--message", tag);
      console.log(tag);
    }
  },
});
