// pnpm spec:changeset [base] [--check]: the changeset of a spec change, written or checked.
import { createHash } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkChangesets } from "../changeset/check-changesets.ts";
import { pendingChangesets } from "../changeset/pending-changesets.ts";
import { planChangeset } from "../changeset/plan-changeset.ts";
import { writeEntry } from "../changeset/write-entry.ts";
import { SpecError } from "@image-variations/codegen/document";
import { CommandError, runCommand } from "@image-variations/command";
import { SourceError } from "@image-variations/spec-diff";
import { defaultBase, hasHistory, ourSpec, readSource, run } from "@image-variations/spec-diff/repository";

const root = fileURLToPath(new URL("../../../", import.meta.url));

await runCommand({
  help: `pnpm spec:changeset [base] [--check]

Writes the changeset that a change of ${ourSpec} asks for: the packages whose generated files follow from it, their
bump, and the entry for their changelogs. Run again after another edit, it replaces what it wrote before.

  base      what the spec is compared with: a git revision, a file, or a published version of @image-variations/spec.
            Default: where this branch left the base branch.
  --check   write nothing; fail where a changeset is missing or too low
`,
  userErrors: [SourceError, SpecError],
  options: { check: { type: "boolean" } },
  maximumPositionals: 1,
  async run({ values, positionals }) {
    if (values.check && positionals.length === 0 && !hasHistory(root)) {
      console.log("There is no git history here, so there is no spec change to check.");
      return;
    }
    const baseWord = positionals[0] ?? defaultBase(root);
    const [base, head] = await Promise.all([readSource(baseWord, "base", root), readSource(ourSpec, "head", root)]);
    const plan = await planChangeset(base, head, root);
    const isRevision = run("git", ["rev-parse", "--verify", "--quiet", `${baseWord}^{commit}`], root) !== undefined;
    const pending = pendingChangesets(root, isRevision ? baseWord : undefined);
    if (values.check) {
      const issues = checkChangesets(plan.packages, pending);
      if (issues.length > 0) {
        throw new CommandError(`${issues.join("\n")}\nRun \`pnpm spec:changeset\`, and commit what it writes.`);
      }
      console.log(
        plan.packages.length === 0
          ? "The spec asks for no changeset."
          : `The changesets cover the spec change (${plan.diff.bump}).`,
      );
      return;
    }
    const ours = pending.filter(({ path }) => /^spec-[0-9a-f]{8}\.md$/.test(basename(path)));
    if (plan.packages.length === 0) {
      for (const { path } of ours) rmSync(join(root, path));
      console.log("Nothing changed that has to be released, so there is no changeset to write.");
      return;
    }
    const text = writeEntry(plan);
    const path = `.changeset/spec-${createHash("sha256").update(text).digest("hex").slice(0, 8)}.md`;
    for (const old of ours) if (old.path !== path) rmSync(join(root, old.path));
    writeFileSync(join(root, path), text);
    console.log(`${path} (${plan.diff.bump} by the contract)\n\n${text}`);
  },
});
