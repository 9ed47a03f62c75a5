import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { formatSummary } from "./format-summary.ts";
import { readReports } from "./read-reports.ts";

it("adds up what the suites report, names what failed last, and explains what was skipped", () => {
  const root = mkdtempSync(join(tmpdir(), "reports-"));
  const report = (folder: string, task: string, testResults: readonly object[]): void => {
    mkdirSync(join(root, folder, ".test-results"), { recursive: true });
    writeFileSync(join(root, folder, ".test-results", `${task}.json`), JSON.stringify({ testResults }));
  };
  report("packages/a", "test", [
    {
      name: join(root, "packages/a/src/otter.test.ts"),
      status: "failed",
      assertionResults: [
        { status: "passed", fullName: "swims" },
        { status: "failed", fullName: "dives", failureMessages: ["AssertionError: expected 1 to be 2\n    at otter"] },
        { status: "pending", fullName: "sleeps" },
      ],
    },
  ]);
  report("specs", "test", [
    {
      name: join(root, "specs/src/index.test.ts"),
      status: "failed",
      message: "SyntaxError: no\nat 1",
      assertionResults: [],
    },
  ]);
  report("specs", "lint", [
    {
      name: join(root, "specs/src/hook.test.ts"),
      status: "failed",
      message: "Hook timed out",
      assertionResults: [{ status: "skipped", fullName: "is never run" }],
    },
  ]);
  try {
    const suites = readReports(root);
    expect(suites).toEqual([
      {
        suite: "packages/a test",
        passed: 1,
        failures: [
          { file: "packages/a/src/otter.test.ts", name: "dives", message: "AssertionError: expected 1 to be 2" },
        ],
        skipped: ["sleeps"],
      },
      {
        suite: "specs lint",
        passed: 0,
        failures: [{ file: "specs/src/hook.test.ts", name: "", message: "Hook timed out" }],
        skipped: ["is never run"],
      },
      {
        suite: "specs test",
        passed: 0,
        failures: [{ file: "specs/src/index.test.ts", name: "", message: "SyntaxError: no" }],
        skipped: [],
      },
    ]);
    expect(formatSummary(suites, ["@image-variations/a#test"])).toBe(
      [
        "",
        "packages/a test  1 passed, 1 failed, 1 skipped",
        "specs lint       0 passed, 1 failed, 1 skipped",
        "specs test       0 passed, 1 failed",
        "",
        "Skipped:",
        "  packages/a test: sleeps",
        "  specs lint: is never run",
        "",
        "Failed tasks: @image-variations/a#test",
        "",
        "Failed:",
        "  packages/a/src/otter.test.ts: dives",
        "    AssertionError: expected 1 to be 2",
        "  specs/src/hook.test.ts",
        "    Hook timed out",
        "  specs/src/index.test.ts",
        "    SyntaxError: no",
        "",
        "1 passed, 3 failed",
      ].join("\n"),
    );
  } finally {
    rmSync(root, { recursive: true });
  }
});
