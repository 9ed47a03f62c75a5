import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultBase, hasHistory, ourSpec, readSource } from "./read-source.ts";

const root = realpathSync(mkdtempSync(join(tmpdir(), "read-source-")));
const elsewhere = realpathSync(mkdtempSync(join(tmpdir(), "read-source-")));
afterAll(() => {
  for (const folder of [root, elsewhere]) rmSync(folder, { recursive: true, force: true });
});

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

async function titleOf(word: string): Promise<unknown> {
  const { spec: read } = await readSource(word, "base", root);
  return (read.document.info as { title: string }).title;
}

beforeAll(() => {
  for (const folder of [root, elsewhere]) {
    for (const below of ["specs", ".changeset"]) mkdirSync(join(folder, below), { recursive: true });
    writeFileSync(join(folder, ".changeset/config.json"), JSON.stringify({ baseBranch: "main" }));
  }
  git("init", "--quiet", "--initial-branch=main");
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
    await expect(titleOf(`${url}/none.yaml`)).rejects.toThrow(
      `${url}/none.yaml responded with 404; name the address of a document.`,
    );
    server.closeAllConnections();
    server.close();
    await once(server, "close");
    await expect(titleOf(`${url}/api.yaml`)).rejects.toThrow(`${url}/api.yaml can't be read: `);
  });

  it("rejects a word that is neither a file, a revision nor a URL", async () => {
    await expect(titleOf("nowhere")).rejects.toThrow('"nowhere" is neither a file, a git revision, nor');
    await expect(titleOf("HEAD:nowhere.yaml")).rejects.toThrow("The revision HEAD has no file nowhere.yaml;");
    await expect(titleOf(root)).rejects.toThrow("is a folder; name the document in it.");
    await expect(titleOf("--help")).rejects.toThrow("is neither a file, a git revision, nor");
  });
});

it("compares a change with the commit at which it left the base branch", async () => {
  expect(await titleOf(defaultBase(root))).toBe("second");
});

it("asks for the base by name if there is no history", () => {
  expect(hasHistory(root)).toBe(true);
  expect(hasHistory(elsewhere)).toBe(false);
  expect(() => defaultBase(elsewhere)).toThrow("There is no git history here to compare with; name the base:");
});
