// pnpm spec:trial: whether the whole suite passes on edited specs, with no other edit.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { SourceError } from "@image-variations/spec-diff";
import { ourSpec, readFileOr } from "@image-variations/spec-diff/repository";
import { CommandError, runCommand } from "@image-variations/command";
import { parseSpec, SpecError } from "@image-variations/codegen/document";
import { copyWorkspace } from "../trial/copy-workspace.ts";
import { formatTrials } from "../trial/format-trials.ts";
import { runTrial, type TrialResult } from "../trial/run-trial.ts";
import { defaultEdits, specEdits, type SpecEdit } from "../trial/spec-edits.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

await runCommand({
  help: `pnpm spec:trial [spec …] [--edit NAME …] [--all] [--keep]

Copies the workspace, and for one edit of the spec after the other generates what follows from it and runs all that
\`npm test\` runs, with nothing else edited. Prints a table with times; ends with 1 if a suite fails.

  spec          edited specs to try in place of the edits below: files
  --edit NAME   try this edit; may be given several times
  --all         try every edit. Default: the first ${defaultEdits.length}
  --keep        leave the copy where it is; that of a trial that failed is always left

${specEdits.map(({ name, what }) => `  ${name.padEnd(24)}${what}`).join("\n")}
`,
  userErrors: [SourceError, SpecError],
  options: { edit: { type: "string", multiple: true }, all: { type: "boolean" }, keep: { type: "boolean" } },
  maximumPositionals: Number.POSITIVE_INFINITY,
  async run({ values, positionals }) {
    const edits = [
      ...positionals.map((file) => editOfFile(file)),
      ...editsNamed(values.edit as readonly string[] | undefined, positionals.length === 0, values.all === true),
    ];
    const text = readFileSync(join(root, ourSpec), "utf8");
    // An edit that can't be made is told before minutes are spent on others.
    const specs = edits.map(({ name, what, apply }) => ({ name, what, text: apply(text) }));
    for (const spec of specs) parseSpec(spec.text, spec.name);

    const folder = mkdtempSync(join(tmpdir(), "spec-trial-"));
    console.log(`${edits.length} edits, one after the other, in ${folder}`);
    const results: TrialResult[] = [];
    copyWorkspace(root, folder);
    for (const spec of specs) {
      console.log(`${spec.name}: ${spec.what}`);
      const onProgress = (seconds: number, passed: number): void =>
        console.log(`  ${seconds.toFixed(0)} s, ${passed} tests passed so far`);
      const result = await runTrial({ folder, ...spec, onProgress });
      console.log(`  ${result.ok ? "green" : "failed"} after ${result.seconds.toFixed(0)} s`);
      results.push(result);
    }
    process.stdout.write(`\n${formatTrials(results)}`);
    const ok = results.every((result) => result.ok);
    if (ok && !values.keep) rmSync(folder, { recursive: true, force: true });
    if (!ok) process.exitCode = 1;
  },
});

function editOfFile(file: string): SpecEdit {
  const path = resolve(process.env.INIT_CWD ?? process.cwd(), file);
  const edited = readFileOr(path, (code) => new CommandError(`${file} can't be read (${code}); name an edited spec.`));
  return { name: basename(file).replace(/\.ya?ml$/, ""), what: file, apply: () => edited };
}

function editsNamed(names: readonly string[] | undefined, orDefault: boolean, all: boolean): readonly SpecEdit[] {
  if (all) return specEdits;
  if (names === undefined) return orDefault ? defaultEdits : [];
  return names.map((name) => {
    const edit = specEdits.find((one) => one.name === name);
    if (edit) return edit;
    throw new CommandError(
      `There is no edit ${JSON.stringify(name)}; --edit takes ${specEdits.map((one) => one.name).join(", ")}.`,
    );
  });
}
