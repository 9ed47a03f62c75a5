// pnpm release:publish <folder>: the tarballs of pnpm release:pack to the npm registry, those that it does not have yet. It
// needs Node and npm alone: the job that may publish runs no code of others.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { endQuietlyWithReader } from "./end-quietly-with-reader.ts";
import { readPackedRelease } from "./release/packed-release.ts";

endQuietlyWithReader();
const help = `pnpm release:publish <folder>

Publishes the tarballs that pnpm release:pack left in the folder, in its order. A version that the registry has is left
alone, so what stopped half-way can be run again.
`;

const folder = process.argv.slice(2).find((word) => !word.startsWith("-"));
if (process.argv.includes("--help") || process.argv.includes("-h")) process.stdout.write(help);
else if (folder === undefined) {
  console.error("Name the folder: pnpm release:publish <folder>; --help tells more.");
  process.exitCode = 1;
} else process.exitCode = publish(folder);

function publish(from: string): number {
  for (const { name, version, tarball } of readPackedRelease(from).packages) {
    const known = npm(["view", `${name}@${version}`, "version"], "pipe");
    // npm says nothing of a version that is missing, and E404 of a package that is.
    if (known.status !== 0 && !known.stderr.includes("E404")) {
      console.error(`Whether the registry has ${name} ${version} can't be found out:\n${known.stderr}`);
      return 1;
    }
    if (known.stdout.trim() === version) console.log(`${name} ${version} is published already`);
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
