import { spawn } from "node:child_process";
import { createWriteStream, globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { finished } from "node:stream/promises";
import { ourSpec } from "@image-variations/spec-diff/repository";
import { trialEnvironment } from "./copy-workspace.ts";

/** What became of one edit. */
export interface TrialResult {
  readonly name: string;
  readonly what: string;
  readonly ok: boolean;
  readonly passed: number;
  readonly failed: number;
  readonly seconds: number;
  /** The full names of the tests that failed, and the tasks. */
  readonly failures: readonly string[];
  /** Where everything is that the suite printed. */
  readonly log: string;
}

export interface Trial {
  /** The copy of the workspace. */
  readonly folder: string;
  readonly name: string;
  readonly what: string;
  /** The edited spec. */
  readonly text: string;
  /** Called now and then while the suite runs. */
  readonly onProgress: (seconds: number, passed: number) => void;
}

/** Where every suite leaves its report; see vitest.base.ts. */
const reportPattern = "{specs,scripts,packages/*}/.test-results/*.json";

const steps = [
  ["scripts/src/commands/generate.ts"],
  // By the bootstrap, because turbo wants a pnpm that it can find.
  ["scripts/pnpm.mjs", "run", "check"],
];

/** Writes an edited spec into the copy, generates what follows from it, and runs all that `npm test` runs. */
export async function runTrial({ folder, name, what, text, onProgress }: Trial): Promise<TrialResult> {
  const start = performance.now();
  const seconds = (): number => (performance.now() - start) / 1_000;
  const log = join(folder, `${name}.trial.log`);
  const output = createWriteStream(log);
  writeFileSync(join(folder, ourSpec), text);
  for (const report of globSync(reportPattern, { cwd: folder })) rmSync(join(folder, report));
  const timer = setInterval(() => onProgress(seconds(), countPassed(folder)), 30_000);
  let ok = true;
  for (const words of steps) ok &&= (await runStep(folder, words, output)) === 0;
  clearInterval(timer);
  output.end();
  await finished(output);
  const tests = failedTests(folder);
  return {
    name,
    what,
    ok: ok && tests.length === 0,
    passed: countPassed(folder),
    failed: tests.length,
    seconds: seconds(),
    failures: [...tests, ...(ok ? [] : failedTasks(log))],
    log,
  };
}

function runStep(cwd: string, words: readonly string[], output: NodeJS.WritableStream): Promise<number | null> {
  return new Promise((done) => {
    const child = spawn(process.execPath, words, { cwd, env: trialEnvironment(), stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.pipe(output, { end: false });
    child.stderr.pipe(output, { end: false });
    child.on("close", (code) => done(code));
  });
}

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** Every file of tests that was run in the copy, as vitest.base.ts has them reported. */
function readFiles(folder: string): VitestReport["testResults"] {
  return globSync(reportPattern, { cwd: folder }).flatMap(
    (path) => (JSON.parse(readFileSync(join(folder, path), "utf8")) as VitestReport).testResults,
  );
}

function countPassed(folder: string): number {
  return readFiles(folder)
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === "passed").length;
}

/** The tests that failed by file and full name, and the files that failed outside their tests. */
function failedTests(folder: string): string[] {
  return readFiles(folder).flatMap(({ name, status, assertionResults }) => {
    const file = relative(folder, name);
    const failed = assertionResults.filter((result) => result.status === "failed");
    if (failed.length > 0) return failed.map(({ fullName }) => `${file}: ${fullName.trim()}`);
    return status === "failed" ? [file] : [];
  });
}

/** Tasks that are not a suite of tests, such as lint and typecheck, are told by turbo alone. */
function failedTasks(log: string): string[] {
  const line = /^Failed: +(?<tasks>.+)$/m.exec(readFileSync(log, "utf8"))?.groups?.tasks ?? "";
  return line.split(", ").filter((task) => /#(?!test|contract|matrix)\w/.test(task));
}
