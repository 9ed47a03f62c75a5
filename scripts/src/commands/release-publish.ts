// pnpm release:publish <folder>: the tarballs of pnpm release:pack to the npm registry, those that it does not have yet. It
// needs only Node and npm: the job that may publish runs no third-party code.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
// By its path, because this runs without anything installed.
import { CommandError, runCommand } from "../../../packages/command/src/index.ts";
import { readPackedRelease } from "../release/packed-release.ts";

await runCommand({
  help: `pnpm release:publish <folder>

Publishes the tarballs that pnpm release:pack left in the folder, in its order. A version that the registry already has
is skipped, so a release that stopped half-way can be run again.
`,
  maximumPositionals: 1,
  run({ positionals: [folder] }) {
    if (folder === undefined) {
      throw new CommandError("Name the folder: pnpm release:publish <folder>; --help tells more.");
    }
    process.exitCode = publish(folder);
  },
});

function publish(from: string): number {
  for (const { name, version, tarball } of readPackedRelease(from).packages) {
    const known = npm(["view", `${name}@${version}`, "version"], "pipe");
    // npm prints nothing for a missing version, and E404 for a missing package.
    if (known.status !== 0 && !known.stderr.includes("E404")) {
      console.error(`The registry did not say whether it has ${name} ${version}:\n${known.stderr}`);
      return 1;
    }
    if (known.stdout.trim() === version) console.log(`${name} ${version} is already published`);
    else if (npm(["publish", join(from, tarball), "--access", "public"], "inherit").status !== 0) return 1;
    else console.log(`${name} ${version} is published`);
  }
  return 0;
}

function npm(args: readonly string[], stdio: "pipe" | "inherit"): { status: number; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync("npm", args, {
    stdio,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  return { status: status ?? 1, stdout: stdout ?? "", stderr: stderr ?? "" };
}
