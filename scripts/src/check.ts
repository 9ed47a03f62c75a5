// npm test: everything that has to hold before a change lands, and the count of all tests at the end.
import { spawnSync } from "node:child_process";
import { globSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { countTests, reportPattern } from "./check/count-tests.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
// What needs more than npm brings (browsers, a C library), or much time, is for CI: `pnpm matrix`, `pnpm release:rehearse`.
const tasks = [
  "lint",
  "typecheck",
  "test",
  "contract",
  ...(process.env["CI"] === "true" ? ["matrix", "rehearse"] : []),
];

// Reports of an earlier run would be counted again; turbo brings back those of the tasks that it finds in its cache.
for (const report of globSync(reportPattern, { cwd: root })) rmSync(join(root, report));

const steps: readonly (readonly string[])[] = [
  // Before anything else, because turbo's tasks write the generated files anew and would hide a stale one.
  ["node", "scripts/src/generate.ts", "--check"],
  [
    "turbo",
    "run",
    ...tasks,
    "--continue=dependencies-successful",
    "--output-logs=errors-only",
    ...process.argv.slice(2),
  ],
];
const failed = steps.filter(([program, ...args]) => {
  const { status } = spawnSync(program!, args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
  return status !== 0;
});

const suites = countTests(root);
const sum = (key: "passed" | "failed" | "skipped"): number => suites.reduce((total, suite) => total + suite[key], 0);
const width = Math.max(0, ...suites.map(({ suite }) => suite.length));
console.log();
for (const { suite, ...count } of suites) {
  const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : "";
  console.log(`${suite.padEnd(width)}  ${count.passed} passed, ${count.failed} failed${skipped}`);
}
for (const step of failed) console.log(`\nFailed: ${step.join(" ")}`);
console.log(`\n${sum("passed")} passed, ${sum("failed")} failed`);
if (failed.length > 0 || suites.length === 0) process.exitCode = 1;
