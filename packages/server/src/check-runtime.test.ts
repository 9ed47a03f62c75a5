import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const door = new URL("../dist/index.js", import.meta.url).href;
const program = `
  const { createHandler } = await import(${JSON.stringify(door)});
  createHandler({ backend: { name: "none", createVariations() {} } });
  console.log("made");
`;

/** What the program prints, and its last error. */
async function run(node: string, prelude = ""): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const options = ["--input-type", "module", "--eval", prelude + program];
  return promisify(execFile)(node, options).catch((error: { stdout: string; stderr: string }) => error);
}

/** Node 20 where Debian and its like put theirs. */
const systemNode = "/usr/bin/node";
const systemVersion = existsSync(systemNode)
  ? (await promisify(execFile)(systemNode, ["--version"])).stdout.trim().slice(1)
  : "none";

describe("a program in a runtime that is too old", () => {
  test("ends with a sentence that names the version that is needed", async () => {
    const { stdout, stderr } = await run(process.execPath, "delete Promise.withResolvers; delete URL.parse;");
    expect(stdout).toBe("");
    expect(stderr).toContain(
      `@image-variations/server needs Node 22.12 or newer, or a browser, Deno, Bun or Workers of 2024 or later: ` +
        `Node ${process.version.slice(1)} lacks Promise.withResolvers and URL.parse.`,
    );
  });

  test("is served if everything is there", async () => {
    expect(await run(process.execPath)).toMatchObject({ stdout: "made\n" });
  });

  test.skipIf(!systemVersion.startsWith("20."))(
    `ends with it on Node 20, if there is one (${systemVersion} at ${systemNode})`,
    async () => {
      const { stderr } = await run(systemNode);
      expect(stderr).toContain(`Node ${systemVersion} lacks`);
    },
  );
});
