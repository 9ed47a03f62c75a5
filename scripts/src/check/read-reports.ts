import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** What one suite of one package reported. */
export interface SuiteReport {
  /** The package's folder and the task, such as `packages/client test`. */
  readonly suite: string;
  readonly passed: number;
  readonly failures: readonly FailedTest[];
  /** The full names of the tests that were skipped. */
  readonly skipped: readonly string[];
}

export interface FailedTest {
  /** The file's path from the root. */
  readonly file: string;
  /** The test's full name; empty if the file failed outside its tests. */
  readonly name: string;
  /** The first line of what went wrong. */
  readonly message: string;
}

/** The part of Vitest's JSON report that is read. */
interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages?: readonly string[] | null;
    }[];
  }[];
}

/** Where every suite leaves its report; see vitest.base.ts. */
export const reportPattern = "{specs,scripts,packages/*}/.test-results/*.json";

/** Reads every suite's report below `root`. A file that failed outside its tests, in a hook say, counts as one failure. */
export function readReports(root: string): SuiteReport[] {
  return globSync(reportPattern, { cwd: root })
    .toSorted()
    .map((path) => {
      const { testResults } = JSON.parse(readFileSync(join(root, path), "utf8")) as VitestReport;
      const tests = testResults.flatMap(({ name, assertionResults }) =>
        assertionResults.map((test) => ({ ...test, file: relative(root, name) })),
      );
      const failed = tests.filter(({ status }) => status === "failed");
      const broken = testResults.filter(
        ({ status, assertionResults }) =>
          status === "failed" && !assertionResults.some((test) => test.status === "failed"),
      );
      const task = /([^/\\]+)\.json$/.exec(path)![1]!;
      return {
        suite: `${dirname(dirname(path))} ${task}`,
        passed: tests.filter(({ status }) => status === "passed").length,
        failures: [
          ...failed.map(({ file, fullName, failureMessages }) => ({
            file,
            name: fullName,
            message: firstLine(failureMessages?.[0]),
          })),
          ...broken.map(({ name, message }) => ({ file: relative(root, name), name: "", message: firstLine(message) })),
        ],
        skipped: tests
          .filter(({ status }) => ["pending", "skipped", "todo"].includes(status))
          .map(({ fullName }) => fullName),
      };
    });
}

function firstLine(text = ""): string {
  return text.trim().split("\n", 1)[0]!.slice(0, 200);
}
