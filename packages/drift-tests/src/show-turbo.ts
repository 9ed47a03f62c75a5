// pnpm turbo:show: what turbo runs again after a change, in a copy of the repository without git.
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "@image-variations/command";
import { copyRepository } from "@image-variations/testing/copy-repository";
import { planTasks } from "./turbo/plan-tasks.ts";

/** Every file whose change is shown: the docs, a source, a test and the contract. */
const changed = [
  "packages/client/README.md",
  "packages/client/src/images.ts",
  "packages/validation/src/issue.ts",
  "packages/client/src/create-client.test.ts",
  "specs/image-variations.yaml",
];

/** Changes a file, and lists the tasks whose result turbo would no longer take from its cache. */
async function listTasksAfter(folder: string, path: string, known: ReadonlySet<string>): Promise<string[]> {
  const file = join(folder, path);
  const original = readFileSync(file);
  appendFileSync(file, path.endsWith(".ts") ? "// changed\n" : "\n# changed\n");
  const plan = await planTasks(folder);
  writeFileSync(file, original);
  return plan
    .filter(({ hash }) => !known.has(hash))
    .map(({ taskId }) => taskId.replace("@image-variations/", ""))
    .toSorted();
}

await runCommand({
  help: `pnpm turbo:show

Lists which tasks of npm test turbo would run again after a change, in a copy of the repository. No task is run.
`,
  async run() {
    const folder = mkdtempSync(join(tmpdir(), "turbo-"));
    try {
      copyRepository(folder);
      const plan = await planTasks(folder);
      const known = new Set(plan.map(({ hash }) => hash));
      const again = (await planTasks(folder)).filter(({ hash }) => !known.has(hash));
      console.log(`Nothing has changed: ${again.length} of ${plan.length} tasks are run again`);
      for (const path of changed) {
        const tasks = await listTasksAfter(folder, path, known);
        console.log(
          `\n${path} has changed: ${tasks.length} of ${plan.length} tasks are run again\n  ${tasks.join("\n  ")}`,
        );
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
});
