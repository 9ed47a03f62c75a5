import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { CommandError } from "@image-variations/command";
import { run } from "@image-variations/spec-diff/repository";
import { copyRepository } from "@image-variations/testing/copy-repository";

/**
 * Copies the workspace as it lies here, edits that are not committed included, and installs the copy: its packages
 * link to each other and to nothing of the original.
 *
 * @throws CommandError if the copy can't be installed.
 */
export function copyWorkspace(root: string, folder: string): void {
  const listed = run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"], root);
  if (listed === undefined) {
    copyRepository(folder);
  } else {
    for (const path of listed.split("\0").filter((name) => name !== "")) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      // What git knows and is deleted here is not part of the workspace.
      cpSync(join(root, path), join(folder, path), { force: true, errorOnExist: false, recursive: true });
    }
    // turbo asks git what a file's content is, as it does in a checkout.
    const who = ["-c", "user.name=spec:trial", "-c", "user.email=spec-trial@localhost"];
    for (const words of [
      ["init", "--quiet"],
      ["add", "--all"],
      [...who, "commit", "--quiet", "--message", "As it lies"],
    ]) {
      run("git", words, folder);
    }
  }
  const { status } = spawnSync(
    process.execPath,
    ["scripts/pnpm.mjs", "install", "--frozen-lockfile", "--prefer-offline", "--reporter=append-only"],
    { cwd: folder, stdio: ["ignore", "ignore", "inherit"], env: trialEnvironment() },
  );
  if (status !== 0)
    throw new CommandError("The copy of the workspace can't be installed; does `pnpm install` work here?");
}

/**
 * The environment of a trial: what a laptop runs, also in CI, and nothing that pnpm told the command about the original
 * but where pnpm itself is.
 */
export function trialEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => name !== "CI" && name !== "INIT_CWD" && !/^(npm|pnpm)_(?!config_|execpath$)/i.test(name),
  );
  return Object.fromEntries(kept);
}
