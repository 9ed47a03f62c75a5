import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

const program = fileURLToPath(new URL("./bin.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "spec-diff-bin-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(command: string, ...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr };
}

function specDiff(...args: readonly string[]): ReturnType<typeof run> {
  return run(process.execPath, program, ...args);
}

function write(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

const root = `openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
paths:
  /pets:
    $ref: paths/pets.yaml
`;
const pets = `get:
  parameters:
    - $ref: ../parameters.yaml#/limit
  responses:
    "200":
      description: Pets.
      content: { application/json: { schema: { $ref: ../schemas/pet.yaml } } }
`;
const limit = (maximum: number): string =>
  `limit: { name: limit, in: query, schema: { type: integer, maximum: ${maximum} } }\n`;
const pet = `type: object
properties:
  name: { type: string }
  parent: { $ref: pet.yaml }
`;

for (const [name, maximum] of [
  ["old", 10],
  ["new", 4],
] as const) {
  write(`${name}/openapi.yaml`, root);
  write(`${name}/paths/pets.yaml`, pets);
  write(`${name}/parameters.yaml`, limit(maximum));
  write(`${name}/schemas/pet.yaml`, pet);
}

describe("spec-diff", () => {
  it("compares documents in several files", () => {
    const { status, stdout } = specDiff("old/openapi.yaml", "new/openapi.yaml", "--json");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      bump: "major",
      changes: [
        {
          rule: "limit-tightened",
          reason: expect.stringContaining("maximum was 10 and is 4"),
          operations: ["GET /pets"],
        },
      ],
    });
  });

  it("writes a table for a pull request", () => {
    expect(specDiff("old/openapi.yaml", "new/openapi.yaml", "--markdown").stdout).toContain("| request |");
  });

  it("ends with 1 where the change is at or above --fail-on, and with 0 below", () => {
    expect(specDiff("old/openapi.yaml", "new/openapi.yaml", "--fail-on", "major").status).toBe(1);
    expect(specDiff("new/openapi.yaml", "old/openapi.yaml", "--fail-on", "major").status).toBe(0);
  });

  it("compares a file with what it was at a revision, with the files beside it", () => {
    const git = (...args: readonly string[]): void => {
      const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
      expect(run("git", ...identity, ...args)).toMatchObject({ status: 0 });
    };
    git("init", "--quiet", "--initial-branch=main");
    git("add", "--all");
    git("commit", "--quiet", "--message", "First");
    write("new/parameters.yaml", limit(3));
    for (const base of ["main", "HEAD:new/openapi.yaml"]) {
      expect(specDiff(base, "new/openapi.yaml").stdout).toContain("maximum was 4 and is 3");
    }
    write("new/parameters.yaml", limit(4));
  });

  it.for([
    { name: "one document", args: ["old/openapi.yaml"], said: /^Name two documents: spec-diff old\.yaml new\.yaml;/ },
    {
      name: "nothing of that name",
      args: ["none.yaml", "old/openapi.yaml"],
      said: /^"none\.yaml" is neither a file, a URL nor a git/,
    },
    { name: "a misspelt option", args: ["--jsno"], said: /^Unknown option '--jsno'; did you mean --json\?/ },
    {
      name: "two formats",
      args: ["a", "b", "--json", "--markdown"],
      said: /^--json and --markdown exclude each other/,
    },
    {
      name: "a file that is missing",
      args: ["lost.yaml", "old/openapi.yaml"],
      said: /^lost\.yaml:5:11: \$ref "paths\/lost\.yaml" can't be followed\. paths\/lost\.yaml can't be read: there is no such file\.$/,
    },
  ])("rejects $name with one sentence and exit code 2", ({ args, said }) => {
    write("lost.yaml", root.replace("pets.yaml", "lost.yaml"));
    const { status, stdout, stderr } = specDiff(...args);
    expect(stderr.trim()).toMatch(said);
    expect(stderr.trim()).not.toContain("\n");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  });

  it("tells how it is used", () => {
    expect(specDiff("--help")).toMatchObject({ status: 0, stdout: expect.stringMatching(/^spec-diff <base> <head> /) });
  });
});
