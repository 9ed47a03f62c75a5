import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What one suite of one package came to. */
export interface SuiteCount {
  /** The package's folder and the task, such as `packages/client test`. */
  readonly suite: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The part of Vitest's JSON report that is counted. */
interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

/** Where every suite leaves its report; see vitest.base.ts. */
export const reportPattern = "{specs,scripts,packages/*}/.test-results/*.json";

/** Reads every suite's report below `root`. A file that failed before its first test counts as one failure. */
export function countTests(root: string): SuiteCount[] {
  return globSync(reportPattern, { cwd: root })
    .toSorted()
    .map((path) => {
      const report = JSON.parse(readFileSync(join(root, path), "utf8")) as VitestReport;
      const broken = report.testResults.filter(
        ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
      );
      const task = /([^/\\]+)\.json$/.exec(path)![1]!;
      return {
        suite: `${dirname(dirname(path))} ${task}`,
        passed: report.numPassedTests,
        failed: report.numFailedTests + broken.length,
        skipped: report.numPendingTests,
      };
    });
}
