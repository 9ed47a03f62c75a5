import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Registry } from "./start-registry.ts";
import { runProgram } from "@image-variations/testing/run-program";

/** The packages that follow from the contract, which consumers install. */
export const published = ["client", "validation", "spec"] as const;

/** A copy of the repository from which releases are made. */
export interface ScratchRepository {
  readonly folder: string;
  readonly registry: Registry;
}

/** Runs a script of the scratch copy's own root, as the release workflow does. */
export async function runScript({ folder, registry }: ScratchRepository, ...args: readonly string[]): Promise<string> {
  const env = { ...registry.env, CI: "true" };
  const { stdout, stderr } = await runProgram("node", ["scripts/pnpm.mjs", ...args], { cwd: folder, env });
  return stdout + stderr;
}

/** Changes the spec, and lets everything follow: generated files, changeset. */
export async function changeSpec(scratch: ScratchRepository, change: (text: string) => string): Promise<string> {
  const path = join(scratch.folder, "specs/image-variations.yaml");
  const text = readFileSync(path, "utf8");
  const changed = change(text);
  if (changed === text) throw new Error("The rehearsal's edit of the spec found nothing to edit.");
  writeFileSync(path, changed);
  await runScript(scratch, "run", "generate");
  await runScript(scratch, "run", "spec:changeset", "HEAD");
  return await runScript(scratch, "run", "spec:changeset", "HEAD", "--check");
}

/** Runs git in a folder, as an author that it need not be told. */
export async function git(folder: string, ...args: readonly string[]): Promise<void> {
  const identity = ["-c", "user.name=Rehearsal", "-c", "user.email=rehearsal@example.com"];
  await runProgram("git", [...identity, ...args], { cwd: folder });
}

/** The author of tags in the scratch copy, in which git has no user. */
const identity = { GIT_COMMITTER_NAME: "Rehearsal", GIT_COMMITTER_EMAIL: "rehearsal@example.com" };

/** Versions, packs, publishes and tags, as the release workflow does. @returns The versions that are published now. */
export async function release(scratch: ScratchRepository, message: string): Promise<Record<string, string>> {
  const { folder: cwd, registry } = scratch;
  await git(cwd, "add", "--all");
  await git(cwd, "commit", "--quiet", "--allow-empty", "--message", message);
  await runScript(scratch, "run", "release:version");
  await git(cwd, "add", "--all");
  await git(cwd, "commit", "--quiet", "--allow-empty", "--message", `Release: ${message}`);
  const tarballs = join(scratch.folder, "node_modules/.release");
  rmSync(tarballs, { recursive: true, force: true });
  // What npm would reject and the registry of the rehearsal accepts ends it here.
  await runScript(scratch, "run", "release:pack", tarballs);
  // Not by the bootstrap, which keeps npm's settings from pnpm and so from the npm that this calls.
  await runProgram("node", ["scripts/src/commands/release-publish.ts", tarballs], { cwd, env: registry.env });
  const env = { ...process.env, ...identity };
  await runProgram("node", ["scripts/src/commands/release-tag.ts", tarballs], { cwd, env });
  return versionsIn(scratch.folder);
}

function versionsIn(folder: string): Record<string, string> {
  const folders = { client: "packages/client", validation: "packages/validation", spec: "specs" };
  return Object.fromEntries(
    Object.entries(folders).map(([name, path]) => {
      const { version } = JSON.parse(readFileSync(join(folder, path, "package.json"), "utf8")) as { version: string };
      return [name, version];
    }),
  );
}
