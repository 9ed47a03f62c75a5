import { describe, expect, test } from "vitest";
import { listFiles, readText } from "../repository/repository.ts";
import { manifests, programs } from "./list-commands.ts";

describe("a command whose reader is gone ends quietly", () => {
  test("the list of commands is not empty", () => {
    expect(programs).toEqual(
      expect.arrayContaining(["scripts/src/commands/check.ts", "scripts/src/commands/spec-diff.ts"]),
    );
  });

  test.for(programs)("%s prints nothing before runCommand or endQuietlyWithReader is called", (path) => {
    const text = readText(path);
    const [, first] = /^(?:(?:import [^;]+;|\/\/.*)\s*)+(.*)/m.exec(text) ?? [];
    if (first === "endQuietlyWithReader();") return;
    expect(text).toMatch(/^await runCommand\(/m);
    expect(text.slice(0, text.search(/^await runCommand/m))).not.toMatch(/^(?:console|process\.std)/m);
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
