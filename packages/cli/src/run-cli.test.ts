import { expect, test } from "vitest";
import { commands } from "./application.ts";
import { runFake } from "./testing/fake-context.ts";

const verbs = Object.keys(commands);

test("prints what it can do when it is called without arguments, or with --help", async () => {
  const [bare, help] = [await runFake([]), await runFake(["--help"])];
  expect(bare).toMatchObject({ code: 0, stderr: "" });
  expect(help.stdout).toBe(bare.stdout);
  for (const verb of verbs) expect(bare.stdout).toContain(`  ${verb} `);
});

test("prints its version", async () => {
  expect(await runFake(["--version"])).toMatchObject({ code: 0, stdout: "1.2.3\n" });
});

test.for([
  ["--help"],
  ["--help-all"],
  ...verbs.flatMap((verb) => [
    [verb, "--help"],
    [verb, "--help-all"],
  ]),
])("%s fits a terminal of 80 columns, and a screen unless all is asked for", async (args) => {
  const { code, stdout, stderr } = await runFake(args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const lines = stdout.trimEnd().split("\n");
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  if (args.at(-1) === "--help") expect(lines.length).toBeLessThanOrEqual(40);
});

test("help has colors if the terminal has, and NO_COLOR, --no-color and --color decide otherwise", async () => {
  const terminal = { columns: 80, rows: 24 };
  const isColored = async (args: readonly string[], environment = {}): Promise<boolean> =>
    (await runFake(["spec", "--help", ...args], { terminal, environment })).stdout.includes("\u001B[");
  expect(await isColored([])).toBe(true);
  expect(await isColored([], { NO_COLOR: "1" })).toBe(false);
  expect(await isColored(["--color", "always"], { NO_COLOR: "1" })).toBe(true);
  expect(await isColored(["--no-color"])).toBe(false);
  expect(await isColored(["--color=never"])).toBe(false);
  expect((await runFake(["spec", "--help"])).stdout).not.toContain("\u001B[");
  expect((await runFake(["spec", "--help"], { environment: { FORCE_COLOR: "1" } })).stdout).toContain("\u001B[");
});

test.for([
  { args: ["spec", "--jsno"], said: "There is no option --jsno. Did you mean --json?" },
  { args: ["spec", "extra"], said: '"extra" is one argument too many: at most 0.' },
  { args: ["spec", "--color", "blue"], said: '--color must be one of auto, always, never; got "blue".' },
  { args: ["spec", "--color"], said: "The option --color needs a value." },
  { args: ["spec", "--json="], said: "The option --json has an empty value." },
])("$args is wrong: one sentence, where help is, and exit code 2", async ({ args, said }) => {
  const { code, stdout, stderr } = await runFake(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr.split("\n")[0]).toBe(`error ${said}`);
  expect(stderr.trimEnd().split("\n")).toHaveLength(2);
});

test.for([
  { word: "chekc", said: "Did you mean image-variations check?" },
  { word: "srve", said: "Did you mean image-variations serve?" },
  { word: "otters", said: "image-variations --help lists the commands." },
])("$word is neither a verb nor an image, and the verb that was probably meant is named", async ({ word, said }) => {
  const { code, stdout, stderr } = await runFake([word]);
  expect(stderr).toBe(`error "${word}" is neither a command nor an image that is there.\n      ${said}\n`);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});

test("an error that no one foresaw is one sentence, and says where to report it", async () => {
  const { printError } = await import("./command-line/print-error.ts");
  let printed = "";
  const stderr = { colors: false, write: (data: unknown) => void (printed += String(data)) };
  const context = { stderr, verbose: false, signal: new AbortController().signal } as never;
  expect(printError(context, new RangeError("Array of length -1\n    at nowhere"))).toBe("failed");
  expect(printed).toBe(
    "error Unexpected: Array of length -1\n" +
      "      Run it again with --verbose, and report it at https://github.com/image-variations/image-variations/issues.\n",
  );
});
