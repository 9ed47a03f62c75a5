import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "command-"));
  writeFileSync(
    join(folder, "greet.mjs"),
    `import { CommandError, runCommand } from ${JSON.stringify(new URL("./index.ts", import.meta.url).href)};
await runCommand({
  help: "greet [name] [--loud]\\n",
  options: { loud: { type: "boolean" } },
  maximumPositionals: 1,
  userErrors: [RangeError],
  run({ values, positionals: [name = "you"] }) {
    if (name === "no-one") throw new CommandError("Name someone.");
    if (name === "all") throw new RangeError("Too many names.");
    if (name === "null") null.name;
    console.log(values.loud ? name.toUpperCase() : name);
  },
});`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function greet(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(folder, "greet.mjs"), ...args], { encoding: "utf8" });
}

test.for([["--help"], ["-h"], ["--", "--help"]])("%s prints the help and runs nothing", (args) => {
  expect(greet(...args)).toMatchObject({ status: 0, stdout: "greet [name] [--loud]\n", stderr: "" });
});

test("options and positionals reach the command", () => {
  expect(greet("ada", "--loud")).toMatchObject({ status: 0, stdout: "ADA\n" });
});

test.for([
  { name: "an unknown option", args: ["--verbose"], said: "Unknown option '--verbose'; --help lists the options.\n" },
  {
    name: "a misspelt option, with a suggestion",
    args: ["--luod"],
    said: "Unknown option '--luod'; did you mean --loud? --help lists the options.\n",
  },
  {
    name: "an extra argument",
    args: ["ada", "bob"],
    said: 'Unexpected "bob": at most 1 argument; --help lists them.\n',
  },
])("rejects $name with one sentence and exit code 1", ({ args, said }) => {
  expect(greet(...args)).toMatchObject({ status: 1, stdout: "", stderr: said });
});

test("prints the message alone of an error that the user can fix", () => {
  expect(greet("no-one")).toMatchObject({ status: 1, stderr: "Name someone.\n" });
  expect(greet("all")).toMatchObject({ status: 1, stderr: "Too many names.\n" });
});

test("shows the stack trace of any other error", () => {
  const { status, stderr } = greet("null");
  expect(stderr).toMatch(/TypeError.*\n\s+at /);
  expect(status).toBe(1);
});
