import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { createHandler } from "./index.ts";
import { serve } from "./node.ts";
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
