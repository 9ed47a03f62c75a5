import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyRepository } from "@image-variations/testing/copy-repository";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listFiles, readText } from "../repository/repository.ts";
import { planTasks, type PlannedTask } from "./plan-tasks.ts";

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const manifests = listFiles("{specs,scripts,packages/*}/package.json").map(
  (path) => JSON.parse(readText(path)) as Manifest,
);

/** A package with everything that depends on it, directly or not. */
function withDependents(name: string): string[] {
  const found = new Set([name]);
  for (const member of found) {
    for (const { name: candidate, dependencies, devDependencies } of manifests) {
      if (member in { ...dependencies, ...devDependencies }) found.add(candidate);
    }
  }
  return [...found];
}

let folder: string;
let before: PlannedTask[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "turbo-"));
  copyRepository(folder);
  before = await planTasks(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The tasks whose result turbo would no longer take from its cache after a change to a file. */
async function invalidatedBy(path: string): Promise<string[]> {
  const known = new Set(before.map(({ hash }) => hash));
  const file = join(folder, path);
  const original = readText(path);
  appendFileSync(file, path.endsWith(".ts") ? "// changed\n" : "\n# changed\n");
  const changed = (await planTasks(folder)).filter(({ hash }) => !known.has(hash)).map(({ taskId }) => taskId);
  rmSync(file);
  appendFileSync(file, original);
  return changed.toSorted();
}

/** The tasks of some packages, by what they do. */
function tasksOf(packages: readonly string[], ...names: readonly string[]): string[] {
  return before
    .map(({ taskId }) => taskId)
    .filter((taskId) => packages.includes(taskId.split("#")[0]!) && names.includes(taskId.split("#")[1]!));
}

/** What looks at every file there is: how it is written, and whether what it says is so. */
const readers = ["//#lint", "@image-variations/drift-tests#test"];
const all = manifests.map(({ name }) => name);

test("without .git and without a change, every task keeps its hash", async () => {
  expect(await planTasks(folder)).toEqual(before);
});

test("a change to the spec touches what follows from it: everything but what knows nothing of it", async () => {
  const following = all.filter((name) => !/(png-corpus|target-imitations|testing)$/.test(name));
  const expected = [
    "//#generate",
    "//#typecheck",
    ...readers,
    "@image-variations/spec#lint",
    ...tasksOf(following, "build", "typecheck", "test", "contract").filter(
      // What the generator itself is made of is known before anything is generated.
      (task) => !/(command#test|codegen#build|spec-diff#build)$/.test(task),
    ),
  ];
  expect(await invalidatedBy("specs/image-variations.yaml")).toEqual([...new Set(expected)].toSorted());
});

test.for([
  // Its first program is run with the packed packages.
  { path: "README.md", others: ["@image-variations/consumer-tests#contract"] },
  { path: "packages/client/README.md", others: [] },
  { path: "docs/spec-extensions.md", others: [] },
])(
  "a change to $path touches only what reads it: nothing is built, compiled or tested again",
  async ({ path, others }) => {
    expect(await invalidatedBy(path)).toEqual([...readers, ...others].toSorted());
  },
);

describe("a change to one package touches it and what depends on it:", () => {
  test.for([
    // What codegen writes is compiled with the built packages.
    {
      name: "@image-variations/client",
      path: "packages/client/src/images.ts",
      others: ["@image-variations/codegen#test"],
    },
    {
      name: "@image-variations/validation",
      path: "packages/validation/src/issue.ts",
      others: ["@image-variations/codegen#test"],
    },
    { name: "@image-variations/spec", path: "specs/src/index.ts", others: [] },
  ])("$name", async ({ name, path, others }) => {
    const touched = tasksOf(withDependents(name), "build", "typecheck", "test", "contract");
    expect(await invalidatedBy(path)).toEqual([...new Set([...readers, ...touched, ...others])].toSorted());
  });

  test("tests of a package touch no other", async () => {
    const path = "packages/client/src/create-client.test.ts";
    expect(await invalidatedBy(path)).toEqual(
      [...readers, ...tasksOf(["@image-variations/client"], "test", "typecheck")].toSorted(),
    );
  });
});
