import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root } from "../repository/repository.ts";
import { suites, type Suite } from "./drifts.ts";

interface VitestReport {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** What a suite has against the copy of the repository: the tests that fail, or else what its program says. */
export function runSuite(folder: string, suite: Suite): string[] {
  const { folder: place, command } = suites[suite];
  const report = join(folder, "report.json");
  const isVitest = command[0].endsWith("vitest");
  const words = isVitest ? [...command, "--reporter=json", `--outputFile.json=${report}`] : command;
  const [program, ...parameters] = words;
  rmSync(report, { force: true });
  const { status, stdout, stderr } = spawnSync(program!, parameters, {
    cwd: join(folder, place),
    encoding: "utf8",
    env: { ...process.env, PATH: `${join(root, "node_modules/.bin")}:${process.env["PATH"]}`, FORCE_COLOR: "0" },
  });
  if (status === 0) return [];
  if (!existsSync(report)) return [firstWords(stdout) || firstWords(stderr) || `exit code ${status}`];
  const { testResults } = JSON.parse(readFileSync(report, "utf8")) as VitestReport;
  const failed = testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter((result) => result.status === "failed").map(({ fullName }) => fullName.trim()),
  );
  return failed.length > 0 ? failed : [`exit code ${status}`];
}

function firstWords(output: string): string | undefined {
  return stripVTControlCharacters(output)
    .split("\n")
    .map((line) => line.trim())
    .find((line) => /error|stale|differ/i.test(line));
}
