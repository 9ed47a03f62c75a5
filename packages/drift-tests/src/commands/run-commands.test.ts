// Apart from commands.test.ts, which is tried on copies of the repository: pnpm would install into what they share.
import { join } from "node:path/posix";
import { consumerEnvironment, runProgram, type ProgramResult } from "@image-variations/testing/run-program";
import { describe, expect, test } from "vitest";
import { root } from "../repository/repository.ts";
import { programs } from "./list-commands.ts";

const stackTrace = /EPIPE|^\s+at /m;

// It writes the kernels at once, as a step of a build.
const commands = programs.filter((path) => !path.endsWith("generate-kernels.ts"));
// These two hand their words on, to turbo or to the command of this project.
const readsItsOwnWords = /\/(contract|demo)\.ts$/;

/** Runs a command to its end. */
function runCommand(path: string, ...args: readonly string[]): Promise<ProgramResult> {
  return runProgram(process.execPath, [path, ...args], { cwd: root, expected: "any" });
}

/** Runs a command whose standard output is closed. */
function runIntoClosedPipe(path: string, ...args: readonly string[]): Promise<ProgramResult> {
  return runProgram(process.execPath, [path, ...args], { cwd: root, expected: "any", closeStdout: true });
}

describe.for(commands)("%s", (path) => {
  test("prints its help, and does nothing else, when asked with --help", async () => {
    const { code, stdout, stderr } = await runCommand(path, "--help");
    expect(stdout).toMatch(/^(?:pnpm [a-z:]+|node [\w/.-]+|codegen |spec-diff |image-variations create)/);
    // The bootstrap of pnpm tells what it fetches.
    expect(stderr).toMatch(/^(?:Getting pnpm.*\s*)?$/);
    expect(code).toBe(0);
  });

  test("ends quietly if its help goes into a closed pipe", async () => {
    const { code, stderr } = await runIntoClosedPipe(path, "--help");
    expect(stderr).not.toMatch(stackTrace);
    expect(code).toBe(0);
  });
});

test.for(commands.filter((path) => !readsItsOwnWords.test(path)))("%s rejects an unknown option", async (path) => {
  const { code, stdout, stderr } = await runCommand(path, "--no-such-option");
  expect(stderr).toMatch(/^Unknown option '--no-such-option'.*\n$/);
  expect(stdout).toBe("");
  // Of the published commands, 1 is a result.
  expect(code).toBe(path.endsWith("/bin.ts") ? 2 : 1);
});

describe("a command whose reader is gone ends quietly", () => {
  test("spec:diff of two documents, into a pipe that is closed", async () => {
    const documents = ["specs/upstream.yaml", "specs/image-variations.yaml"].map((path) => join(root, path));
    const { stderr } = await runIntoClosedPipe("scripts/src/commands/spec-diff.ts", ...documents);
    expect(stderr).not.toMatch(stackTrace);
  });
});

describe("works without pnpm on the PATH:", () => {
  test("npm run build, of which turbo tells only what it would do", async () => {
    const path = process.env["PATH"]!.split(":").filter((entry) => !/pnpm|_npx/.test(entry));
    const env = consumerEnvironment({ PATH: path.join(":") });
    const { stdout } = await runProgram("npm", ["run", "build", "--", "--dry=json"], { cwd: root, env });
    expect(stdout).toContain('"taskId": "@image-variations/client#build"');
  });
});
