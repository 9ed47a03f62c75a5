import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Backend } from "@image-variations/backends";
import { engine } from "@image-variations/backends/engine";
import { createHandler } from "@image-variations/server";
import { serve } from "@image-variations/server/node";
import { describe, expect, onTestFinished, test } from "vitest";
import { runFake } from "../testing/fake-context.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { checkCodec, checkMemory, checkNode } from "./check-machine.ts";
import { checkServer } from "./check-server.ts";
import { checkVariation } from "./check-variation.ts";

const signal = new AbortController().signal;

async function serverOf(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

test("of a machine on which all is well says so, line by line, and leaves nothing behind", async () => {
  const folder = temporaryFolder();
  const { code, stdout, stderr } = await runFake(["doctor"], { workingDirectory: folder });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const lines = stdout.trim().split("\n");
  expect(lines.map((line) => line.slice(0, 11))).toEqual([
    "✓ node     ",
    "✓ memory   ",
    "✓ codec    ",
    "✓ disk     ",
    "✓ variation",
    "- server   ",
    "- key      ",
  ]);
  expect(stdout).toContain(`Node ${process.versions.node}; 22.12 or later is needed.`);
  expect(stdout).toMatch(/A variation of 256x256 was made in this process, in \d+ ms\./);
  expect(readdirSync(folder)).toEqual([]);
});

test("of a server that runs asks with the key, and never prints it", async () => {
  const server = await serve({
    handler: createHandler({ backend: engine(), apiKeys: ["sesame-open"] }),
    port: 0,
    logger: false,
    metrics: false,
  });
  onTestFinished(() => server.close());
  const run = async (environment: Readonly<Record<string, string>>): Promise<[number, unknown[]]> => {
    const { code, stdout } = await runFake(["doctor", "--json", "--server", `${server.url}/v1/`], {
      workingDirectory: temporaryFolder(),
      environment,
    });
    expect(stdout).not.toContain("sesame");
    return [
      code,
      stdout
        .trim()
        .split("\n")
        .slice(5)
        .map((line) => JSON.parse(line) as unknown),
    ];
  };
  const reachable = {
    check: "server",
    status: "ok",
    message: expect.stringContaining(`${server.url}/v1 responds, in `) as string,
  };
  expect(await run({ OPENAI_API_KEY: "sesame-open" })).toEqual([
    0,
    [reachable, { check: "key", status: "ok", message: "The server accepts the key." }],
  ]);
  expect(await run({ OPENAI_API_KEY: "sesame-shut" })).toEqual([
    1,
    [
      reachable,
      {
        check: "key",
        status: "failed",
        message: "The server rejects the key (401).",
        fix: "Pass the right one: --api-key, or OPENAI_API_KEY.",
      },
    ],
  ]);
  expect(await run({})).toEqual([
    1,
    [
      reachable,
      {
        check: "key",
        status: "failed",
        message: "The server needs a key (401).",
        fix: "Pass it: --api-key, or better OPENAI_API_KEY.",
      },
    ],
  ]);
});

test("of a folder that can't be written to says why, and how to go on", async () => {
  const folder = temporaryFolder({ file: "" });
  const { code, stdout } = await runFake(["doctor", "--out", join(folder, "file", "images")], {
    workingDirectory: folder,
  });
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /✗ disk {6}No file can be written to .*: a part of it is a file, not a folder\.\n {12}Name another folder with --out\.\n/,
  );
});

