import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { countTests } from "./count-tests.ts";

it("adds up what the suites report, and takes a file that broke before its first test for a failure", () => {
  const root = mkdtempSync(join(tmpdir(), "count-"));
  const report = (folder: string, task: string, content: object): void => {
    mkdirSync(join(root, folder, ".test-results"), { recursive: true });
    writeFileSync(join(root, folder, ".test-results", `${task}.json`), JSON.stringify(content));
  };
  const counts = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 2 };
  report("packages/a", "test", { ...counts, testResults: [{ status: "failed", assertionResults: [{}] }] });
  report("specs", "test", {
    numPassedTests: 0,
    numFailedTests: 0,
    numPendingTests: 0,
    testResults: [{ status: "failed", assertionResults: [] }],
  });
  try {
    expect(countTests(root)).toEqual([
      { suite: "packages/a test", passed: 3, failed: 1, skipped: 2 },
      { suite: "specs test", passed: 0, failed: 1, skipped: 0 },
    ]);
  } finally {
    rmSync(root, { recursive: true });
  }
});
