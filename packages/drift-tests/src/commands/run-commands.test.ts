// Apart from commands.test.ts, which is tried on copies of the repository: pnpm would install into what they share.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path/posix";
import { describe, expect, test } from "vitest";
import { root } from "../repository/repository.ts";
import { programs } from "./list-commands.ts";

const stackTrace = /EPIPE|^\s+at /m;

// Benchmarks measure without being asked twice, and take only numbers and names.
const isBench = (path: string): boolean => /\/bench\/|runtime-matrix|generate-kernels/.test(path);
const commands = programs.filter((path) => !isBench(path));
// These two hand their words on, to turbo or to the report.
const readsItsOwnWords = /\/(contract|conformance)\.ts$/;

describe.for(commands)("%s", (path) => {
  test("prints its help, and does nothing else, when asked with --help", async () => {
    const { code, stdout, stderr } = await runProgram(path, "--help");
    expect(stdout).toMatch(/^(?:pnpm [a-z:]+|codegen |spec-diff |Makes variations|Checks a server)/);
    // The bootstrap of pnpm tells what it fetches.
    expect(stderr).toMatch(/^(?:Getting pnpm.*\s*)?$/);
    expect(code).toBe(0);
  });

  test("ends quietly if its help goes into a closed pipe", async () => {
    const [code, stderr] = await runIntoClosedPipe(path, "--help");
    expect(stderr).not.toMatch(stackTrace);
    expect(code).toBe(0);
  });
});

test.for(commands.filter((path) => !readsItsOwnWords.test(path)))("%s rejects an unknown option", async (path) => {
  const { code, stdout, stderr } = await runProgram(path, "--no-such-option");
  expect(stderr).toMatch(/^Unknown option '--no-such-option'.*\n$/);
  expect(stdout).toBe("");
  // Of the published commands, 1 is a result.
  expect(code).toBe(path.endsWith("/bin.ts") ? 2 : 1);
});

describe("a command whose reader is gone ends quietly", () => {
  test("spec:diff of two documents, into a pipe that is closed", async () => {
    const documents = ["specs/upstream.yaml", "specs/image-variations.yaml"].map((path) => join(root, path));
    const [, stderr] = await runIntoClosedPipe("scripts/src/commands/spec-diff.ts", ...documents);
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

/** Runs a program to its end. */
async function runProgram(
  path: string,
  ...words: readonly string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [path, ...words], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, "close")) as [number];
  return { code, stdout, stderr };
}

/** Runs a program whose standard output is closed. @returns Its exit code, and what it printed on standard error. */
async function runIntoClosedPipe(path: string, ...words: readonly string[]): Promise<[code: number, stderr: string]> {
  const child = spawn(process.execPath, [path, ...words], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, "close")) as [number];
  return [code, stderr];
}
