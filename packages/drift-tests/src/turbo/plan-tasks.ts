import { join } from "node:path";
import { runProgram } from "@image-variations/testing/run-program";
import { root } from "../repository/repository.ts";

/** What turbo would do for one task, and what it knows the task's result by. */
export interface PlannedTask {
  /** Such as `@image-variations/client#build`, or `//#lint` for one of the root. */
  readonly taskId: string;
  readonly hash: string;
  readonly command: string;
  readonly cache: { readonly status: "HIT" | "MISS" };
}

/** The tasks of `npm test`. */
const tasks = ["lint", "typecheck", "test", "contract"] as const;

/** Asks turbo what it would do for `npm test` in a copy of the repository. Nothing is run. */
export async function planTasks(folder: string): Promise<PlannedTask[]> {
  const turbo = join(root, "node_modules/.bin/turbo");
  const { stdout } = await runProgram(turbo, ["run", ...tasks, "--dry=json"], { cwd: folder });
  const plan = JSON.parse(stdout) as { tasks: PlannedTask[] };
  return plan.tasks.filter(({ command }) => command !== "<NONEXISTENT>");
}
