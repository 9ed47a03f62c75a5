import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";

const program = fileURLToPath(new URL("demo.ts", import.meta.url));
const otter = fileURLToPath(new URL("../../assets/otter-32.png", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "demo-"));
const servers: Server[] = [];

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function demo(words: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  return new Promise((done) => {
    const options = { cwd: folder, env: { PATH: process.env["PATH"], ...env } };
    execFile(process.execPath, [program, ...words], options, (error, stdout, stderr) => {
      done({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

async function serve(
  answer: (url: string) => { status?: number; type?: string; body: string | Buffer },
): Promise<number> {
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      const { status = 200, type = "application/json", body } = answer(request.url!);
      response.writeHead(status, { "content-type": type }).end(body);
    });
  });
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return (server.address() as AddressInfo).port;
}

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return name;
}

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  for (const entry of readdirSync(folder)) rmSync(join(folder, entry), { recursive: true });
});

describe("npm start", { timeout: 30_000 }, () => {
  it("checks the picture, sends it to a mock, and saves what comes back", async () => {
    const { code, stdout, stderr } = await demo([otter, "--out", "here and there"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/Checked .*otter-32\.png\n +PNG, 32×32 pixels, 634 bytes: square/);
    expect(stdout).toMatch(/Sent +POST http:\/\/127\.0\.0\.1:\d+\/images\/variations/);
    expect(stdout).toMatch(/Answered +200 after \d+ ms, request req_\w+, with 2 pictures/);
    for (const name of ["otter-32-1.png", "otter-32-2.png"]) {
      expect(readFileSync(join(folder, "here and there", name))).toEqual(readFileSync(otter));
    }
  });

  it("asks another server, and fetches pictures that come as a URL", async () => {
    const port: number = await serve((url) =>
      url === "/v1/images/variations"
        ? { body: JSON.stringify({ created: 1, data: [{ url: `http://127.0.0.1:${port}/1.png` }] }) }
        : { type: "image/png", body: readFileSync(otter) },
    );
    const baseURL = `http://127.0.0.1:${port}/v1`;
    const { code, stderr } = await demo([otter, "--base-url", baseURL], { OPENAI_API_KEY: "key" });
    expect([code, stderr]).toEqual([0, ""]);
    expect(readFileSync(join(folder, "variations", "otter-32-1.png"))).toEqual(readFileSync(otter));
  });

  it("tells what there is", async () => {
    const { code, stdout } = await demo(["--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain("npm start [-- [PICTURE.png] [OPTIONS]]");
  });
});

describe("npm start, when it can't: a clear sentence, and an exit code", { timeout: 30_000 }, () => {
  it.each<[string, () => string[], RegExp]>([
    ["a missing picture", () => ["nowhere.png"], /^There is no picture at \S+nowhere\.png\.\n$/],
    ["a folder for a picture", () => ["."], /^The picture at \S+ can't be read: EISDIR.*\n$/],
    [
      "a picture that is no PNG",
      () => [file("a.png", "<html></html>")],
      /^a\.png can't be sent\.\n1 problem:\n {2}image: .*\n {4}.*\n$/,
    ],
    ["two pictures", () => ["a.png", "b.png"], /^One picture at a time: got "a\.png" and "b\.png"\.\n$/],
    [
      "an unknown option",
      () => ["--size=1"],
      /^Unknown option '--size'.*`npm start -- --help` tells what there is\.\n$/,
    ],
    ["a port that is none", () => ["--port", "http"], /^--port takes a number from 0 .*, got "http"\.\n$/],
    [
      "a URL that is none",
      () => ["--base-url", "localhost"],
      /^--base-url takes a URL such as .*, got "localhost"\.\n$/,
    ],
    [
      "a broken spec",
      () => [otter, "--spec", file("a.yaml", "openapi: 3.1.0\npaths: {\n")],
      /^Prism has nothing to mock\. \S*a\.yaml:\d+:\d+: the spec is not valid YAML\. .*\n$/,
    ],
    [
      "no key for a real server",
      () => [otter, "--base-url", "http://127.0.0.1:9/v1"],
      /^There is no API key: pass `apiKey`, or set OPENAI_API_KEY\..*\n$/,
    ],
  ])("%s", async (_, words, message) => {
    const { code, stderr } = await demo(words());
    expect(stderr).toMatch(message);
    expect(code).toBe(1);
  });

  it("a port in use", async () => {
    const port = await serve(() => ({ body: "" }));
    const { code, stderr } = await demo([otter, "--port", String(port)]);
    expect(stderr).toMatch(new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is in use: .*\\n$`));
    expect(code).toBe(1);
  });

  it("a server that is not there", async () => {
    const port = await serve(() => ({ body: "" }));
    await new Promise((closed) => servers.pop()!.close(closed));
    const { code, stderr } = await demo([otter, "--base-url", `http://127.0.0.1:${port}`], { OPENAI_API_KEY: "key" });
    expect(stderr).toBe(`No answer from http://127.0.0.1:${port} (ECONNREFUSED). Is the server running?\n`);
    expect(code).toBe(1);
  });

  it("a server that refuses", async () => {
    const port = await serve(() => ({ status: 404, body: '{"error":{"message":"no such model"}}' }));
    const { code, stderr } = await demo([otter, "--base-url", `http://127.0.0.1:${port}`], { OPENAI_API_KEY: "key" });
    expect(stderr).toBe(`http://127.0.0.1:${port} refused the request: 404 no such model\n`);
    expect(code).toBe(1);
  });

  it("a picture that is gone: and then none is written", async () => {
    const port: number = await serve((url) =>
      url === "/images/variations"
        ? {
            body: JSON.stringify({
              created: 1,
              data: [{ b64_json: "AAAA" }, { url: `http://127.0.0.1:${port}/gone` }],
            }),
          }
        : { status: 404, body: "" },
    );
    const { code, stderr } = await demo([otter, "--base-url", `http://127.0.0.1:${port}`], { OPENAI_API_KEY: "key" });
    expect(stderr).toBe(`The picture at http://127.0.0.1:${port}/gone can't be fetched: it answers 404.\n`);
    expect(code).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });
});
