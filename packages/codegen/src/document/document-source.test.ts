import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFileSource, createWebSource, SpecError } from "../document.ts";
import { isAddress } from "./document-source.ts";

const root = realpathSync(mkdtempSync(join(tmpdir(), "document-source-")));
let server: Server;
let url: string;

beforeAll(async () => {
  mkdirSync(join(root, "parts"));
  for (const name of ["a.yaml", "parts/b c.yaml", "parts/100%.yaml"])
    writeFileSync(join(root, name), `text of ${name}`);
  server = createServer((request, response) => {
    if (request.url === "/cut.yaml")
      response.writeHead(200, { "content-length": "9" }).write("half", () => response.destroy());
    else response.writeHead(request.url === "/a.yaml" ? 200 : 404).end(`text at ${request.url}`);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(root, { recursive: true, force: true });
});

describe("files", () => {
  const source = createFileSource({ root });

  it("are read from the disk, and called by their path from the root", async () => {
    expect(await source.read(join(root, "a.yaml"))).toBe("text of a.yaml");
    expect(source.label(join(root, "parts/b c.yaml"))).toBe(join("parts", "b c.yaml"));
    expect(source.label(join(root, "../other.yaml"))).toBe(join(root, "../other.yaml"));
    expect(source.label("https://example.com/a.yaml")).toBe("https://example.com/a.yaml");
    expect(source.label(root)).toBe(".");
  });

  it("are called by their path from the current folder if no root is named", () => {
    expect(createFileSource().label(join(process.cwd(), "parts/a.yaml"))).toBe(join("parts", "a.yaml"));
  });

  it.each([
    ["a file beside it", "b.yaml", "parts/b.yaml"],
    ["a file above it", "../a.yaml", "a.yaml"],
    ["a name with a space, written as a URI", "b%20c.yaml", "parts/b c.yaml"],
    ["a name that has a percent sign", "100%.yaml", "parts/100%.yaml"],
    ["a name that is not a URI", "%E0%A4%A.yaml", "parts/%E0%A4%A.yaml"],
    ["a name of which no file is there", "no%20file.yaml", "parts/no file.yaml"],
  ])("refer to %s", (_, reference, path) => {
    expect(source.resolve(reference, join(root, "parts/z.yaml"))).toBe(join(root, path));
  });

  it("that can't be read are named with the reason", () => {
    expect(() => source.read(join(root, "zzz"))).toThrow(new SpecError("zzz can't be read: there is no such file."));
    expect(() => source.read(join(root, "lost/zzz"))).toThrow("zzz can't be read: there is no such file.");
    expect(() => source.read(join(root, "b.yaml"))).toThrow(
      new SpecError("b.yaml can't be read: there is no such file. Did you mean a.yaml?"),
    );
    expect(() => source.read(join(root, "parts"))).toThrow(new SpecError("parts can't be read: it is a folder."));
    expect(() => source.read(join(root, "a.yaml/b"))).toThrow(
      new SpecError(`${join("a.yaml", "b")} can't be read: ENOTDIR.`),
    );
  });

  it("refer to addresses only if that is allowed", async () => {
    const from = join(root, "a.yaml");
    expect(() => source.resolve("https://example.com/a.yaml", from)).toThrow(
      "leads to the web, and only files are read; allow it with --remote",
    );
    const remote = createFileSource({ root, remote: true });
    expect(remote.resolve(`${url}/a.yaml`, from)).toBe(`${url}/a.yaml`);
    expect(await remote.read(`${url}/a.yaml`)).toBe("text at /a.yaml");
    // What lies on the web refers to the web.
    expect(remote.resolve("b.yaml", `${url}/parts/a.yaml`)).toBe(`${url}/parts/b.yaml`);
  });
});

describe("addresses", () => {
  const source = createWebSource();

  it("are read from the web, and refer to what is beside them", async () => {
    expect(await source.read(`${url}/a.yaml`)).toBe("text at /a.yaml");
    expect(source.resolve("../b.yaml", `${url}/parts/a.yaml`)).toBe(`${url}/b.yaml`);
    expect(source.label(`${url}/a.yaml`)).toBe(`${url}/a.yaml`);
  });

  it("refer to other servers only if that is allowed", () => {
    const from = `${url}/parts/a.yaml`;
    const other = "https://other.example:8080/a.yaml";
    const said = new SpecError("leads to another server, other.example:8080; allow it with --remote");
    expect(() => source.resolve(other, from)).toThrow(said);
    expect(() => createFileSource({ root }).resolve(other, from)).toThrow(said);
    expect(createWebSource({ remote: true }).resolve(other, from)).toBe(other);
    expect(source.resolve(`${url}/c.yaml`, from)).toBe(`${url}/c.yaml`);
  });

  it.each([
    ["https://example.com/a.yaml", true],
    ["HTTP://example.com", true],
    ["git+ssh://example.com", true],
    ["c://a.yaml", false],
    ["1a://b", false],
    ["./https://example.com", false],
    ["https:/example.com", false],
    ["a.yaml", false],
  ])("are told from paths: %s is one, %s", (location, is) => {
    expect(isAddress(location)).toBe(is);
  });

  it("that can't be read are named with the reason", async () => {
    await expect(source.read(`${url}/none.yaml`)).rejects.toThrow(
      new SpecError(`${url}/none.yaml responded with 404; name the address of a document.`),
    );
    await expect(source.read(`${url}/cut.yaml`)).rejects.toThrow(`${url}/cut.yaml can't be read: `);
    await expect(source.read("http://127.0.0.1:1/a.yaml")).rejects.toThrow(
      /^http:\/\/127\.0\.0\.1:1\/a\.yaml can't be read: \S.*\.$/,
    );
  });
});
