// pnpm spec:diff [base] [head]: what changed between two states of the contract, and what it means for callers.
import { fileURLToPath } from "node:url";
import { createDiffCommand, defaultBase, ourSpec, readSource } from "@image-variations/spec-diff/repository";
import { runCommand } from "@image-variations/command";

const root = fileURLToPath(new URL("../../../", import.meta.url));

await runCommand(
  createDiffCommand({
    usage: "pnpm spec:diff [base] [head]",
    documents: `  base, head        a git revision, revision:path, a file, a URL, or a published version of @image-variations/spec.
                    Default: where this branch left the base branch, and the spec as it lies here.`,
    names: `  --names           count the names of schemas and placeholders, which only generated code knows, as part of the contract;
                    the default where both documents are states of our own contract, whose types are published`,
    async read([base, head], { remote }) {
      const pair = await Promise.all([
        readSource(base ?? defaultBase(root), "base", root, { remote }),
        readSource(head ?? ourSpec, "head", root, { remote }),
      ]);
      return { base: pair[0], head: pair[1], names: pair.every(({ ours }) => ours) };
    },
  }),
);
