import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createPng } from "@image-variations/png-corpus";
import { inspectPngSync } from "@image-variations/validation";
import sharp from "sharp";
import { expect, test } from "vitest";
import { runFake } from "../testing/fake-context.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";

const square = createPng({ width: 16, height: 16 });
const oblong = createPng({ width: 16, height: 8 });

const isAccepted = (bytes: Uint8Array): boolean => inspectPngSync(bytes, { depth: "pixels" }).valid;

test("writes beside the image, and says what it did", async () => {
  const photo = await sharp({ create: { width: 30, height: 20, channels: 3, background: "teal" } })
    .jpeg()
    .toBuffer();
  const folder = temporaryFolder({ "photos/otter.jpg": photo });
  const { code, stdout, stderr } = await runFake(["fit", "photos/otter.jpg"], { workingDirectory: folder });
  const written = readFileSync(join(folder, "photos/otter-fit.png"));
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(
    new RegExp(
      String.raw`^photos/otter\.jpg
  Converted JPEG to PNG\.
  Cropped 30x20 to 20x20 around the subject: \d+ pixels on the left and \d+ on the right are cut off\.
photos/otter-fit\.png: 20x20, ${written.length} bytes
$`,
    ),
  );
  expect(isAccepted(written)).toBe(true);
  expect(readdirSync(join(folder, "photos"))).toEqual(["otter-fit.png", "otter.jpg"]);
});

test("copies an image that is accepted already, and says so", async () => {
  const folder = temporaryFolder({ "otter.png": square });
  const { stdout } = await runFake(["fit", "otter.png"], { workingDirectory: folder });
  expect(stdout).toContain("It is accepted as it is; nothing was changed.");
  expect(readFileSync(join(folder, "otter-fit.png")).equals(square)).toBe(true);
});

test("overwrites nothing without --force, and does not begin to read", async () => {
  const folder = temporaryFolder({ "otter.png": oblong, "otter-fit.png": "mine" });
  const denied = await runFake(["fit", "otter.png"], { workingDirectory: folder });
  expect(denied).toMatchObject({ code: 1, stdout: "" });
  expect(denied.stderr).toContain("otter-fit.png is there already.");
  expect(readFileSync(join(folder, "otter-fit.png"), "utf8")).toBe("mine");
  const forced = await runFake(["fit", "otter.png", "--force"], { workingDirectory: folder });
  expect(forced.code).toBe(0);
  expect(isAccepted(readFileSync(join(folder, "otter-fit.png")))).toBe(true);
});

test("takes the place of the image itself if told to", async () => {
  const folder = temporaryFolder({ "otter.png": oblong });
  const args = ["fit", "otter.png", "--out", "otter.png"];
  expect((await runFake(args, { workingDirectory: folder })).code).toBe(1);
  expect((await runFake([...args, "--force", "--quiet"], { workingDirectory: folder })).stdout).toBe("");
  expect(readdirSync(folder)).toEqual(["otter.png"]);
  expect(isAccepted(readFileSync(join(folder, "otter.png")))).toBe(true);
});

test("from standard input to standard output writes the image alone there", async () => {
  const { code, stdoutBytes, stderr } = await runFake(["fit", "-", "--out", "-", "--pad", "--background", "white"], {
    stdin: oblong,
  });
  expect(code).toBe(0);
  expect(isAccepted(stdoutBytes)).toBe(true);
  expect(stderr).toContain("Padded 16x8 to 16x16 with white: 4 pixels above, 4 below.");
  expect(stderr).toContain("standard output: 16x16");
});

test.for<[readonly string[], number, string]>([
  [["a.png", "--crop", "--pad"], 2, "--crop and --pad exclude each other."],
  [["a.png", "--background", "white"], 2, "--background is what --pad fills the square with."],
  [["b.png", "--pad", "--background", "whitish"], 2, '--background must be a color, not "whitish".'],
  [["a.png", "--size", "0"], 2, 'must be an integer from 1 to 8192, not "0".'],
  [["a.png", "--size", "1e3"], 2, 'must be an integer from 1 to 8192, not "1e3".'],
  [["none.png"], 1, "none.png does not exist."],
  [["folder"], 1, "folder is a directory."],
  [["text.png"], 3, "The file is text"],
  [["empty.png"], 3, "The file is empty."],
  [["b.png", "--out", "a.png/b.png"], 1, "it is a file, not a folder"],
])("%j ends with %i and one sentence", async ([args, expected, said]) => {
  const folder = temporaryFolder({ "a.png": square, "b.png": oblong, "text.png": "text", "empty.png": "" });
  mkdirSync(join(folder, "folder"));
  const before = readdirSync(folder);
  const { code, stdout, stderr } = await runFake(["fit", ...args], { workingDirectory: folder });
  expect({ code, stdout }).toEqual({ code: expected, stdout: "" });
  expect(stderr).toContain(said);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(readdirSync(folder)).toEqual(before);
});

test("leaves nothing behind if it is interrupted", async () => {
  const folder = temporaryFolder({ "otter.png": oblong });
  writeFileSync(join(folder, "otter.png"), oblong);
  const signal = AbortSignal.abort(new Error("Interrupted."));
  const { code } = await runFake(["fit", "otter.png", "--out", "new/otter.png"], { workingDirectory: folder, signal });
  expect(code).toBe(130);
  expect(readdirSync(folder)).toEqual(["otter.png"]);
});
