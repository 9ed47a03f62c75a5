import { cpSync, existsSync } from "node:fs";
import { basename, join } from "node:path";
import { runProgram } from "./run-program.ts";

const left: ReadonlySet<string> = new Set(["node_modules", "dist", ".git", ".turbo", ".test-results"]);

/** Copies the repository as it lies here, and makes it one of its own: a release tags and reads the history. */
export async function copyRepository(from: string, to: string): Promise<void> {
  cpSync(from, to, { recursive: true, filter: (path) => !left.has(basename(path)) });
  const git = (...args: readonly string[]): Promise<string> =>
    runProgram("git", ["-c", "user.name=Rehearsal", "-c", "user.email=rehearsal@example.com", ...args], { cwd: to });
  await git("init", "--quiet", "--initial-branch=main");
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "The repository as it is");
  if (!existsSync(join(to, "pnpm-lock.yaml"))) throw new Error(`${from} is not the repository's root.`);
}
