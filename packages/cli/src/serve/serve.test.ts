import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { contractParameter } from "../settings/contract-flags.ts";
import { runFake, type FakeWorld, type RunResult } from "../testing/fake-context.ts";
import { otter } from "../testing/otter.ts";
import { formatVariables } from "./format-variables.ts";

const { allowed: [size = ""] = [] } = contractParameter("size") as { allowed?: readonly string[] };

/** Serves until the action is done, and interrupts then. */
async function serveWhile(
  args: readonly string[],
  action: (url: string) => Promise<void>,
  world: FakeWorld = {},
): Promise<RunResult> {
  const interruption = new AbortController();
  let failure: unknown;
  const onStdout = (text: string): void => {
    const url = /OPENAI_BASE_URL(?:=| = ')([^'\s]+)/.exec(text)?.[1];
    if (!url) return;
    action(url)
      .catch((error: unknown) => (failure = error))
      .finally(() => interruption.abort(new Error("Ctrl-C")));
  };
  const result = await runFake(["serve", "--port", "0", ...args], { ...world, signal: interruption.signal, onStdout });
  if (failure) throw failure;
  return result;
}

function post(url: string, key?: string): Promise<Response> {
  const form = new FormData();
  form.append("image", new File([otter], "otter.png", { type: "image/png" }));
  form.append("size", size);
  form.append("response_format", "b64_json");
  return fetch(`${url}/images/variations`, {
    method: "POST",
    body: form,
    headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
  });
}

test("serves the endpoint at the address that it prints ready to paste, until it is interrupted", async () => {
  const { code, stdout, stderr } = await serveWhile([], async (url) => {
    expect((await post(url)).status).toBe(200);
  });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^export OPENAI_BASE_URL=http:\/\/127\.0\.0\.1:\d+\/v1\nexport OPENAI_API_KEY=any-text\n/);
  expect(stderr).toContain("Serving with engine.");
});

test("accepts the keys that it was given, and prints one of them", async () => {
  const { stdout } = await serveWhile(["--api-key", "o'clock", "--api-key", "other"], async (url) => {
    expect((await post(url)).status).toBe(401);
    expect((await post(url, "o'clock")).status).toBe(200);
    expect((await post(url, "other")).status).toBe(200);
  });
  expect(stdout).toContain(String.raw`export OPENAI_API_KEY='o'\''clock'`);
});

test("reads the server's variables, which options outweigh", async () => {
  const environment = { IMAGE_VARIATIONS_API_KEYS: "of-the-environment", IMAGE_VARIATIONS_PORT: "1" };
  const { stdout } = await serveWhile([], async () => {}, { environment });
  expect(stdout).toContain("OPENAI_API_KEY=of-the-environment");
});

test("a port that is in use is named, with what to do", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  const { code, stderr } = await runFake(["serve", "--port", String(port)]);
  expect(stderr).toBe(
    `error Port ${port} on 127.0.0.1 is in use.\n      Pass another as --port; 0 takes a free one.\n`,
  );
  expect(code).toBe(1);
});

test.for([
  { args: ["--host", "0.0.0.0"], environment: {}, said: "Pass --api-key, leave --host out" },
  { args: ["--store", "directory"], environment: {}, said: "needs --store-directory." },
  { args: [], environment: { IMAGE_VARIATIONS_PROT: "80" }, said: "IMAGE_VARIATIONS_PROT is not a setting." },
  {
    args: [],
    environment: { IMAGE_VARIATIONS_BACKEND: "magic" },
    said: "IMAGE_VARIATIONS_BACKEND must be one of engine",
  },
  { args: ["--backend", "variations"], environment: {}, said: "`baseURL` is missing" },
])("$args with $environment is a usage error: $said", async ({ args, environment, said }) => {
  const { code, stdout, stderr } = await runFake(["serve", "--port", "0", ...args], { environment });
  expect(stderr).toContain(said);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});

test("on Windows, what is printed is for PowerShell; a key that is only known by its hash is not made up", () => {
  expect(formatVariables("http://0.0.0.0:80", ["sha256:00"], "win32")).toBe(
    `$env:OPENAI_BASE_URL = 'http://127.0.0.1:80/v1'
$env:OPENAI_API_KEY = 'the-key-of-that-hash'

curl.exe "$env:OPENAI_BASE_URL/images/variations" -H "Authorization: Bearer $env:OPENAI_API_KEY" -F image=@otter.png -F n=2`,
  );
});
