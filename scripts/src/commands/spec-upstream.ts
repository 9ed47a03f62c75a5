// pnpm spec:upstream <document>: how the official contract of the operation differs from ours.
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { reportJson, reportMarkdown, reportText, SourceError } from "@image-variations/spec-diff";
import {
  compareUpstream,
  ourSpec,
  readKnownDifferences,
  readSource,
  sliceText,
} from "@image-variations/spec-diff/repository";
import { SpecError } from "@image-variations/codegen/document";
import { CommandError, runCommand } from "@image-variations/command";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const knownDifferencesFolder = fileURLToPath(new URL("../../../specs/known-differences/", import.meta.url));

await runCommand({
  help: `pnpm spec:upstream <document> [--json | --markdown] [--known] [--descriptions] [--write FILE] [--fail]

Cuts POST /images/variations out of the official OpenAPI document, with all that it refers to, and says what would
change for our callers if our contract followed it. Those that are listed in specs/known-differences/ are not reported again.

  document       a file, a URL, or revision:path
  --known          list the known differences, with their dates and reasons
  --descriptions   list differences in descriptions too
  --write FILE   write the slice that was cut out, as YAML, to look at what changes in it
  --fail         exit with 1 if a difference is not listed
`,
  userErrors: [SourceError, SpecError],
  options: {
    json: { type: "boolean" },
    markdown: { type: "boolean" },
    known: { type: "boolean" },
    descriptions: { type: "boolean" },
    write: { type: "string" },
    fail: { type: "boolean" },
  },
  maximumPositionals: 1,
  async run({ values, positionals }) {
    const [word] = positionals;
    if (word === undefined) {
      throw new CommandError(
        "Name the official OpenAPI document: pnpm spec:upstream <file or URL>; --help tells more.",
      );
    }
    const [ours, official] = await Promise.all([readSource(ourSpec, "base", root), readSource(word, "head", root)]);
    const { diff, knownDifferences, outdated, descriptions } = await compareUpstream(
      ours,
      official,
      readKnownDifferences(knownDifferencesFolder),
    );
    if (typeof values.write === "string") writeFileSync(resolve(root, values.write), sliceText(official));
    const told = values.descriptions ? { ...diff, changes: [...diff.changes, ...descriptions] } : diff;
    if (values.json) process.stdout.write(reportJson(told, { knownDifferences, outdated }));
    else {
      process.stdout.write(values.markdown ? reportMarkdown(told) : reportText(told));
      console.log(
        `\n${knownDifferences.length} differences are known, ${descriptions.length} are only in descriptions.`,
      );
      for (const { change, knownDifference } of values.known ? knownDifferences : []) {
        console.log(`  ${knownDifference.date} ${change.pointer}: ${knownDifference.reason.trim()}`);
      }
      for (const { file, pointer } of outdated)
        console.log(`No difference any longer, take it off ${file}: ${pointer}`);
    }
    if (values.fail && (diff.changes.length > 0 || outdated.length > 0)) process.exitCode = 1;
  },
});
