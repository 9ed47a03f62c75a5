import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { parseSource } from "@image-variations/spec-diff";
import { parameterPath, replaceValue, valueAt } from "@image-variations/spec-diff/repository";
import { checkChangesets } from "./check-changesets.ts";
import { bumpFor } from "./bump-for.ts";
import { pendingChangesets } from "./pending-changesets.ts";
import { planChangeset, type ChangesetPlan } from "./plan-changeset.ts";
import { writeEntry } from "./write-entry.ts";

const repository = fileURLToPath(new URL("../../../", import.meta.url));
const text = readFileSync(join(repository, "specs/image-variations.yaml"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "changeset-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function planFor(change: (spec: string) => string): Promise<ChangesetPlan> {
  const changed = change(text);
  const [base, head] = [parseSource(text, "base.yaml", "base"), parseSource(changed, "head.yaml", "head")];
  return await planChangeset(base, head, repository);
}

function pending(name: string, content: string): ReturnType<typeof pendingChangesets> {
  const root = join(folder, name);
  mkdirSync(join(root, ".changeset"), { recursive: true });
  writeFileSync(join(root, ".changeset/a.md"), content);
  return pendingChangesets(root, undefined);
}

describe("the changeset of a spec change", () => {
  it("names the packages that follow from the contract, and says to users what changed", async () => {
    const n = parameterPath(text, "n");
    const { maximum } = valueAt(text, n) as { maximum: number };
    const plan = await planFor((spec) => replaceValue(spec, [...n, "maximum"], String(maximum - 1)));
    expect(plan.diff.bump).toBe("major");
    expect(plan.packages.map(({ name }) => name)).toEqual([
      "@image-variations/backends",
      "@image-variations/client",
      // The contract that `--base image-variations` stands for is inside.
      "@image-variations/codegen",
      "@image-variations/server",
      "@image-variations/spec",
      "@image-variations/validation",
      "image-variations",
    ]);
    const entry = writeEntry(plan);
    expect(entry).toMatch(/^---\n"@image-variations\/backends": \w+\n"@image-variations\/client": \w+\n/);
    expect(entry).toContain(
      `- **Breaking**, \`${n[2]}.n\`: Callers outside the new limit are rejected: maximum was ${maximum} and is ${maximum - 1}.`,
    );
  });

  it("is a patch where only words changed", async () => {
    const plan = await planFor((spec) => replaceValue(spec, [...parameterPath(text, "n"), "description"], "So many."));
    expect(plan.packages).toContainEqual({ name: "@image-variations/client", bump: "patch" });
    expect(writeEntry(plan)).toContain("nothing changes for callers");
  });

  it("is absent if nothing changed for anyone", async () => {
    expect((await planFor((spec) => `# a comment\n${spec}`)).packages).toEqual([]);
  });
});

describe("the check", () => {
  const needed = [{ name: "@image-variations/client", bump: "minor" as const }];

  it("finds a missing changeset", () => {
    const none = pending("none", `---\n"@image-variations/validation": major\n---\n\nOther.\n`);
    expect(checkChangesets(needed, none)).toEqual([
      "@image-variations/client needs a minor bump for this spec change, and no changeset gives it one.",
    ]);
  });

  it("finds one that is too low", () => {
    const low = pending("low", `---\n"@image-variations/client": patch\n---\n\nLess.\n`);
    expect(checkChangesets(needed, low)).toEqual([
      "@image-variations/client needs a minor bump for this spec change, and .changeset/a.md gives it a patch one.",
    ]);
  });

  it("is content with one that is enough, and with one that is more", () => {
    for (const bump of ["minor", "major"]) {
      const enough = pending(bump, `---\n"@image-variations/client": ${bump}\n---\n\nEnough.\n`);
      expect(checkChangesets(needed, enough)).toEqual([]);
    }
  });
});

it.each([
  ["major", "0.3.1", "minor"],
  ["minor", "0.3.1", "minor"],
  ["patch", "0.3.1", "patch"],
  ["major", "1.0.0", "major"],
] as const)("a %s change asks of version %s a %s bump", (level, version, bump) => {
  expect(bumpFor(level, version)).toBe(bump);
});
