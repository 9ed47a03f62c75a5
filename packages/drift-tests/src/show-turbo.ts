// pnpm turbo:show: what turbo runs again after a change, in a copy of the repository without git.
import { spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "@image-variations/command";
import { copyRepository } from "@image-variations/testing/copy-repository";
import { planTasks, tasks } from "./turbo/plan-tasks.ts";

/** The three lines that turbo ends with. */
function runTasks(folder: string): string {
  const words = ["scripts/pnpm.mjs", "exec", "turbo", "run", ...tasks, "--output-logs=errors-only"];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(stdout + stderr);
  return stdout
    .split("\n")
    .filter((line) => /^ *(Tasks|Cached|Time):/.test(line))
    .join("\n");
}

async function showMissesAfter(folder: string, path: string): Promise<void> {
  const file = join(folder, path);
  const original = readFileSync(file);
  appendFileSync(file, path.endsWith(".ts") ? "// changed\n" : "\n# changed\n");
  const plan = await planTasks(folder);
  writeFileSync(file, original);
  const misses = plan
    .filter(({ cache }) => cache.status === "MISS")
    .map(({ taskId }) => taskId.replace("@image-variations/", ""));
  console.log(
    `\n${path} has changed: ${misses.length} of ${plan.length} tasks are run again\n  ${misses.join("\n  ")}`,
  );
}

await runCommand({
  help: `pnpm turbo:show

Runs the tasks of npm test twice in a copy of the repository, and lists what turbo would run again after a change.
`,
  async run() {
    const folder = mkdtempSync(join(tmpdir(), "turbo-"));
    try {
      copyRepository(folder);
      const { status, stderr } = spawnSync(
        process.execPath,
        ["scripts/pnpm.mjs", "install", "--frozen-lockfile", "--prefer-offline"],
        { cwd: folder, encoding: "utf8" },
      );
      if (status !== 0) throw new Error(stderr);
      console.log(`The first run\n${runTasks(folder)}\n\nThe second\n${runTasks(folder)}`);
      for (const path of [
        "packages/client/README.md",
        "packages/client/src/images.ts",
        "packages/validation/src/issue.ts",
        "packages/client/src/create-client.test.ts",
        "specs/image-variations.yaml",
      ]) {
        await showMissesAfter(folder, path);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
});