test("rejects a server that is not a URL, before it checks anything", async () => {
  const { code, stdout, stderr } = await runFake(["doctor", "--server", "localhost:8080"]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain("--server must be a URL");
});

test.for<[string, string]>([
  ["22.12.0", "ok"],
  ["22.11.9", "failed"],
  ["22.12", "ok"],
  ["24.0.0", "ok"],
  ["20.19.5", "failed"],
  ["100.0.0", "ok"],
])("Node %s is %s if 22.12 is needed", ([version, status]) => {
  expect(checkNode(version, ">=22.12").status).toBe(status);
});

test("too little memory has a fix", () => {
  expect(checkMemory(2 ** 30)).toMatchObject({ status: "ok" });
  expect(checkMemory(100 * 2 ** 20)).toEqual({
    status: "failed",
    message: "100 MiB of memory are free, and the engine needs up to 512 MiB.",
    fix: "End other programs, or use a server: --server URL",
  });
});

test("a codec that can't be loaded has a fix", async () => {
  expect(await checkCodec(() => Promise.reject(new Error("no binary")))).toMatchObject({
    status: "failed",
    fix: expect.stringContaining("npm install") as string,
  });
});

describe("a server", () => {
  const ask = async (listener: RequestListener, timeout = 10_000): Promise<readonly string[]> => {
    const url = await serverOf(listener);
    const { reachable, key } = await checkServer({ url, apiKey: "key", signal, timeout });
    return [reachable.status, reachable.message.replace(url, "URL"), key.status, key.message];
  };

  test("without a list of models is reachable, and its key can't be checked", async () => {
    expect(await ask((_, response) => void response.writeHead(404).end())).toEqual([
      "ok",
      expect.stringContaining("URL responds, in ") as string,
      "skipped",
      "The key can't be checked: the server has no list of models (404).",
    ]);
  });

  test("that fails is not well", async () => {
    expect((await ask((_, response) => void response.writeHead(503).end())).slice(0, 3)).toEqual([
      "failed",
      "URL responds with 503.",
      "skipped",
    ]);
  });

  test("that redirects is not followed, with the key in hand", async () => {
    let requests = 0;
    const result = await ask((_, response) => {
      requests += 1;
      response.writeHead(302, { location: "http://127.0.0.1:1/v1" }).end();
    });
    expect(result.slice(0, 3)).toEqual(["failed", "URL redirects (302).", "skipped"]);
    expect(requests).toBe(1);
  });

  test("that never responds is given up", async () => {
    expect((await ask(() => {}, 50)).slice(0, 3)).toEqual(["failed", "URL did not respond in 0.05 s.", "skipped"]);
  });

  test("that breaks off is told", async () => {
    expect((await ask((request) => void request.socket.destroy()))[0]).toBe("failed");
  });

  test("that does not run is told with its fix", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    await new Promise((resolve) => server.close(resolve));
    const { reachable } = await checkServer({ url, apiKey: undefined, signal });
    expect(reachable).toEqual({
      status: "failed",
      message: `${url} can't be reached: ECONNREFUSED.`,
      fix: "Start the server: image-variations serve",
    });
  });

  test("an endless body is not read", async () => {
    const [status] = await ask((_, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write("x".repeat(1_000)), 1);
      response.on("close", () => clearInterval(timer));
    });
    expect(status).toBe("ok");
  });

  test("an interruption ends the wait", async () => {
    const reason = new Error("Interrupted.");
    const aborted = AbortSignal.abort(reason);
    await expect(checkServer({ url: "http://127.0.0.1:1/v1", apiKey: undefined, signal: aborted })).rejects.toBe(
      reason,
    );
  });
});

describe("the variation", () => {
  const backendOf =
    (images: readonly Uint8Array<ArrayBuffer>[]): (() => Promise<Backend>) =>
    async () => ({
      name: "test",
      async *createVariations() {
        for (const bytes of images) yield { bytes, mediaType: "image/png" as const };
      },
    });

  test("that is missing or not a PNG fails", async () => {
    expect(await checkVariation(signal, backendOf([]))).toMatchObject({ status: "failed" });
    expect(await checkVariation(signal, backendOf([new Uint8Array(9)]))).toMatchObject({
      status: "failed",
      message: "The variation that was made is not a valid PNG.",
    });
  });

  test("that could not be made fails with the reason", async () => {
    const load = (): Promise<never> => Promise.reject(new Error("No threads."));
    expect(await checkVariation(signal, load)).toMatchObject({
      status: "failed",
      message: "No variation could be made: No threads.",
    });
  });
});
