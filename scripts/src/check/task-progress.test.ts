import { expect, it } from "vitest";
import { createTaskProgress } from "./task-progress.ts";

it("tells of each task as it ends, and prints what a failed one printed", () => {
  const printed: string[] = [];
  const progress = createTaskProgress({ print: (line) => printed.push(line), elapsed: () => 12 });
  const lines = [
    "",
    "   • turbo 2.11.9",
    "//:generate: cache hit, suppressing logs 0f94620ca5649416",
    "@image-variations/a:typecheck: cache miss, executing 209cccc0d2f1dd45",
    "@image-variations/a:typecheck: src/a.ts(1,7): error TS2322",
    "@image-variations/a:typecheck: [ELIFECYCLE] Command failed with exit code 1.",
    "@image-variations/b:test: cache miss, executing cfa144c707dcde4f",
    "@image-variations/b:test: 3 passed",
    "",
    " Tasks:    2 successful, 3 total",
  ];
  for (const line of lines) progress.read(line);
  expect(progress.ended).toBe(2);
  progress.flush();
  expect(printed).toEqual([
    "   12 s  cached  //#generate",
    "   12 s  failed  @image-variations/a#typecheck",
    "         cache miss, executing 209cccc0d2f1dd45",
    "         src/a.ts(1,7): error TS2322",
    "         [ELIFECYCLE] Command failed with exit code 1.",
    "   12 s  passed  @image-variations/b#test",
  ]);
  expect([progress.ended, progress.failed]).toEqual([3, ["@image-variations/a#typecheck"]]);
});
