import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commands } from "../application.ts";
import { contractParameter } from "../settings/contract-flags.ts";
import { runFake } from "../testing/fake-context.ts";
import { program } from "../testing/run-in-terminal.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { shells } from "./shells.ts";

async function propose(...words: readonly string[]): Promise<{ proposals: string[]; directive: string }> {
  const { code, stdout } = await runFake(["complete", "--", ...words]);
  expect(code).toBe(0);
  const lines = stdout.trimEnd().split("\n");
  return { proposals: lines.slice(0, -1).map((line) => line.split("\t")[0]!), directive: lines.at(-1)! };
}

test("completes verbs, and files beside them", async () => {
  const { proposals, directive } = await propose("");
  expect(proposals).toEqual(Object.keys(commands));
  expect(directive).toBe(":0");
  expect((await propose("sp")).proposals).toEqual(["spec"]);
});

test("completes options as they are typed, those of the default verb included", async () => {
  expect((await propose("--backend-")).proposals).toEqual(["--backend-option"]);
  expect((await propose("create", "--api")).proposals).toEqual(["--api-key"]);
  expect((await propose("spec", "--j")).proposals).toEqual(["--json"]);
});

test("completes the values that the contract has", async () => {
  const { allowed } = contractParameter("size") as { allowed?: readonly string[] };
  const { proposals, directive } = await propose("create", "--size", "");
  expect(proposals).toEqual(allowed);
  expect(directive).toBe(":4");
  expect((await propose("create", "--backend", "com")).proposals).toEqual(["comfyui"]);
});

test("completes what a queue and its store can be", async () => {
  for (const verb of ["serve", "worker"]) {
    expect((await propose(verb, "--qu")).proposals).toEqual(["--queue"]);
    expect((await propose(verb, "--store", "")).proposals).toEqual(["memory", "directory", "s3", "s3://"]);
    expect((await propose(verb, "--store", "s3")).proposals).toEqual(["s3", "s3://"]);
  }
  expect((await propose("worker", "--backend", "com")).proposals).toEqual(["comfyui"]);
});

test("an image is completed as a file", async () => {
  expect(await propose("create", "ot")).toEqual({ proposals: [], directive: ":0" });
});

test.for(shells)("prints a script for %s that asks this command", async (shell) => {
  const { code, stdout, stderr } = await runFake(["complete", shell]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/image-variations complete '?--/);
});

test("another shell is a usage error", async () => {
  const { code, stderr } = await runFake(["complete", "tcsh"]);
  expect(stderr).toContain('must be one of bash, zsh, fish, powershell; got "tcsh".');
  expect(code).toBe(2);
});

test.skipIf(spawnSync("bash", ["--version"]).status !== 0)("bash completes a verb with the script", async () => {
  const folder = temporaryFolder();
  const { stdout } = await runFake(["complete", "bash"]);
  // What the package bash-completion brings, as far as the script needs it.
  const helper =
    '_get_comp_words_by_ref() { words=("${COMP_WORDS[@]}"); cword=$COMP_CWORD; cur="${words[$cword]}"; }\n';
  const run = `image-variations() { "${process.execPath}" "${program}" "$@"; }\ncompopt() { :; }\n`;
  const ask =
    'COMP_WORDS=(image-variations sp); COMP_CWORD=1\n__image_variations_complete\nprintf "%s\\n" "${COMPREPLY[@]}"\n';
  writeFileSync(join(folder, "ask.bash"), helper + run + stdout + ask);
  const asked = spawnSync("bash", [join(folder, "ask.bash")], { encoding: "utf8" });
  expect(asked.stderr).toBe("");
  expect(asked.stdout).toBe("spec\n");
});
