import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createPng } from "@image-variations/png-corpus";
import { invalidImages, validImages } from "@image-variations/png-corpus/images";
import { inspectPngSync, parameterTables, type InspectionDepth } from "@image-variations/validation";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { runFake } from "../testing/fake-context.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";

const square = createPng({ width: 16, height: 16 });
const oblong = createPng({ width: 16, height: 8 });
const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1);
const { exclusiveMaximumBytes: limit = 0 } = parameterTables.createImageVariation.find(
  (parameter) => parameter.kind === "image",
)!;

interface JsonLine {
  readonly path: string;
  readonly status: string;
  readonly issues: readonly { readonly code: string }[];
  readonly error?: { readonly message: string };
}

async function checkJson(args: readonly string[], folder: string): Promise<{ code: number; lines: JsonLine[] }> {
  const { code, stdout } = await runFake(["check", "--json", ...args], { workingDirectory: folder });
  const lines = stdout
    .split("\n")
    .filter((line) => line)
    .map((line) => JSON.parse(line) as JsonLine);
  return { code, lines };
}

async function pathsOf(args: readonly string[], folder: string): Promise<string[]> {
  return (await checkJson(args, folder)).lines.map(({ path, status }) =>
    status === "unreadable" ? `? ${path}` : path,
  );
}

describe("the report", () => {
  test("is a line for an image that is accepted", async () => {
    const folder = temporaryFolder({ "otter.png": square });
    const result = await runFake(["check", "otter.png"], { workingDirectory: folder });
    expect(result).toMatchObject({
      code: 0,
      stdout: `✓ otter.png: accepted (16x16, ${square.length} bytes)\n`,
      stderr: "",
    });
  });

  test("has every issue of a rejected image with its fix, a group for each file, and counts at the end", async () => {
    const folder = temporaryFolder({ "a.png": square, "b.png": oblong, "c.jpg": jpeg, "d.png": "" });
    const { code, stdout } = await runFake(["check", "."], { workingDirectory: folder });
    expect(code).toBe(3);
    expect(stdout).toBe(
      `✓ a.png: accepted (16x16, ${square.length} bytes)
✗ b.png: rejected (16x8, ${oblong.length} bytes)
    1 error:
      The image must be square, not 16x8.
        Crop or pad it to a square.
✗ c.jpg: rejected (12 bytes)
    1 error:
      The file must be image/png, not image/jpeg.
        Convert it to PNG.
✗ d.png: rejected (0 bytes)
    1 error:
      The file is empty.
        Check where the file comes from.

4 files: 1 accepted, 3 rejected.
image-variations fit FILE makes an image that is accepted.
`,
    );
  });

  test("names fit only if fit can help", async () => {
    const folder = temporaryFolder({ "a.png": "", "b.png": square.subarray(0, 50) });
    const { stdout } = await runFake(["check", "a.png", "b.png"], { workingDirectory: folder });
    expect(stdout).toContain("2 files: 2 rejected.\n");
    expect(stdout).not.toContain("fit");
  });

  test("with --quiet leaves out what is accepted, and the counts", async () => {
    const folder = temporaryFolder({ "a.png": square, "b.png": oblong });
    const { code, stdout } = await runFake(["check", "--quiet", "a.png", "b.png"], { workingDirectory: folder });
    expect(code).toBe(3);
    expect(stdout).toMatch(/^✗ b\.png: rejected[^✓]*square\.\n$/);
    expect(await runFake(["check", "-q", "a.png"], { workingDirectory: folder })).toMatchObject({
      code: 0,
      stdout: "",
    });
  });

  test("is colored in a terminal, and says the same", async () => {
    const folder = temporaryFolder({ "a.png": square, "b.png": oblong });
    const plain = await runFake(["check", "."], { workingDirectory: folder });
    const colored = await runFake(["check", "."], {
      workingDirectory: folder,
      terminal: { columns: 80, rows: 24 },
    });
    expect(colored.stdout).toContain("\u001b[32maccepted\u001b[39m");
    expect(stripVTControlCharacters(colored.stdout)).toBe(plain.stdout);
  });

  test("has warnings of an accepted image, and counts them", async () => {
    const file = new Uint8Array(square.length + 7);
    file.set(square);
    const folder = temporaryFolder({ "a.png": file, "b.png": square });
    const { code, stdout } = await runFake(["check", "a.png", "b.png"], { workingDirectory: folder });
    expect(code).toBe(0);
    expect(stdout).toContain("! a.png: accepted");
    expect(stdout).toContain("The file continues for 7 bytes after IEND.");
    expect(stdout).toContain("2 files: 2 accepted (1 with warnings).");
  });

  test.for(["\u001b[2Jotter.png", "line\nbreak.png", "\u202egnp.otter.png", "\u009b31m.png"])(
    "shows control characters of a file's name as escapes: %j",
    async (name) => {
      const folder = temporaryFolder({ [name]: oblong });
      const { stdout } = await runFake(["check", "."], { workingDirectory: folder });
      expect(stdout.split("\n")[0]).toMatch(/^✗ [^\p{Cc}\u202e]*\\[xu][0-9a-f]+[^\p{Cc}\u202e]*: rejected/u);
      expect((await checkJson(["."], folder)).lines).toMatchObject([{ path: name, status: "rejected" }]);
    },
  );

  test("as JSON has an object for each image with what the validator found", async () => {
    const folder = temporaryFolder({ "a.png": square, "b.png": oblong });
    const { lines, code } = await checkJson(["a.png", "b.png", "none.png"], folder);
    const { source: _, ...expected } = inspectPngSync(oblong);
    expect(code).toBe(1);
    expect(lines).toEqual([
      expect.objectContaining({ path: "a.png", status: "accepted", width: 16, byteLength: square.length, issues: [] }),
      { path: "b.png", status: "rejected", ...expected },
      {
        path: "none.png",
        status: "unreadable",
        error: { message: "none.png does not exist.", fix: "Check the path." },
      },
    ]);
  });

  test("says how many issues are not listed of a file that has very many", async () => {
    const raw = new Uint8Array(300 * 901).fill(9);
    const file = createPng({ width: 300, height: 300, raw, idatBytes: 1 });
    // Every CRC is wrong.
    for (let at = 8 + 25 + 8; at < file.length - 12; at += 13) file[at + 1] = file[at + 1]! ^ 0xff;
    const folder = temporaryFolder({ "a.png": file });
    const { stdout } = await runFake(["check", "a.png"], { workingDirectory: folder });
    expect(stdout).toMatch(/\d+ more of its \d+ issues are not listed\./);
  });
});

