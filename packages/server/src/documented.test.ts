import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { createHandler } from "./index.ts";
import { serve } from "./node.ts";
import { contractFacts } from "./testing/contract-facts.ts";
import { postForm } from "./testing/post-form.ts";
import { stubBackend } from "./testing/stub-backend.ts";

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "server-"));
copyFileSync(path("../../../assets/otter-32.png"), join(folder, "otter.png"));
afterAll(() => rmSync(folder, { recursive: true }));

test("the README's line of curl gets two images", async () => {
  const readme = readFileSync(path("../README.md"), "utf8");
  const [, command] = /```sh\n(curl [^`]+)```/.exec(readme)!;
  await using server = await serve({
    handler: createHandler({ backend: stubBackend() }),
    port: 0,
    logger: false,
    metrics: false,
  });
  const words = ["-c", command!.replace("http://127.0.0.1:8080", server.url)];
  const printed = await new Promise<string>((done, fail) => {
    execFile("sh", words, { cwd: folder, maxBuffer: 2 ** 26 }, (error, stdout) => (error ? fail(error) : done(stdout)));
  });
  const { data } = JSON.parse(printed) as { data: { url: string }[] };
  expect(data).toHaveLength(2);
  expect((await fetch(data[0]!.url)).headers.get("content-type")).toBe("image/png");
});

describe("the program of the container", () => {
  interface Running {
    readonly child: ChildProcess;
    readonly lines: string[];
  }

  function run(environment: Record<string, string>): Running {
    const env = { PATH: process.env["PATH"], IMAGE_VARIATIONS_PORT: "0", ...environment };
    const child = spawn(process.execPath, [path("../docker/server.mjs")], { env });
    // However the test ends, and whether or not the program has.
    onTestFinished(() => void child.kill("SIGKILL"));
    const lines: string[] = [];
    child.stdout.on("data", (chunk: Buffer) => lines.push(...chunk.toString().split("\n").filter(Boolean)));
    child.stderr.on("data", (chunk: Buffer) => lines.push(chunk.toString()));
    return { child, lines };
  }

  test("serves the engine's images to those who have a key, and ends when it is told to", async () => {
    const { child, lines } = run({
      IMAGE_VARIATIONS_HOST: "0.0.0.0",
      IMAGE_VARIATIONS_API_KEYS: "the-key",
      IMAGE_VARIATIONS_STORE: "directory",
      IMAGE_VARIATIONS_STORE_DIRECTORY: join(folder, "images"),
    });
    await once(child.stdout!, "data");
    const { url } = JSON.parse(lines[0]!) as { url: string };
    const origin = url.replace("0.0.0.0", "127.0.0.1");
    const headers = { authorization: "Bearer the-key" };
    const response = await postForm(
      fetch,
      { size: contractFacts.smallestSize },
      { url: `${origin}/v1/images/variations`, headers },
    );
    const { data } = (await response.json()) as { data: { url: string }[] };
    expect((await fetch(data[0]!.url)).status).toBe(200);
    expect((await fetch(`${origin}/readyz`)).status).toBe(200);
    child.kill("SIGTERM");
    const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
    expect([code, signal]).toEqual([0, null]);
  });

  test.for<[object, RegExp]>([
    [{ IMAGE_VARIATIONS_HOST: "0.0.0.0" }, /^The host 0\.0\.0\.0 can be reached from other machines/],
    [{ IMAGE_VARIATIONS_BACKEND: "dall-e" }, /^IMAGE_VARIATIONS_BACKEND must be one of engine, .*, got "dall-e"\.$/m],
    [{ IMAGE_VARIATIONS_PORT: "http" }, /^IMAGE_VARIATIONS_PORT must be an integer from 0 to 65535, got "http"\.$/m],
  ])("says in a sentence what is wrong with %j", async ([environment, message]) => {
    const { child, lines } = run(environment as Record<string, string>);
    const [code] = (await once(child, "close")) as [number];
    expect(code).toBe(1);
    expect(lines.at(-1)).toMatch(message);
  });
});
