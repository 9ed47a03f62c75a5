import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { copyRepository } from "./copy-repository.ts";
import { listen } from "./listen.ts";
import { consumerEnvironment, ProgramError, runProgram } from "./run-program.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "testing-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const evaluate = (code: string): [string, string[]] => [process.execPath, ["--eval", code]];

describe("runProgram", () => {
  test("returns what a program printed on each stream", async () => {
    const [program, args] = evaluate("console.log('é'.repeat(40_000)); console.error('b')");
    const result = await runProgram(program, args, { cwd: folder });
    expect(result).toEqual({ code: 0, stdout: `${"é".repeat(40_000)}\n`, stderr: "b\n" });
  });

  test("throws what was printed, if the exit code is not expected", async () => {
    const [program, args] = evaluate("console.log('said'); process.exit(3)");
    const error = await runProgram(program, args, { cwd: folder }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProgramError);
    expect(String(error)).toMatch(/ended with exit code 3 in .*testing-.*:\nsaid\n$/);
  });

  test("returns an exit code that is expected", async () => {
    const [program, args] = evaluate("process.exit(3)");
    expect((await runProgram(program, args, { cwd: folder, expected: [0, 3] })).code).toBe(3);
    expect((await runProgram(program, args, { cwd: folder, expected: "any" })).code).toBe(3);
  });

  test("closes the standard output before the program writes, if asked to", async () => {
    const [program, args] = evaluate("setTimeout(() => process.stdout.write('late'), 50)");
    const { code, stderr } = await runProgram(program, args, { cwd: folder, closeStdout: true, expected: "any" });
    expect(stderr).toContain("EPIPE");
    expect(code).not.toBe(0);
  });
});

test("the environment of a consumer has nothing of the package manager or the test runner", () => {
  process.env["npm_config_something"] = "ours";
  const names = Object.keys(consumerEnvironment({ OPENAI_API_KEY: "key" }));
  delete process.env["npm_config_something"];
  expect(names).toContain("PATH");
  expect(names).toContain("OPENAI_API_KEY");
  expect(names.filter((name) => /npm|vitest|turbo/i.test(name))).toEqual([]);
});

test("a copy of the repository has its own files, and nothing installed, built or recorded", () => {
  const copy = join(folder, "copy");
  copyRepository(copy);
  for (const path of ["packages/testing/package.json", "packages/backends/src/variations", ".github"]) {
    expect(existsSync(join(copy, path))).toBe(true);
  }
  for (const path of [".git", "node_modules", "packages/client/node_modules", "packages/client/dist"]) {
    expect(existsSync(join(copy, path))).toBe(false);
  }
});

test("a server is gone when it is disposed of, with connections that are still open", async () => {
  const server = await listen((request, response) => void response.end(request.url));
  expect(await (await fetch(`${server.url}/path`)).text()).toBe("/path");
  await server[Symbol.asyncDispose]();
  await expect(fetch(server.url)).rejects.toThrow("fetch failed");
});
