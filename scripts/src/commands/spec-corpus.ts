// pnpm spec:corpus <folder>…: spec-diff over every document of other people's repositories.
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { CommandError, runCommand } from "@image-variations/command";
import { compareCorpus } from "../corpus/compare-corpus.ts";

await runCommand({
  help: `pnpm spec:corpus <folder>… [--rejected]

Compares every OpenAPI 3.0 and 3.1 document below each folder with itself and with its neighbour in the same folder, in
both directions. Prints how many, and ends with 1 if one of them crashes, or if a document differs from itself. A document
that is rejected in a sentence, as those are that were made to be invalid, is counted apart.

Meant for checkouts of the repositories of oasdiff (oasdiff/oasdiff) and openapi-diff (OpenAPITools/openapi-diff).

  --rejected   print the sentences, too
`,
  options: { rejected: { type: "boolean" } },
  maximumPositionals: 20,
  async run({ values, positionals }) {
    if (positionals.length === 0) throw new CommandError("Name folders with documents: pnpm spec:corpus ../oasdiff.");
    for (const folder of positionals) {
      const path = resolve(process.env.INIT_CWD ?? process.cwd(), folder);
      if (!statSync(path, { throwIfNoEntry: false })?.isDirectory())
        throw new CommandError(`${folder} is not a folder.`);
      const { documents, read, comparisons, bumps, rejected, crashes, slowest } = await compareCorpus(path);
      const levels = Object.entries(bumps).map(([level, count]) => `${count} ${level}`);
      console.log(`${folder}: ${documents} documents, ${read} read, ${rejected.length} rejected in a sentence`);
      console.log(`  ${comparisons} comparisons: ${levels.join(", ")}`);
      console.log(`  the longest took ${slowest.seconds.toFixed(1)} s: ${slowest.pair}`);
      console.log(`  crashes: ${crashes.length}`);
      for (const sentence of values.rejected === true ? rejected : []) console.log(`  rejected: ${sentence}`);
      for (const crash of crashes) console.error(crash);
      if (crashes.length > 0) process.exitCode = 1;
    }
  },
});
