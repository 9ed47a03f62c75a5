// pnpm spec:diff [base] [head]: what changed between two states of the contract, and what it means for callers.
import { fileURLToPath } from "node:url";
import {
  defaultBase,
  diffSpecs,
  type Level,
  levels,
  ourSpec,
  readSource,
  reportJson,
  reportMarkdown,
  reportText,
  SourceError,
} from "@image-variations/spec-diff";
import { SpecError } from "@image-variations/codegen/document";
import { CommandError, runCommand } from "@image-variations/command";

const root = fileURLToPath(new URL("../../../", import.meta.url));

await runCommand({
  help: `pnpm spec:diff [base] [head] [--json | --markdown] [--fail-on LEVEL] [--names | --no-names]

Says what changed between two OpenAPI 3.0 or 3.1 documents: each change with its direction, its place, its level
(major, minor, patch, none) and why, and the bump that follows.

  base, head        a git revision, revision:path, a file, a URL, or a published version of @image-variations/spec.
                    Default: where this branch left the base branch, and the spec as it lies here.
  --json            for machines: { bump, opinions, changes: [{ direction, pointer, level, reason, … }], … }
  --markdown        for a pull request
  --fail-on LEVEL   exit with 1 where the bump is LEVEL or higher
  --names           count the names of schemas and placeholders, which only generated code knows, as part of the contract;
                    the default where both documents are states of our own contract, whose types are published
`,
  userErrors: [SourceError, SpecError],
  options: {
    json: { type: "boolean" },
    markdown: { type: "boolean" },
    "fail-on": { type: "string" },
    names: { type: "boolean" },
  },
  allowNegative: true,
  maximumPositionals: 2,
  async run({ values, positionals }) {
    const limit = values["fail-on"] as Level | undefined;
    if (limit !== undefined && !levels.includes(limit)) {
      throw new CommandError(`--fail-on takes ${levels.join(", ")}, got ${JSON.stringify(limit)}.`);
    }
    const [base, head] = await Promise.all([
      readSource(positionals[0] ?? defaultBase(root), "base", root),
      readSource(positionals[1] ?? ourSpec, "head", root),
    ]);
    const names = (values.names as boolean | undefined) ?? (base.ours && head.ours);
    const diff = await diffSpecs(base, head, { names });
    const report = values.json ? reportJson : values.markdown ? reportMarkdown : reportText;
    process.stdout.write(report(diff));
    if (limit !== undefined && levels.indexOf(diff.bump) >= levels.indexOf(limit)) process.exitCode = 1;
  },
});
