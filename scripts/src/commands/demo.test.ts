import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterEach, describe, expect, it } from "vitest";

const program = fileURLToPath(new URL("./demo.ts", import.meta.url));
const otter = fileURLToPath(new URL("../../../assets/otter-32.png", import.meta.url));
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
  respond: (url: string) => { status?: number; type?: string; body: string | Buffer },
): Promise<number> {
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      const { status = 200, type = "application/json", body } = respond(request.url!);
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

describe("npm start", { timeout: 60_000 }, () => {
  it("makes four variations of the image by our own server, and a sheet of all of them", async () => {
    const { code, stdout, stderr } = await demo([otter, "--size", "256x256", "--out", "here and there"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/Checked .*otter-32\.png\n +PNG, 32×32 pixels, 634 bytes: square/);
    expect(stdout).toMatch(/Sent +POST http:\/\/127\.0\.0\.1:\d+\/v1\/images\/variations/);
    expect(stdout.match(/image \d after \d+\.\d s: PNG, 256×256 pixels/g)).toHaveLength(4);
    const names = ["otter-32-1.png", "otter-32-2.png", "otter-32-3.png", "otter-32-4.png"];
    const images = names.map((name) => readFileSync(join(folder, "here and there", name)));
    for (const image of images) expect(await sharp(image).metadata()).toMatchObject({ width: 256, height: 256 });
    expect(new Set(images.map((image) => image.toString("base64"))).size).toBe(4);
    const [, path] = /Sheet +(\S+ \S+ \S+-sheet\.png)/.exec(stdout) ?? [];
    expect(path).toBe(join("here and there", "otter-32-sheet.png"));
    expect(await sharp(join(folder, path!)).metadata()).toMatchObject({ format: "png", width: 1_520 });
  });

  it("makes the same images again with the same seed", async () => {
    const words = [otter, "--size", "256x256", "--n", "1", "--seed", "7"];
    const image = async (): Promise<Buffer> => {
      expect(await demo(words)).toMatchObject({ code: 0, stderr: "" });
      return readFileSync(join(folder, "variations", "otter-32-1.png"));
    };
    expect(await image()).toEqual(await image());
  });

  it("asks another server", async () => {
    const b64_json = readFileSync(otter).toString("base64");
    const port = await serve(() => ({ body: JSON.stringify({ created: 1, data: [{ b64_json }] }) }));
    const baseURL = `http://127.0.0.1:${port}/v1`;
    const { code, stderr } = await demo([otter, "--base-url", baseURL], { OPENAI_API_KEY: "key" });
    expect([code, stderr]).toEqual([0, ""]);
    expect(readFileSync(join(folder, "variations", "otter-32-1.png"))).toEqual(readFileSync(otter));
  });

  it("lists its options", async () => {
    const { code, stdout } = await demo(["--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain("npm start [-- [IMAGE.png] [OPTIONS]]");
  });
});

describe("npm start, when it cannot: a clear sentence, and an exit code", { timeout: 60_000 }, () => {
  it.each<[string, () => string[], RegExp]>([
    ["a missing image", () => ["nowhere.png"], /^There is no image at \S+nowhere\.png\.\n$/],
    ["a folder for an image", () => ["."], /^The image at \S+ cannot be read: EISDIR.*\n$/],
    ["a file that is not a PNG", () => [file("a.png", "<html></html>")], /^a\.png cannot be sent\.\n(.*\n)+$/],
    ["two images", () => ["a.png", "b.png"], /^One image at a time: got "a\.png" and "b\.png"\.\n$/],
    [
      "an unknown option",
      () => ["--sise=1"],
      /^Unknown option '--sise'; did you mean --size\? --help lists the options\.\n$/,
    ],
    ["a port that is not one", () => ["--port", "http"], /^--port must be an integer from 0 to 65535, got "http"\.\n$/],
    ["too many", () => ["--n", "11"], /^--n must be an integer from 1 to \d+, got "11"\.\n$/],
    ["a size that is not on the list", () => ["--size", "1x1"], /^--size must be one of .*; got "1x1"\.\n$/],
    [
      "a URL that is not one",
      () => ["--base-url", "localhost"],
      /^--base-url must be a URL such as .*, got "localhost"\.\n$/,
    ],
    ["no key for another server", () => [otter, "--base-url", "http://127.0.0.1:9/v1"], /API key/],
  ])("%s", async (_, words, message) => {
    const { code, stderr } = await demo(words());
    expect(stderr).toMatch(message);
    expect(code).toBe(1);
  });

  it("a port in use", async () => {
    const port = await serve(() => ({ body: "" }));
    const { code, stderr } = await demo([otter, "--port", String(port)]);
    expect(stderr).toMatch(new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is in use\\. .*\\n$`));
    expect(code).toBe(1);
  });

  it("a server that is not there", async () => {
    const port = await serve(() => ({ body: "" }));
    await new Promise((closed) => servers.pop()!.close(closed));
    const { code, stderr } = await demo([otter, "--base-url", `http://127.0.0.1:${port}`], { OPENAI_API_KEY: "key" });
    expect(stderr).toBe(`No response from http://127.0.0.1:${port} (ECONNREFUSED). Is the server running?\n`);
    expect(code).toBe(1);
  });

  it("a server that rejects", async () => {
    const port = await serve(() => ({ status: 404, body: '{"error":{"message":"no such model"}}' }));
    const { code, stderr } = await demo([otter, "--base-url", `http://127.0.0.1:${port}`], { OPENAI_API_KEY: "key" });
    expect(stderr).toMatch(/^http:\/\/127\.0\.0\.1:\d+ rejected the request: 404 .*no such model/);
    expect(code).toBe(1);
  });

  it("a response without images: and then nothing is written", async () => {
    const port = await serve(() => ({ body: '{"created":1,"data":[]}' }));
    const { code } = await demo([otter, "--base-url", `http://127.0.0.1:${port}`], { OPENAI_API_KEY: "key" });
    expect(code).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });
});
