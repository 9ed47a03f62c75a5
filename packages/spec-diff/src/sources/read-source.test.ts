import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { defaultBase, hasHistory, ourSpec, readSource } from "./read-source.ts";

const root = realpathSync(mkdtempSync(join(tmpdir(), "read-source-")));
const elsewhere = realpathSync(mkdtempSync(join(tmpdir(), "read-source-")));
afterAll(() => {
  for (const folder of [root, elsewhere]) rmSync(folder, { recursive: true, force: true });
});

// A program that pnpm starts is told the folder that pnpm was called in, which has the contract, too.
beforeEach(() => void vi.stubEnv("INIT_CWD", elsewhere));
afterEach(() => void vi.unstubAllEnvs());

function git(...args: readonly string[]): void {
  const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
  const { status, stderr } = spawnSync("git", [...identity, ...args], { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

function spec(title: string): string {
  return `openapi: 3.1.0\ninfo: { title: ${title}, version: 1.0.0 }\npaths: { /a: {} }\n`;
}

function commit(title: string): void {
  writeFileSync(join(root, ourSpec), spec(title));
  git("add", "--all");
  git("commit", "--quiet", "--message", title);
}

async function titleOf(word: string, options?: { readonly remote: boolean }): Promise<unknown> {
  const { spec: read } = await readSource(word, "base", root, options);
  return (read.document.info as { title: string }).title;
}

beforeAll(() => {
  for (const folder of [root, elsewhere]) {
    for (const below of ["specs", ".changeset"]) mkdirSync(join(folder, below), { recursive: true });
    writeFileSync(join(folder, ".changeset/config.json"), JSON.stringify({ baseBranch: "main" }));
  }
  git("init", "--quiet", "--initial-branch=main");
  for (const name of ["copy.yaml", "a copy; $(of) `it`.yaml"]) writeFileSync(join(root, "specs", name), spec("copy"));
  commit("first");
  commit("second");
  git("checkout", "--quiet", "-b", "topic");
  commit("third");
  writeFileSync(join(root, "other.yaml"), spec("file"));
});

describe("readSource", () => {
  it.each([
    ["a revision", "HEAD~1", "second"],
    ["a branch", "topic", "third"],
    ["a revision and a path", `HEAD~2:${ourSpec}`, "first"],
    ["a file", join(root, "other.yaml"), "file"],
  ])("finds a document by %s", async (_, word, title) => {
    expect(await titleOf(word)).toBe(title);
  });

  it("finds a document by a URL, and names the URL if it finds none", async () => {
    const server = createServer((request, response) => {
      response.writeHead(request.url === "/api.yaml" ? 200 : 404).end(spec("remote"));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await titleOf(`${url}/api.yaml`)).toBe("remote");
    expect(await readSource(`${url}/api.yaml`, "head", root)).toMatchObject({ ours: false, spec: { side: "head" } });
    await expect(titleOf(`${url}/none.yaml`)).rejects.toThrow(
      `${url}/none.yaml responded with 404; name the address of a document.`,
    );
    server.closeAllConnections();
    server.close();
    await once(server, "close");
    await expect(titleOf(`${url}/api.yaml`)).rejects.toThrow(`${url}/api.yaml can't be read: `);
  });

  it.each([
    { what: "a revision alone", word: "HEAD~1", ours: true },
    { what: "the contract at a revision", word: `HEAD:${ourSpec}`, ours: true },
    { what: "another file at a revision", word: "HEAD:specs/copy.yaml", ours: false },
    { what: "the contract's file, from anywhere", word: ourSpec, ours: true },
    { what: "the contract's file by its whole path", word: join(root, ourSpec), ours: true },
    { what: "another file", word: join(root, "other.yaml"), ours: false },
  ])("knows whether $what is this project's own contract: $ours", async ({ word, ours }) => {
    expect(await readSource(word, "head", root)).toMatchObject({ ours, spec: { side: "head" } });
  });

  it("names a file as it was named, from the folder that the command was called in", async () => {
    await expect(titleOf("other.yaml")).rejects.toThrow('"other.yaml" is neither a file, a git revision, nor');
    vi.stubEnv("INIT_CWD", root);
    expect((await readSource("other.yaml", "base", root)).spec).toMatchObject({ label: "other.yaml", side: "base" });
  });

  it("names a file that another one refers to by its own path", async () => {
    writeFileSync(join(root, "part.yaml"), "get: [");
    writeFileSync(join(root, "whole.yaml"), spec("whole").replace("{ /a: {} }", "{ /a: { $ref: part.yaml } }"));
    await expect(titleOf(join(root, "whole.yaml"))).rejects.toThrow(`${join(root, "part.yaml")}:`);
  });

  it("finds a file at a revision by a name that a shell would take apart", async () => {
    expect(await titleOf("HEAD:specs/a copy; $(of) `it`.yaml")).toBe("copy");
  });

  it("follows references to addresses only if that is asked for", async () => {
    const server = createServer((_request, response) => response.end("get: { responses: {} }\n"));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.yaml`;
    writeFileSync(join(root, "far.yaml"), spec("far").replace("{ /a: {} }", `{ /a: { $ref: "${url}" } }`));
    try {
      await expect(titleOf(join(root, "far.yaml"))).rejects.toThrow(url);
      expect(await titleOf(join(root, "far.yaml"), { remote: true })).toBe("far");
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it("rejects a word that is neither a file, a revision nor a URL", async () => {
    await expect(titleOf("nowhere")).rejects.toThrow('"nowhere" is neither a file, a git revision, nor');
    await expect(titleOf("HEAD:nowhere.yaml")).rejects.toThrow("The revision HEAD has no file nowhere.yaml;");
    await expect(titleOf(root)).rejects.toThrow("is a folder; name the document in it.");
    await expect(titleOf("HEAD:https://example.com/a.yaml")).rejects.toThrow("The revision HEAD has no file https://");
    await expect(titleOf(":/second")).rejects.toThrow('":/second" is neither a file, a git revision, nor');
    await expect(titleOf("--help")).rejects.toThrow("is neither a file, a git revision, nor");
  });
});

/** A program called npm that notes how it was called, and installs a spec with the version as its title. */
const npm = `#!${process.execPath}
const { mkdirSync, writeFileSync } = require("node:fs");
const args = process.argv.slice(2);
const { npm_config_allow_scripts: allowed = "none" } = process.env;
writeFileSync(process.env.NPM_CALL, JSON.stringify({ args, allowed, folder: process.cwd() }));
if (args.at(-1).endsWith("@9.9.9")) process.exit(1);
const target = args[args.indexOf("--prefix") + 1] + "/node_modules/@image-variations/spec";
mkdirSync(target, { recursive: true });
const text = "openapi: 3.1.0\\ninfo: { title: published, version: 1.0.0 }\\npaths: { /a: {} }\\n";
writeFileSync(target + "/image-variations.yaml", text);
`;

describe.skipIf(process.platform === "win32")("a published version of the contract", () => {
  const call = join(elsewhere, "call.json");
  const installed = (): unknown => JSON.parse(readFileSync(call, "utf8"));

  beforeAll(() => {
    mkdirSync(join(elsewhere, "bin"));
    writeFileSync(join(elsewhere, "bin/npm"), npm, { mode: 0o755 });
  });

  function stubNpm(): void {
    vi.stubEnv("PATH", `${join(elsewhere, "bin")}${delimiter}${process.env["PATH"]}`);
    vi.stubEnv("NPM_CALL", call);
    vi.stubEnv("npm_config_allow_scripts", "all");
  }

  it.each([
    { word: "1.2.0", wanted: "@image-variations/spec@1.2.0" },
    { word: "11.22.33", wanted: "@image-variations/spec@11.22.33" },
    { word: "1.2.0-a b", wanted: "@image-variations/spec@1.2.0-a b" },
    { word: "1.2.0-beta.1", wanted: "@image-variations/spec@1.2.0-beta.1" },
    { word: "@image-variations/spec@latest", wanted: "@image-variations/spec@latest" },
  ])("is installed as $word without running its scripts, read, and removed", async ({ word, wanted }) => {
    stubNpm();
    const found = await readSource(word, "head", root);
    expect(found).toMatchObject({ ours: true, spec: { label: wanted, document: { info: { title: "published" } } } });
    const { folder, ...rest } = installed() as { folder: string };
    const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--prefix", folder];
    expect(rest).toEqual({ allowed: "none", args: ["install", ...flags, wanted] });
    expect(existsSync(folder)).toBe(false);
  });

  it("is named if it can't be installed, and leaves nothing behind", async () => {
    stubNpm();
    await expect(titleOf("9.9.9")).rejects.toThrow(
      "@image-variations/spec@9.9.9 can't be installed from the npm registry; is that version published?",
    );
    expect(existsSync((installed() as { folder: string }).folder)).toBe(false);
  });

  it.each(["1.2", "1.2.0.1", "v1.2.0", "x1.2.0"])("is not what %s names", async (word) => {
    stubNpm();
    await expect(titleOf(word)).rejects.toThrow(
      `"${word}" is neither a file, a git revision, nor a published version of @image-variations/spec; ` +
        "name one of these, such as HEAD~1, other.yaml or 1.2.0.",
    );
  });
});

describe("the commit that a change is compared with", () => {
  const configure = (baseBranch: string): void =>
    writeFileSync(join(root, ".changeset/config.json"), JSON.stringify({ baseBranch }));

  it("is the one at which it left the base branch", async () => {
    expect(await titleOf(defaultBase(root))).toBe("second");
  });

  it("is the one at which it left the base branch of the origin, if there is one", async () => {
    git("update-ref", "refs/remotes/origin/main", "HEAD~2");
    try {
      expect(await titleOf(defaultBase(root))).toBe("first");
    } finally {
      git("update-ref", "-d", "refs/remotes/origin/main");
    }
  });

  it("is the latest one if there is no base branch", () => {
    configure("none");
    try {
      expect(defaultBase(root)).toBe("HEAD");
    } finally {
      configure("main");
    }
  });
});

it("knows a repository with a commit from a folder of one, and from one without", () => {
  expect(hasHistory(join(root, "specs"))).toBe(false);
  const empty = realpathSync(mkdtempSync(join(tmpdir(), "read-source-")));
  try {
    spawnSync("git", ["init", "--quiet"], { cwd: empty });
    expect(hasHistory(empty)).toBe(false);
  } finally {
    rmSync(empty, { recursive: true });
  }
});

it("asks for the base by name if there is no history", () => {
  expect(hasHistory(root)).toBe(true);
  expect(hasHistory(elsewhere)).toBe(false);
  expect(() => defaultBase(elsewhere)).toThrow("There is no git history here to compare with; name the base:");
});
