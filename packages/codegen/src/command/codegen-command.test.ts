import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, type ParseArgsConfig } from "node:util";
import { CommandError } from "@image-variations/command";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { codegenCommand } from "./codegen-command.ts";

const program = fileURLToPath(new URL("../bin.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "codegen-command-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  readonly status: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command as its program does, in the folder. Starting the program itself takes a hundred times as long. */
async function codegen(...args: readonly string[]): Promise<Outcome> {
  const config: ParseArgsConfig = { args: [...args], options: codegenCommand.options ?? {}, allowPositionals: true };
  const { values, positionals } = parseArgs(config);
  const stdout: unknown[] = [];
  const stderr: unknown[] = [];
  const spies = [
    vi.spyOn(process, "cwd").mockReturnValue(folder),
    vi.spyOn(console, "log").mockImplementation((line: unknown) => void stdout.push(line)),
    vi.spyOn(console, "error").mockImplementation((line: unknown) => void stderr.push(line)),
  ];
  const { exitCode } = process;
  let status: number | string = 0;
  try {
    await codegenCommand.run({ values, positionals });
    status = process.exitCode ?? 0;
  } catch (error) {
    const isForUser = [CommandError, ...codegenCommand.userErrors!].some((kind) => error instanceof kind);
    if (!isForUser) throw error;
    stderr.push((error as Error).message);
    status = codegenCommand.errorCode!;
  } finally {
    process.exitCode = exitCode;
    for (const spy of spies) spy.mockRestore();
  }
  return { status, stdout: stdout.map((line) => `${String(line)}\n`).join(""), stderr: stderr.join("\n") };
}

const write = (name: string, content: unknown): void =>
  writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
const read = (name: string): string => readFileSync(join(folder, name), "utf8");

const done = { responses: { "204": { description: "Done." } } };
const documentOf = (paths: object): object => ({ openapi: "3.1.0", info: { title: "Pets", version: "1.0.0" }, paths });

beforeAll(() => {
  write(
    "my api.json",
    documentOf({
      "/pets": { get: { ...done, operationId: "listPets", tags: ["pets"] }, post: { ...done, operationId: "makePet" } },
      "/homes": { get: { ...done, operationId: "listHomes" } },
    }),
  );
  write("mine.overlay.json", {
    overlay: "1.0.0",
    info: {},
    actions: [{ target: "$.info", update: { title: "Mine" } }],
  });
  write("odd.json", {
    ...documentOf({ "/a": { get: done } }),
    components: { schemas: { A: { type: "integer", minimum: 5, maximum: 4 } } },
  });
});

describe("the command", () => {
  it("names in each file the command that makes it again, quoted for a shell", async () => {
    const options = ["--operations", "GET /pets", "--tags", "pets", "--import-extension", ".ts"];
    const { stdout } = await codegen(
      "my api.json",
      "--out",
      "api",
      ...options,
      "--overlay",
      "mine.overlay.json",
      "--strict",
    );
    expect(stdout).toMatch(/^Wrote api\/client\.ts, /);
    const quote = `["']`;
    const words = [
      `${quote}my api\\.json${quote}`,
      "--overlay mine\\.overlay\\.json",
      `--operations ${quote}GET /pets${quote}`,
      "--tags pets",
      "--out api",
      "--import-extension \\.ts",
      "--strict",
    ];
    expect(read("api/contract.ts").split("\n")[0]).toMatch(
      new RegExp(`run \`npx @image-variations/codegen ${words.join(" ")}\`\\.$`),
    );
    expect(read("api/client.ts")).toContain('from "./contract.ts"');
    expect(read("api/contract.ts")).not.toContain("POST /pets");
  });

  it("takes options more than once, and names each of them again", async () => {
    write("title.overlay.json", { overlay: "1.0.0", actions: [{ target: "$.info", update: { version: "2.0.0" } }] });
    const options =
      "--overlay mine.overlay.json --overlay title.overlay.json --operations makePet --operations listHomes --tags pets --tags pets --out more --remote";
    const { stdout, stderr } = await codegen("my api.json", ...options.split(" "));
    expect({ stdout, stderr }).toEqual({
      stdout: expect.stringMatching(/^Wrote more\/client\.ts, /) as string,
      stderr: "",
    });
    const contract = read("more/contract.ts");
    expect(contract.split("\n")[0]).toBe(
      "// Generated from my api.json and mine.overlay.json and title.overlay.json. Do not edit: change the spec and run " +
        `\`npx @image-variations/codegen 'my api.json' ${options}\`.`,
    );
    for (const operation of ["GET /pets", "POST /pets", "GET /homes"]) expect(contract).toContain(`"${operation}": {`);
  });

  it("names a base, a folder above and a name with a quote so that a shell takes them", async () => {
    write("it's.overlay.json", { overlay: "1.0.0", actions: [{ target: "$.info", update: { title: "Mine" } }] });
    const { stdout } = await codegen(
      "--base",
      "image-variations",
      "--overlay",
      "./it's.overlay.json",
      "--out",
      "sub/../based",
      "--check",
    );
    expect(stdout).toMatch(/^Out of date: based\/client\.ts, /);
    expect(stdout).toContain(
      ` Run: npx @image-variations/codegen --base image-variations --overlay 'it'\\''s.overlay.json' --out based\n`,
    );
  });

  it("may write into the current folder", async () => {
    expect((await codegen("my api.json", "--out", ".", "--dry-run")).stdout).toMatch(/^Would write \.\/client\.ts, /);
  });

  it("names the address of a document as it is", async () => {
    const server = createServer((_, response) => response.end(read("my api.json"))).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/my/../api.json`;
    const { stdout } = await codegen(address, "--out", "web");
    server.close();
    expect(stdout).toMatch(/^Wrote web\/client\.ts, /);
    expect(read("web/client.ts").split("\n")[0]).toContain(`npx @image-variations/codegen ${address} --out web`);
  });

  it("says how many operations have a body and no validator, and which ones and why if it is asked", async () => {
    const csv = { ...done, requestBody: { content: { "text/csv": {} } } };
    write("one.json", documentOf({ "/a": { post: csv } }));
    write("two.json", documentOf({ "/a": { post: csv, put: csv } }));
    expect((await codegen("one.json", "--out", "one")).stderr).toBe(
      "1 operation has a body and no validator; --verbose lists why.",
    );
    expect((await codegen("two.json", "--out", "two")).stderr).toBe(
      "2 operations have a body and no validator; --verbose lists why.",
    );
    expect((await codegen("two.json", "--out", "two", "--verbose")).stderr).toBe(
      "PUT /a has no validator: its body is text/csv, and not JSON or a form.\n" +
        "POST /a has no validator: its body is text/csv, and not JSON or a form.",
    );
  });

  it("warns of mistakes in the document, and ends at them if it is to be strict", async () => {
    const mistake = /odd\.json:1:\d+: A allows nothing: minimum is 5, and maximum is 4\.$/;
    const passed = await codegen("odd.json", "--out", "odd");
    expect(passed.status).toBe(0);
    expect(passed.stderr).toMatch(/^Warning: /);
    expect(passed.stderr).toMatch(mistake);
    const ended = await codegen("odd.json", "--out", "odd", "--strict");
    expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status: 2, stdout: "" });
    expect(ended.stderr).not.toContain("Warning");
    expect(ended.stderr).toMatch(mistake);
  });

  it.each([
    [["--out", "api"], "Name a document, or a base, for --out: codegen openapi.yaml --out src/api."],
    ...["--operations", "--tags", "--overlay", "--import-extension"].map((option): [string[], string] => [
      [option, "pets"],
      `Name a document, or a base, for ${option}: codegen openapi.yaml --out src/api.`,
    ]),
    [["--dry-run", "--watch"], "--dry-run and --watch exclude each other; name one."],
    [["my api.json", "--config", "a.json"], "--config names the documents itself; leave out the document."],
    [["my api.json", "--out", "api", "--import-extension", "ts"], '--import-extension is .js or .ts, got "ts".'],
    [["--check", "--dry-run"], "--check and --dry-run exclude each other; name one."],
    [["--config", "lost.json"], "lost.json can't be read: there is no such file."],
  ])("%j is rejected with exit code 2", async (args: string[], said: string) => {
    expect(await codegen(...args)).toEqual({ status: 2, stdout: "", stderr: said });
  });

  it("is helped with every option", () => {
    const { status, stdout } = spawnSync(process.execPath, [program, "--help"], { encoding: "utf8" });
    expect(status).toBe(0);
    const options =
      "out operations tags overlay base remote strict import-extension config check dry-run watch force verbose";
    for (const option of options.split(" ")) expect(stdout).toContain(`\n  --${option} `);
  });
});

describe("a configuration", () => {
  const good = { document: "my api.json", out: "configured" };

  it.each<[settings: object, said: string]>([
    [{ ...good, out: "" }, 'out has to be text, got "".'],
    [{ ...good, document: 5 }, "document has to be text, got 5."],
    [{ ...good, operations: "listPets" }, 'operations has to be a list of texts, got "listPets".'],
    [{ ...good, tags: ["a", ""] }, 'tags has to be a list of texts, got ["a",""].'],
    [{ ...good, overlays: [1] }, "overlays has to be a list of texts, got [1]."],
    [{ ...good, strict: "yes" }, 'strict has to be true or false, got "yes".'],
    [{ ...good, remote: null }, "remote has to be true or false, got null."],
    [{ ...good, importExtension: "ts" }, 'importExtension has to be ".js" or ".ts", got "ts".'],
    [{ ...good, operatons: 1 }, 'unknown setting "operatons". Did you mean operations?'],
    [{ ...good, constructor: 1 }, 'unknown setting "constructor". Known: $schema, document, out, base, overlays,'],
    [{ document: "a" }, "out is missing; it names the folder that is written."],
    [{ out: "a" }, "document is missing; it names the OpenAPI document."],
    [[good, []], "expected an object with settings"],
    [[good, "other"], "expected an object with settings"],
  ])("%j is rejected: %s", async (settings, said) => {
    write("bad.json", settings);
    const { status, stdout, stderr } = await codegen("--config", "bad.json");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^bad\.json/);
    expect(stderr).toContain(said);
  });

  it("that is not JSON is rejected with the reason", async () => {
    write("broken.json", "{");
    expect((await codegen("--config", "broken.json")).stderr).toMatch(/^broken\.json is not valid JSON: \S/);
  });

  it("may say everything that the command line can", async () => {
    const settings = {
      $schema: "./config.schema.json",
      ...good,
      overlays: ["mine.overlay.json"],
      operations: ["listPets", "listHomes"],
      tags: ["pets"],
      remote: false,
      strict: true,
      importExtension: ".ts",
    };
    write("all.json", settings);
    expect((await codegen("--config", "all.json")).stdout).toMatch(/^Wrote configured\/client\.ts, /);
    expect(read("configured/contract.ts")).toContain("GET /homes");
    expect(read("configured/contract.ts")).not.toContain("POST /pets");
    expect(read("configured/contract.ts").split("\n")[0]).toContain(
      "`npx @image-variations/codegen --config all.json`",
    );
  });
});
