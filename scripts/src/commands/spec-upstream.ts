// pnpm spec:upstream <document>: how the official contract of the operation differs from ours.
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import {
  compareUpstream,
  ourSpec,
  readDepartures,
  readSource,
  reportJson,
  reportMarkdown,
  reportText,
  sliceText,
  SourceError,
} from "@image-variations/spec-diff";
import { SpecError } from "@image-variations/codegen/document";
import { CommandError, runCommand } from "@image-variations/command";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const departuresFolder = fileURLToPath(new URL("../../../specs/known-differences/", import.meta.url));

await runCommand({
  help: `pnpm spec:upstream <document> [--json | --markdown] [--departures] [--words] [--write FILE] [--fail]

Cuts POST /images/variations out of the official OpenAPI document, with all that it refers to, and says what would
change for our callers if our contract followed it. Departures that are listed in specs/known-differences/ are not told again.

  document       a file, a URL, or revision:path
  --departures   list the known departures, with their dates and reasons
  --words        list differences in words for people too
  --write FILE   write the slice that was cut out, as YAML, to look at what changes in it
  --fail         exit with 1 where there is a difference that is not listed
`,
  userErrors: [SourceError, SpecError],
  options: {
    json: { type: "boolean" },
    markdown: { type: "boolean" },
    departures: { type: "boolean" },
    words: { type: "boolean" },
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
    const { diff, departures, outdated, words } = await compareUpstream(
      ours,
      official,
      readDepartures(departuresFolder),
    );
    if (typeof values.write === "string") writeFileSync(resolve(root, values.write), sliceText(official));
    const told = values.words ? { ...diff, changes: [...diff.changes, ...words] } : diff;
    if (values.json) process.stdout.write(reportJson(told, { departures, outdated }));
    else {
      process.stdout.write(values.markdown ? reportMarkdown(told) : reportText(told));
      console.log(`\n${departures.length} differences are listed departures, ${words.length} are only words.`);
      for (const { change, departure } of values.departures ? departures : []) {
        console.log(`  ${departure.date} ${change.pointer}: ${departure.reason.trim()}`);
      }
      for (const { file, pointer } of outdated) console.log(`No difference any more, take it off ${file}: ${pointer}`);
    }
    if (values.fail && (diff.changes.length > 0 || outdated.length > 0)) process.exitCode = 1;
  },
});
