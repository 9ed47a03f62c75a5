// pnpm drifts: makes every drift of the list in a copy of the repository, and says which test catches it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "@image-variations/command";
import { copyWorkspace } from "@image-variations/testing/copy-repository";
import { drifts, type Drift } from "./drifts/drifts.ts";
import { runSuite } from "./drifts/run-suite.ts";
import { root } from "./repository/repository.ts";

/** Of a test's name, or of what a compiler says. */
const longest = 130;

function build(folder: string, place: string): void {
  const { status, stderr } = spawnSync(join(root, "node_modules/.bin/tsdown"), [], {
    cwd: join(folder, place),
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${place} can't be built: ${stderr}`);
}

/** @returns What caught it: the first failing test, and how many more there are. */
function tryDrift(folder: string, { path, from, to, suite, build: place }: Drift): string | undefined {
  const file = join(folder, path);
  const original = readFileSync(file, "utf8");
  const drifted = original.replace(from, () => to);
  if (drifted === original) throw new Error(`${path} has nothing like ${String(from)}: the drift can't be made.`);
  writeFileSync(file, drifted);
  try {
    if (place) build(folder, place);
    const [first, ...others] = runSuite(folder, suite);
    return first && `${first.slice(0, longest)}${others.length > 0 ? ` (and ${others.length} more)` : ""}`;
  } finally {
    writeFileSync(file, original);
    if (place) build(folder, place);
  }
}

await runCommand({
  help: `pnpm drifts

Makes every drift of the list in a copy of the repository, one after the other, and says which test catches it. Ends
with 1 if one is missed.
`,
  run() {
    const folder = mkdtempSync(join(tmpdir(), "drifts-"));
    try {
      copyWorkspace(folder);
      for (const suite of new Set(drifts.map((drift) => drift.suite))) {
        const failures = runSuite(folder, suite);
        if (failures.length > 0) throw new Error(`Without any drift, ${suite} fails already: ${failures.join("; ")}`);
      }
      let missed = 0;
      console.log("| Drift | In | Caught by | Namely |\n| --- | --- | --- | --- |");
      for (const drift of drifts) {
        const caught = tryDrift(folder, drift);
        if (!caught) missed += 1;
        const words = [drift.what, `\`${drift.path}\``, drift.suite, caught ?? "**missed**"];
        console.log(`| ${words.map((word) => word.replaceAll("|", "\\|")).join(" | ")} |`);
      }
      console.log(`\n${drifts.length} drifts tried, ${missed} missed.`);
      process.exitCode = missed > 0 ? 1 : 0;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
});
