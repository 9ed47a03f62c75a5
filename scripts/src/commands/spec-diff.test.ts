import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

const program = fileURLToPath(new URL("./spec-diff.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "spec-diff-"));
afterAll(() => rmSync(folder, { recursive: true }));

function specDiff(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, INIT_CWD: folder },
  });
  return { status, stdout, stderr };
}

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

const head = "openapi: 3.1.0\ninfo: { title: Trees, version: 1.0.0 }\n";

/** An API whose response contains itself, and a limit on what is asked for. */
function trees(maximum: number, version = "3.1.0"): string {
  return `openapi: ${version}
info: { title: Trees, version: 1.0.0 }
paths:
  /trees:
    get:
      parameters:
        - { name: depth, in: query, schema: { type: integer, maximum: ${maximum} } }
      responses:
        "200":
          description: Trees.
          content: { application/json: { schema: { $ref: "#/components/schemas/Tree" } } }
components:
  schemas:
    Tree:
      type: object
      properties:
        children: { type: array, items: { $ref: "#/components/schemas/Tree" } }
`;
}

const good = file("good.yaml", trees(10));

describe("what changed, and what it means", () => {
  const lower = file("lower.yaml", trees(4));

  it("for machines", () => {
    const { status, stdout } = specDiff(good, lower, "--json");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      bump: "major",
      opinions: { schema: "major", types: "none" },
      changes: [
        {
          direction: "request",
          pointer: "/paths/~1trees/get/parameters/0/schema/maximum",
          level: "major",
          reason: "Callers outside the new limit are rejected: maximum was 10 and is 4.",
          operations: ["GET /trees"],
        },
      ],
      disagreements: [{ operation: "GET /trees", direction: "request", schema: "major", types: "none" }],
    });
  });

  it("for people", () => {
    const { stdout } = specDiff(good, lower);
    expect(stdout).toContain("good.yaml → lower.yaml");
    expect(stdout).toContain("Bump: major (by schema: major, by types: none)");
    expect(stdout).toContain("The opinions differ on the request of GET /trees: by schema major, by types none.");
  });

  it("for a pull request", () => {
    const { stdout } = specDiff(good, lower, "--markdown");
    expect(stdout).toContain("### The contract: a major change");
    expect(stdout).toContain("| request | `/paths/~1trees/get/parameters/0/schema/maximum` | Callers outside");
  });

  it("nothing, in a document that contains itself", () => {
    expect(specDiff(good, good).stdout).toContain("Bump: none");
  });

  it("for another version of OpenAPI", () => {
    const { bump } = JSON.parse(specDiff(good, file("old.yaml", trees(10, "3.0.3")), "--json").stdout) as {
      bump: string;
    };
    expect(bump).toBe("none");
  });

  it("fails where it is asked to", () => {
    expect(specDiff(good, lower, "--fail-on", "major").status).toBe(1);
    expect(specDiff(lower, good, "--fail-on", "major").status).toBe(0);
  });
});

describe("input that can't be used is one sentence, and exit code 1:", () => {
  const refs = (schemas: string): string => `${trees(1)}    Extra:\n      ${schemas}\n`;
  it.each([
    ["no YAML", `${head}paths: [\n`, /^bad\.yaml:\d+:\d+: the spec is not valid YAML\. /],
    ["no OpenAPI", "a: 1\n", /^bad\.yaml:1:1: expected an OpenAPI 3\.0 or 3\.1 document, got openapi: undefined\.$/],
    ["an empty file", "", /^bad\.yaml:1:1: the spec is empty; it has to be an OpenAPI document\.$/],
    [
      "a $ref to nowhere",
      refs(`$ref: "#/components/schemas/Missing"`),
      /^bad\.yaml:19:13: \$ref "#\/components\/schemas\/Missing" leads nowhere\.$/,
    ],
    [
      "$refs in a circle",
      refs(`$ref: "#/components/schemas/Extra"`),
      /^bad\.yaml:19:13: \$ref .* leads only to other references, in a circle\.$/,
    ],
    [
      "50 MB",
      `${head}#${"x".repeat(50_000_000)}\n`,
      /^bad\.yaml:1:1: the spec has 50\.0 MB; at most 32\.0 MB are read\./,
    ],
  ])("%s", (_, text, message) => {
    const { status, stdout, stderr } = specDiff(good, file("bad.yaml", text));
    expect(stderr.trim()).toMatch(message);
    expect(stderr.trim()).not.toContain("\n");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  });

  it.each([
    ["nothing of that name", ["nowhere.yaml"], /^"nowhere\.yaml" is neither a file, a git revision, nor a published/],
    ["an unknown option", ["--verbose"], /^Unknown option '--verbose'; --help lists the options\.$/],
    ["an extra argument", ["a", "b", "c"], /^Unexpected "c": at most 2 arguments; --help lists them\.$/],
    ["an unknown level", ["--fail-on", "huge"], /^--fail-on takes none, patch, minor, major, got "huge"\.$/],
  ])("%s", (_, args, message) => {
    const { status, stderr } = specDiff(...args);
    expect(stderr.trim()).toMatch(message);
    expect(status).toBe(1);
  });
});

it("tells how it is used", () => {
  expect(specDiff("--help").stdout).toMatch(/^pnpm spec:diff \[base\] \[head\]/);
});
