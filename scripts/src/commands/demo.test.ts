import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parameterTables } from "@image-variations/validation";
import { expect, onTestFinished, test } from "vitest";

const { allowed: [size = ""] = [] } = parameterTables.createImageVariation.find(({ name }) => name === "size") as {
  readonly allowed?: readonly string[];
};
const program = fileURLToPath(new URL("./demo.ts", import.meta.url));
const otter = fileURLToPath(new URL("../../../assets/otter-32.png", import.meta.url));

function start(...words: readonly string[]): { code: number | null; stdout: string; stderr: string; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), "demo-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env["PATH"] },
  });
  return { code: status, stdout, stderr, folder };
}

test("npm start makes four variations of the otter, and ends with the path of their contact sheet", () => {
  const { code, stderr, folder } = start("--size", size);
  expect(stderr.trimEnd().split("\n").at(-1)).toMatch(/^Sheet +variations[/\\]otter-sheet\.png$/);
  expect(code).toBe(0);
  const names = readdirSync(join(folder, "variations")).toSorted();
  expect(names).toEqual(["otter-1.png", "otter-2.png", "otter-3.png", "otter-4.png", "otter-sheet.png"]);
});

test("npm start -- my.png does the same with an image of yours, and with your options", () => {
  const { code, stdout } = start("--", otter, "-n", "1", "--size", size, "--no-sheet");
  expect({ code, stdout }).toEqual({ code: 0, stdout: `${join("variations", "otter-32-1.png")}\n` });
});

test("npm start -- --help lists the options, and an option that does not exist is named", () => {
  expect(start("--", "--help")).toMatchObject({ code: 0, stdout: expect.stringContaining("--size <size>") });
  expect(start("--sise=1")).toMatchObject({ code: 2, stderr: expect.stringContaining("Did you mean --size?") });
});