describe.each<InspectionDepth>(["header", "structure", "pixels"])("depth %s", (depth) => {
  test("agrees with the validator about every image of the corpus, read from a file", async () => {
    const images = [...validImages(), ...invalidImages()];
    const folder = temporaryFolder(
      Object.fromEntries(images.map(({ bytes }, index) => [`${String(index).padStart(4, "0")}.png`, bytes])),
    );
    const { lines } = await checkJson([".", "--depth", depth], folder);
    expect(images.length).toBeGreaterThan(50);
    for (const [index, { name, bytes }] of images.entries()) {
      const { source: _, ...expected } = inspectPngSync(bytes, { depth });
      expect({ name, ...lines[index] }).toEqual({
        name,
        path: `${String(index).padStart(4, "0")}.png`,
        status: expected.valid ? "accepted" : "rejected",
        ...expected,
      });
    }
  });

  test("says the same of standard input and of a pipe as of a file", async () => {
    const folder = temporaryFolder({ "a.png": oblong });
    execFileSync("mkfifo", [join(folder, "pipe")]);
    const writing = writeFile(join(folder, "pipe"), oblong);
    const args = ["check", "--json", "--depth", depth, "a.png", "-", "pipe"];
    const { stdout } = await runFake(args, { workingDirectory: folder, stdin: oblong });
    await writing;
    const issues = stdout
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as JsonLine).issues);
    expect(issues[0]).toMatchObject([{ code: "not_square" }]);
    expect(issues[1]).toEqual(issues[0]);
    expect(issues[2]).toEqual(issues[0]);
  });
});

test("rejects a depth that there is not", async () => {
  const { code, stderr } = await runFake(["check", "a.png", "--depth", "bytes"]);
  expect(code).toBe(2);
  expect(stderr).toContain("header, structure, pixels");
});

