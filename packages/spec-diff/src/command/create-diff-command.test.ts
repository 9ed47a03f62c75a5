import { CommandError } from "@image-variations/command";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { levels, parseSource, SourceError, SpecError } from "../index.ts";
import { createDiffCommand, type DiffCommandOptions } from "../repository.ts";

const document = (maximum: number, extra: object = {}): string =>
  JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Pets", version: "1.0.0", ...extra },
    paths: {
      "/pets": {
        get: {
          parameters: [{ name: "limit", in: "query", schema: { type: "integer", maximum } }],
          responses: { "200": { description: "Pets." } },
        },
      },
    },
    components: { schemas: maximum > 10 ? { Pet: { type: "object" } } : {} },
  });

/** What is compared by a word: a limit, and whether only a description differs. */
const documents: Readonly<Record<string, string>> = {
  ten: document(10),
  described: document(10, { description: "Many." }),
  twenty: document(20),
};

const read: DiffCommandOptions["read"] = async ([first = "", second = ""]) => ({
  base: parseSource(documents[first]!, `${first}.json`, "base"),
  head: parseSource(documents[second]!, `${second}.json`, "head"),
});
const options = { usage: "diff a b", documents: "  a, b   two documents", names: "  --names   count names", read };

let printed: string;
beforeEach(() => {
  printed = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

async function run(
  words: readonly string[],
  values: object = {},
  more: Partial<DiffCommandOptions> = {},
): Promise<{ printed: string; exitCode: typeof process.exitCode }> {
  process.exitCode = undefined;
  printed = "";
  await createDiffCommand({ ...options, ...more }).run({ values: { ...values }, positionals: words });
  return { printed, exitCode: process.exitCode };
}

describe("the command that compares two documents", () => {
  it("prints for people, for machines or for a pull request", async () => {
    expect((await run(["ten", "twenty"])).printed).toMatch(/^ten\.json → twenty\.json\n\nminor \(\d\)\n/);
    expect(JSON.parse((await run(["ten", "twenty"], { json: true })).printed)).toMatchObject({ bump: "minor" });
    expect((await run(["ten", "twenty"], { markdown: true })).printed).toMatch(/^### The contract: a minor change\n/);
  });

  it.each(
    [
      { words: ["ten", "ten"], bump: "none" },
      { words: ["ten", "described"], bump: "patch" },
      { words: ["ten", "twenty"], bump: "minor" },
      { words: ["twenty", "ten"], bump: "major" },
    ].flatMap(({ words, bump }) => levels.map((limit) => ({ words, bump, limit }))),
  )("a $bump change with --fail-on $limit", async ({ words, bump, limit }) => {
    const fails = limit !== "none" && levels.indexOf(bump as "none") >= levels.indexOf(limit);
    expect((await run(words, { "fail-on": limit })).exitCode).toBe(fails ? 1 : undefined);
  });

  it("sets no exit code without --fail-on", async () => {
    expect((await run(["twenty", "ten"])).exitCode).toBeUndefined();
  });

  it.each([
    { values: { names: true }, pair: false, counts: true },
    { values: { names: false }, pair: true, counts: false },
    { values: {}, pair: true, counts: true },
    { values: {}, pair: false, counts: false },
    { values: {}, pair: undefined, counts: false },
  ])("counts names as $values and the pair's $pair say: $counts", async ({ values, pair, counts }) => {
    const named: DiffCommandOptions["read"] = async (words, how) => ({
      ...(await read(words, how)),
      ...(pair !== undefined && { names: pair }),
    });
    const { printed: text } = await run(["ten", "twenty"], values, { read: named });
    expect(text.includes("name-added")).toBe(counts);
  });

  it.each([
    { values: { remote: true }, remote: true },
    { values: {}, remote: false },
  ])("says to the reader whether addresses are followed: $remote", async ({ values, remote }) => {
    const reading = vi.fn(read);
    await run(["ten", "ten"], values, { read: reading });
    expect(reading).toHaveBeenCalledWith(["ten", "ten"], { remote });
  });

  it("rejects another level, and two formats, before anything is read", async () => {
    const reading = vi.fn(read);
    await expect(run(["ten", "ten"], { "fail-on": "huge" }, { read: reading })).rejects.toThrow(
      new CommandError('--fail-on takes none, patch, minor, major, got "huge".'),
    );
    await expect(run(["ten", "ten"], { json: true, markdown: true }, { read: reading })).rejects.toThrow(
      new CommandError("--json and --markdown exclude each other; name one."),
    );
    expect(reading).not.toHaveBeenCalled();
  });

  it("has a help text with its usage, and with every option that it understands", () => {
    const command = createDiffCommand(options);
    expect(command.help).toMatch(/^diff a b \[--json \| --markdown\] /);
    expect(command.help).toContain("\n  a, b   two documents\n");
    expect(command.help).toMatch(/\n {2}--names {3}count names\n$/);
    expect(Object.keys(command.options ?? {}).toSorted()).toEqual(["fail-on", "json", "markdown", "names", "remote"]);
    for (const option of Object.keys(command.options ?? {})) expect(command.help).toContain(`--${option}`);
    expect(command).toMatchObject({
      allowNegative: true,
      maximumPositionals: 2,
      errorCode: 1,
      userErrors: [SourceError, SpecError],
    });
    expect(createDiffCommand({ ...options, errorCode: 2 }).errorCode).toBe(2);
  });
});
