import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDocument, SourceError, SpecError, type ReadDocumentOptions } from "../index.ts";

const root = realpathSync(mkdtempSync(join(tmpdir(), "read-document-")));
const api = join(root, "api");
afterAll(() => rmSync(root, { recursive: true, force: true }));

function git(...args: readonly string[]): string {
  const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
  const { status, stdout, stderr } = spawnSync("git", [...identity, ...args], { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

function write(name: string, text: string): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), text);
}

const spec = (title: string, item = "{}"): string =>
  `openapi: 3.1.0\ninfo: { title: ${title}, version: 1.0.0 }\npaths: { /a: ${item} }\n`;
const withFile = (title: string): string => spec(title, "{ $ref: parts/a.yaml }");

beforeAll(() => {
  git("init", "--quiet", "--initial-branch=main");
  write("top.yaml", spec("top"));
  write("api/api.yaml", withFile("first"));
  write("api/parts/a.yaml", "get: { summary: before, responses: {} }\n");
  write("api/web.yaml", spec("web", "{ $ref: 'https://example.com/a.yaml' }"));
  write("api/broken.yaml", spec("broken", "{ $ref: parts/none.yaml }"));
  git("add", "--all");
  git("commit", "--quiet", "--message", "First");
  write("api/api.yaml", withFile("second"));
  write("api/parts/a.yaml", "get: { summary: after, responses: {} }\n");
  write("api/new.yaml", spec("new"));
});

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function read(word: string, options: ReadDocumentOptions = { folder: api }): Promise<string> {
  const { spec: found } = await readDocument(word, options);
  const { info, paths } = found.document as { info: { title: string }; paths: { "/a": { get?: { summary: string } } } };
  return [info.title, paths["/a"].get?.summary].filter(Boolean).join(", ");
}

describe("readDocument", () => {
  it.each([
    { what: "a file, from the folder", word: "api.yaml", read: "second, after" },
    { what: "a file above the folder", word: "../top.yaml", read: "top" },
    { what: "a file by its whole path", word: join(root, "top.yaml"), read: "top" },
    { what: "a file at a revision, from the repository's root", word: "main:api/api.yaml", read: "first, before" },
    { what: "a file at a revision, from the folder", word: "main:./api.yaml", read: "first, before" },
    { what: "a file at a revision, above the folder", word: "HEAD:../top.yaml", read: "top" },
  ])("reads $what", async ({ word, read: expected }) => {
    expect(await read(word)).toBe(expected);
  });

  it.each(["api.yaml", "./api.yaml", join(api, "api.yaml"), "../api/api.yaml"])(
    "reads the file %s at a revision that is named alone",
    async (path) => {
      expect(await read("main", { folder: api, path })).toBe("first, before");
    },
  );

  it("reads from the current folder unless another one is named", async () => {
    await expect(readDocument("no-such-file.yaml")).rejects.toThrow(SourceError);
    expect(await read(join(root, "top.yaml"), {})).toBe("top");
  });

  it("labels a document as it was named, or by its short revision", async () => {
    const short = git("rev-parse", "--short", "HEAD");
    expect((await readDocument("main:./api.yaml", { folder: api })).spec.label).toBe(`${short}:api/api.yaml`);
    expect((await readDocument("main:../top.yaml", { folder: api })).spec.label).toBe(`${short}:top.yaml`);
    expect((await readDocument("api.yaml", { folder: api })).spec).toMatchObject({ side: "base", version: "3.1.0" });
  });

  it("reads a URL, and what it refers to", async () => {
    const paths: string[] = [];
    const server = createServer((request, response) => {
      paths.push(request.url ?? "");
      response.end(request.url === "/api.yaml" ? withFile("remote") : "get: { summary: far, responses: {} }\n");
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      expect(await read(`${url}/api.yaml`)).toBe("remote, far");
      expect(paths).toEqual(["/api.yaml", "/parts/a.yaml"]);
      write("api/remote.yaml", spec("near", `{ $ref: '${url}/parts/a.yaml' }`));
      await expect(read("remote.yaml")).rejects.toThrow(SpecError);
      expect(await read("remote.yaml", { folder: api, remote: true })).toBe("near, far");
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it("reads what a URL refers to on another server only if that is asked for", async () => {
    const parts = createServer((_request, response) => response.end("get: { summary: far, responses: {} }\n"));
    const server = createServer((_request, response) => {
      response.end(spec("remote", `{ $ref: '${addressOf(parts)}/a.yaml' }`));
    });
    const servers = [parts, server];
    try {
      for (const one of servers) await once(one.listen(0, "127.0.0.1"), "listening");
      await expect(read(`${addressOf(server)}/api.yaml`)).rejects.toThrow("leads to another server");
      expect(await read(`${addressOf(server)}/api.yaml`, { folder: api, remote: true })).toBe("remote, far");
    } finally {
      for (const one of servers) {
        one.closeAllConnections();
        one.close();
      }
    }
  });

  it.each([
    { what: "a folder", word: "parts", message: "parts is a folder; name the document in it." },
    {
      what: "a word that is nothing",
      word: "nowhere.yaml",
      message:
        '"nowhere.yaml" is neither a file, a URL nor a git revision; name one of these, such as openapi.yaml, HEAD~1:openapi.yaml or main.',
    },
    {
      what: "a word that git would take for an option",
      word: "--all",
      message:
        '"--all" is neither a file, a URL nor a git revision; name one of these, such as openapi.yaml, HEAD~1:openapi.yaml or main.',
    },
    {
      what: "a word that git would look for in its messages",
      word: ":/First",
      message:
        '":/First" is neither a file, a URL nor a git revision; name one of these, such as openapi.yaml, HEAD~1:openapi.yaml or main.',
    },
    {
      what: "a URL at a revision",
      word: "main:https://example.com/a.yaml",
      message: "The revision main has no file https://example.com/a.yaml; name another revision or path.",
    },
    {
      what: "a revision without a path",
      word: "main:",
      message: "main: is a revision; name the file in it, such as main::openapi.yaml.",
    },
    {
      what: "a revision alone",
      word: "main",
      message: "main is a revision; name the file in it, such as main:openapi.yaml.",
    },
    {
      what: "a file that the revision does not have",
      word: "main:./new.yaml",
      message: "The revision main has no file api/new.yaml; name another revision or path.",
    },
    {
      what: "a file outside the repository's paths",
      word: "main:new.yaml",
      message: "The revision main has no file new.yaml; name another revision or path.",
    },
  ])("rejects $what, and says what to name", async ({ word, message }) => {
    await expect(read(word)).rejects.toThrow(new SourceError(message));
  });

  it("asks for the file of a revision if the other document is not a file of the repository", async () => {
    for (const path of ["https://example.com/api.yaml", "nowhere.yaml"]) {
      await expect(read("main", { folder: api, path })).rejects.toThrow("main is a revision; name the file in it");
    }
  });

  it("names the place of a reference that a revision can't follow", async () => {
    const short = git("rev-parse", "--short", "HEAD");
    await expect(read("main:./broken.yaml")).rejects.toThrow(
      `${short}:api/parts/none.yaml can't be read: there is no such file.`,
    );
    await expect(read("main:./web.yaml")).rejects.toThrow("leads to the web, and a revision is read from git alone");
  });
});
