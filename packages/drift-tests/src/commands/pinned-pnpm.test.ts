import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { consumerEnvironment, runProgram } from "@image-variations/testing/run-program";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readText, root } from "../repository/repository.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pnpm-"));
  mkdirSync(join(folder, "scripts"));
  cpSync(join(root, "scripts/pnpm.mjs"), join(folder, "scripts/pnpm.mjs"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { packageManager } = JSON.parse(readText("package.json")) as { packageManager: string };

test("without a registry, it says in a sentence what is missing, and where to look", async () => {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ packageManager }));
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  const registry = `http://127.0.0.1:${port}/`;
  const [code, stderr] = await runPnpm({ npm_config_registry: registry, npm_config_cache: join(folder, "cache") });
  const pnpm = packageManager.split("+")[0]!;
  expect(stderr).toContain(`${pnpm} can't be downloaded from the npm registry (ECONNREFUSED)`);
  expect(stderr).toContain("npm config get registry");
  expect(code).toBe(1);
});

test.each([
  ["", {}],
  [
    ", by a program that pnpm started and told where it is no more",
    { npm_config_user_agent: "pnpm/12.0.0 npm/? node/?" },
  ],
])("a pnpm whose hash is not the pinned one is not run%s", async (_, variables) => {
  const other = packageManager.replace(/[0-9a-f]{128}$/, "0".repeat(128));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ packageManager: other }));
  const [code, stderr] = await runPnpm(variables);
  expect(stderr).toContain("and package.json pins sha512-AAAA");
  expect(stderr).toContain("it is not run");
  expect(code).toBe(1);
});

/** Runs the copy of scripts/pnpm.mjs as npm does, from a machine that has no pnpm. */
async function runPnpm(variables: Readonly<Record<string, string>>): Promise<[code: number, stderr: string]> {
  const path = process.env["PATH"]!.split(":").filter((entry) => !/pnpm|_npx/.test(entry));
  // Where npm downloads from, on this machine.
  const settings = Object.entries(process.env).filter(([name]) =>
    /^p?npm_config_(?:registry|cafile|cache)$/i.test(name),
  );
  const env = consumerEnvironment({ ...Object.fromEntries(settings), ...variables, PATH: path.join(":") });
  const command = ["scripts/pnpm.mjs", "--version"];
  const { code, stderr } = await runProgram(process.execPath, command, { cwd: folder, env, expected: "any" });
  return [code, stderr];
}
