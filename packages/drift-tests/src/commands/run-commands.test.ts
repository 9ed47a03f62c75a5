// Apart from commands.test.ts, which is tried on copies of the repository: pnpm would install into what they share.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path/posix";
import { describe, expect, test } from "vitest";
import { readText, root } from "../repository/repository.ts";
import { programs } from "./list-commands.ts";

const stackTrace = /EPIPE|^\s+at /m;

describe("a command whose reader is gone ends quietly", () => {
  const withHelp = programs.filter((path) => /--help/.test(readText(path)) || /\bhelp:/.test(readText(path)));

  test.for(withHelp)("%s --help, into a pipe that is closed", async (path) => {
    const [code, stderr] = await runIntoClosedPipe(path, "--help");
    expect(stderr).not.toMatch(stackTrace);
    expect(code).toBe(0);
  });

  test("spec:diff of two documents, into a pipe that is closed", async () => {
    const documents = ["specs/upstream.yaml", "specs/image-variations.yaml"].map((path) => join(root, path));
    const [, stderr] = await runIntoClosedPipe("scripts/src/spec-diff.ts", ...documents);
    expect(stderr).not.toMatch(stackTrace);
  });
});

describe("works without pnpm on the PATH:", () => {
  test("npm run build, of which turbo tells only what it would do", async () => {
    const path = process.env["PATH"]!.split(":").filter((entry) => !/pnpm|_npx/.test(entry));
    const others = Object.entries(process.env).filter(([name]) => !/^(?:p?npm|turbo|vitest)_/i.test(name));
    const env = { ...Object.fromEntries(others), PATH: path.join(":") };
    const child = spawn("npm", ["run", "build", "--", "--dry=json"], {
      cwd: root,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const [code] = (await once(child, "close")) as [number];
    expect(output).toContain('"taskId": "@image-variations/client#build"');
    expect(code).toBe(0);
  });
});

/** Runs a program whose standard output is closed. @returns Its exit code, and what it printed on standard error. */
async function runIntoClosedPipe(path: string, ...words: readonly string[]): Promise<[code: number, stderr: string]> {
  const child = spawn(process.execPath, [path, ...words], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, "close")) as [number];
  return [code, stderr];
}
