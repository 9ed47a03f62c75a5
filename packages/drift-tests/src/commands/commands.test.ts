import { describe, expect, test } from "vitest";
import { listFiles, readText } from "../repository/repository.ts";
import { manifests, programs } from "./list-commands.ts";

describe("a command whose reader is gone ends quietly", () => {
  test("of which there are some", () => {
    expect(programs).toEqual(expect.arrayContaining(["scripts/src/check.ts", "scripts/src/spec-diff.ts"]));
  });

  test.for(programs)("%s sees to it before anything is printed", (path) => {
    const [, first] = /^(?:import [^;]+;\s*)+(?:\/\/.*\n)*(.*)/m.exec(readText(path)) ?? [];
    expect(first).toBe("endQuietlyWithReader();");
  });
});

describe("works without pnpm on the PATH:", () => {
  const words = Object.entries(manifests.find(({ folder }) => folder === ".")!.scripts);

  test.for(words)("npm run %s", ([, script]) => {
    // Turbo needs pnpm on the PATH, which scripts/pnpm.mjs sees to.
    expect(script).not.toMatch(/(?:^|&& )(?:turbo|pnpm)\b/);
  });

  test("what commands run themselves", () => {
    const sources = listFiles("{scripts,packages/*}/src/**/*.ts").filter((path) => !path.endsWith(".test.ts"));
    const spawning = sources.filter((path) => /spawn|execFile|runProgram/.test(readText(path)));
    expect(spawning.filter((path) => /(?<!"exec", |"exec",\s+)["'](?:turbo|pnpm)["'],/.test(readText(path)))).toEqual(
      [],
    );
  });
});
