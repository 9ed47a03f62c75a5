import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const page = readFileSync(join(root, "docs/your-own-spec.md"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "your-own-spec-"));
const servers: ChildProcess[] = [];
afterAll(async () => {
  for (const server of servers) {
    server.kill();
    if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
  }
  rmSync(folder, { recursive: true, force: true });
});

/** What the page asks for, in its order: files to save and commands to run. */
const steps = [...page.matchAll(/^```(\w+)(?: (\S+))?\n([^]*?)^```$/gm)].map(([, language, info = "", text]) => ({
  language,
  file: /^file=(.*)$/.exec(info)?.[1],
  isServer: info === "server",
  text: text!,
}));

const port = await freePort();

it("goes from an empty folder to a client that calls a mock, and to the checks of CI", async () => {
  const said: string[] = [];
  for (const { file, isServer, text, language } of steps) {
    if (file !== undefined) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    } else if (language === "sh") {
      for (const line of text.trim().split("\n")) said.push(await run(line, isServer));
    }
  }
  const output = said.join("\n");
  expect(output).toContain("Wrote src/api/client.ts");
  expect(output).toContain("copies must be at most 20");
  expect(output).toMatch(/^string$/m);
  expect(output).toContain("src/api is up to date.");
  expect(output).toContain("Bump: none");
  expect(existsSync(join(folder, "src/api/validation.ts"))).toBe(true);
});

/** Runs a line of the page. What npm would bring is linked from the workspace, so that the test needs no registry. */
async function run(line: string, isServer: boolean): Promise<string> {
  const words = line.replaceAll("4010", String(port));
  if (line.startsWith("npm install")) {
    for (const name of line.split(" ").filter((word) => word.startsWith("@"))) link(name);
    return "";
  }
  // The page's reader has a repository.
  if (line.startsWith("npx spec-diff")) commit();
  const env = {
    ...process.env,
    PATH: `${join(folder, "node_modules/.bin")}:${process.env.PATH}`,
    npm_config_offline: "true",
  };
  const local = words.replace(/^npx (?=codegen|spec-diff|prism)/, "");
  if (isServer) {
    // In place of the shell, which would end alone when it is killed, and leave the server running.
    const server = spawn(`exec ${local}`, {
      cwd: folder,
      env,
      shell: true,
      detached: false,
      stdio: ["ignore", "pipe", "inherit"],
    });
    servers.push(server);
    // Read to its end: Prism ends if its output is closed.
    await new Promise<void>((listening) => {
      server.stdout.on("data", (chunk: Buffer) => {
        if (chunk.toString().includes("Prism is listening")) listening();
      });
    });
    return "";
  }
  const { status, stdout, stderr } = spawnSync(local, { cwd: folder, env, shell: true, encoding: "utf8" });
  expect({ line, status, stderr: status === 0 ? "" : stderr }).toEqual({ line, status: 0, stderr: "" });
  return stdout;
}

const bins: Readonly<Record<string, readonly [name: string, path: string]>> = {
  "@image-variations/codegen": ["codegen", "packages/codegen/dist/bin.js"],
  "@image-variations/spec-diff": ["spec-diff", "packages/spec-diff/dist/bin.js"],
  "@stoplight/prism-cli": ["prism", "packages/mock/node_modules/@stoplight/prism-cli/dist/index.js"],
};

function link(name: string): void {
  const [, scope, short] = /^(@[^/]+)\/(.*)$/.exec(name)!;
  const target = scope === "@image-variations" ? `packages/${short}` : `packages/mock/node_modules/${name}`;
  mkdirSync(join(folder, "node_modules", scope!), { recursive: true });
  symlinkSync(join(root, target), join(folder, "node_modules", name), "junction");
  const bin = bins[name];
  if (!bin) return;
  mkdirSync(join(folder, "node_modules/.bin"), { recursive: true });
  const program = `#!/bin/sh\nexec ${JSON.stringify(process.execPath)} ${JSON.stringify(join(root, bin[1]))} "$@"\n`;
  writeFileSync(join(folder, "node_modules/.bin", bin[0]), program, { mode: 0o755 });
}

function commit(): void {
  const git = (...args: readonly string[]): void => {
    const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
    execFileSync("git", [...identity, ...args], { cwd: folder, stdio: "ignore" });
  };
  writeFileSync(join(folder, ".gitignore"), "node_modules\n");
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("commit", "--quiet", "--message", "First");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port: free } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return free;
}