describe("what is found", () => {
  const files = {
    "b.png": square,
    "a.PNG": square,
    "readme.md": "text",
    "deep/er/c.webp": square,
    "deep/d.png": square,
    ".git/e.png": square,
    ".f.png": square,
    "node_modules/x/g.png": square,
    "h[1].png": square,
  };

  test.for<[string, readonly string[]]>([
    [".", ["a.PNG", "b.png", "deep/d.png", "deep/er/c.webp", "h[1].png"]],
    ["deep", ["deep/d.png", "deep/er/c.webp"]],
    ["./deep/", ["deep/d.png", "deep/er/c.webp"]],
    ["node_modules", ["node_modules/x/g.png"]],
    [".git", [".git/e.png"]],
    ["readme.md", ["readme.md"]],
    ["h[1].png", ["h[1].png"]],
    ["*.png", ["b.png", "h[1].png"]],
    ["./*.png", ["b.png", "h[1].png"]],
    ["*", ["a.PNG", "b.png", "h[1].png", "readme.md"]],
    ["**/*.{png,webp}", ["b.png", "deep/d.png", "deep/er/c.webp", "h[1].png"]],
    ["deep/*.png", ["deep/d.png"]],
    ["deep/*/*", ["deep/er/c.webp"]],
    ["[ab].png", ["b.png"]],
    ["*.gif", ["? *.gif"]],
    ["none/*.gif", ["? none"]],
    ["none.png", ["? none.png"]],
    ["b.png/c.png", ["? b.png/c.png"]],
    ["a\0.png", ["? a\0.png"]],
    ["", ["? "]],
  ])("%j names %j", async ([argument, expected]) => {
    expect(await pathsOf([argument], temporaryFolder(files))).toEqual(expected);
  });

  test("keeps the order of the arguments, and checks what is named twice twice", async () => {
    const folder = temporaryFolder(files);
    expect(await pathsOf(["deep", "b.png", "deep"], folder)).toEqual([
      "deep/d.png",
      "deep/er/c.webp",
      "b.png",
      "deep/d.png",
      "deep/er/c.webp",
    ]);
  });

  test("a directory without images says what it has instead", async () => {
    const folder = temporaryFolder({ "notes/readme.md": "text", "notes/b.txt": "text" });
    mkdirSync(join(folder, "empty"));
    const { code, stdout } = await runFake(["check", "notes", "empty"], { workingDirectory: folder });
    expect(code).toBe(1);
    expect(stdout).toContain("notes has no images, only 2 other files.");
    expect(stdout).toContain("empty has no files.");
    expect(stdout).toContain("2 files: 2 not checked.");
  });

  test("links that lead in circles end, and each directory is searched once", async () => {
    const folder = temporaryFolder({ "a/one.png": square, "b/two.png": square });
    symlinkSync("../b", join(folder, "a/to-b"));
    symlinkSync("../a", join(folder, "b/to-a"));
    symlinkSync(".", join(folder, "self"));
    symlinkSync("loop.png", join(folder, "loop.png"));
    symlinkSync("nowhere", join(folder, "broken.png"));
    symlinkSync("nowhere", join(folder, "broken.txt"));
    symlinkSync("a/one.png", join(folder, "link.png"));
    const found = await pathsOf(["."], folder);
    expect(found).toEqual(["a/one.png", "a/to-b/two.png", "? broken.png", "link.png", "? loop.png"]);
  });

  test("directories can be thousands deep", async () => {
    const folder = temporaryFolder();
    const deep = Array.from({ length: 900 }, () => "d").join("/");
    mkdirSync(join(folder, deep), { recursive: true });
    writeFileSync(join(folder, deep, "a.png"), square);
    expect(await pathsOf(["."], folder)).toEqual([`${deep}/a.png`]);
  });

  test("standard input is read once", async () => {
    const { code, stdout } = await runFake(["check", "-", "-"], { stdin: square });
    expect(code).toBe(1);
    expect(stdout).toContain("✓ standard input: accepted (16x16,");
    expect(stdout).toContain("Standard input can be read only once.");
  });

  test("an interruption ends the wait for a pipe that has no writer", async () => {
    const folder = temporaryFolder();
    execFileSync("mkfifo", [join(folder, "pipe")]);
    const interruption = new AbortController();
    const running = runFake(["check", "pipe"], { workingDirectory: folder, signal: interruption.signal });
    setImmediate(() => interruption.abort(new Error("Interrupted by the test.")));
    expect((await running).code).toBe(130);
    // Lets go of the thread that waits in the system.
    await (await open(join(folder, "pipe"), "r+")).close();
  });

  test("an interruption ends it", async () => {
    const folder = temporaryFolder({ "a.png": square });
    const signal = AbortSignal.abort(new Error("Interrupted by the test."));
    const { code, stdout, stderr } = await runFake(["check", "a.png"], { workingDirectory: folder, signal });
    expect({ code, stdout, stderr }).toEqual({ code: 130, stdout: "", stderr: "Interrupted.\n" });
  });
});

test("a file beyond the limit is rejected by its size, and not read whole", async () => {
  const folder = temporaryFolder({ "huge.png": square, "just.png": square });
  truncateSync(join(folder, "huge.png"), 64 * 1024 ** 3);
  truncateSync(join(folder, "just.png"), limit);
  const { lines } = await checkJson([".", "--depth", "pixels"], folder);
  expect(lines).toMatchObject([
    { path: "huge.png", status: "rejected", issues: [{ code: "too_large", received: `${64 * 1024 ** 3} bytes` }] },
    { path: "just.png", status: "rejected", issues: [{ code: "too_large" }] },
  ]);
});
