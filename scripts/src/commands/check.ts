// npm test: everything that has to hold before a change lands, each task as it ends, and what failed at the end.
import { spawn, spawnSync } from "node:child_process";
import { globSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { formatSummary } from "../check/format-summary.ts";
import { readReports, reportPattern } from "../check/read-reports.ts";
import { createTaskProgress } from "../check/task-progress.ts";
import { runCommand } from "@image-variations/command";
import { turbo } from "../turbo-command.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
// What needs more than npm brings (browsers, a C library), or much time, is for CI: `pnpm matrix`, `pnpm release:rehearse`.
const tasks = [
  "lint",
  "typecheck",
  "test",
  "contract",
  ...(process.env["CI"] === "true" ? ["matrix", "rehearse"] : []),
];

const start = performance.now();
const elapsed = (): number => (performance.now() - start) / 1_000;

await runCommand({
  help: `pnpm check [-- turbo's options]

Runs everything that must pass before a change lands, names each task as it ends, and sums up the tests and what failed.
This is what \`npm test\` runs: the generated files, ${tasks.join(", ")}.

  -- …   options for turbo, such as -- --force
`,
  maximumPositionals: Number.POSITIVE_INFINITY,
  async run({ positionals }) {
    // Reports of an earlier run would be counted again; turbo restores those of tasks that it finds in its cache.
    for (const report of globSync(reportPattern, { cwd: root })) rmSync(join(root, report));
    const failed = [...checkGenerated(), ...(await runTasks(positionals))];
    const suites = readReports(root);
    console.log(formatSummary(suites, failed));
    if (failed.length > 0 || suites.length === 0) process.exitCode = 1;
  },
});

/** Before anything else, because turbo's tasks write the generated files and would hide a stale one. */
function checkGenerated(): string[] {
  const { status } = spawnSync(process.execPath, ["scripts/src/commands/generate.ts", "--check"], {
    cwd: root,
    stdio: "inherit",
  });
  return status === 0 ? [] : ["pnpm generate --check"];
}

/** Runs the tasks to their end. @returns Those that failed. */
async function runTasks(turboOptions: readonly string[]): Promise<readonly string[]> {
  const [program, ...args] = [
    ...turbo,
    "run",
    ...tasks,
    "--continue=dependencies-successful",
    "--log-order=grouped",
    "--output-logs=new-only",
    ...turboOptions,
  ];
  console.log(`Running ${tasks.join(", ")}: the first time takes minutes, and each task is named as it ends.`);
  const child = spawn(program!, args, { cwd: root, stdio: ["inherit", "pipe", "inherit"] });
  let last = performance.now();
  const print = (line: string): void => {
    last = performance.now();
    console.log(line);
  };
  const progress = createTaskProgress({ print, elapsed });
  // A task's lines come at once when it ends, so after a pause it has ended.
  const pause = setInterval(() => progress.flush(), 500);
  const heartbeat = setInterval(() => {
    if (performance.now() - last > 20_000) {
      print(`${elapsed().toFixed(0).padStart(5)} s  running, ${progress.ended} tasks have ended`);
    }
  }, 1_000);
  const ended = new Promise<number | null>((done) => {
    child.once("error", () => done(null));
    child.once("close", done);
  });
  for await (const line of createInterface({ input: child.stdout! })) progress.read(line);
  const status = await ended;
  clearInterval(pause);
  clearInterval(heartbeat);
  progress.flush();
  return status === 0 || progress.failed.length > 0 ? progress.failed : [`turbo run ${tasks.join(" ")}`];
}
