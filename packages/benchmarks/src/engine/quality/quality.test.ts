import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { PixelImage } from "@image-variations/engine";
import { drawContactSheet, drawStrip } from "./contact-sheet.ts";
import { measure } from "./measure.ts";
import { options as allOptions, readOptions, type QualityOptions } from "./options.ts";
import { loadPrototype } from "./prototype.ts";
import { listImages, readSquare } from "./read-images.ts";
import { formatResults, formatSummary, type Result, summarise } from "./report.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "quality-test-"));
  await mkdir(path.join(folder, "images", "inner"), { recursive: true });
  const wide = sharp({ create: { width: 60, height: 40, channels: 3, background: "#c04020" } });
  await writeFile(path.join(folder, "images", "b.png"), await wide.png().toBuffer());
  await writeFile(path.join(folder, "images", "c.txt"), "not an image");
  await writeFile(path.join(folder, "images", ".hidden"), "");
  for (const name of ["a", "d", "e"])
    await writeFile(path.join(folder, "images", `${name}.webp`), await wide.webp().toBuffer());
});
afterAll(() => rm(folder, { recursive: true }));

const pattern = (seed: number): PixelImage => ({
  width: 48,
  height: 48,
  data: Uint8ClampedArray.from({ length: 48 * 48 * 4 }, (_, i) => (i % 4 === 3 ? 255 : (i * i * (seed + 3)) % 251)),
});

function readWords(args: string[], from: string): QualityOptions {
  return readOptions(parseArgs({ args, options: allOptions, allowPositionals: true, allowNegative: true }), from);
}

test("reads the options, with paths relative to where the command was started", () => {
  const options = readWords(["in", "--strength", "0.2,1", "--n", "3", "--out", "/o", "--no-sheets"], "/start");
  expect(options).toMatchObject({
    directory: "/start/in",
    strengths: [0.2, 1],
    n: 3,
    out: "/o",
    sheets: false,
    tone: true,
  });
});

test.each([
  [[], "Expected one folder of images, received 0."],
  [["a", "b"], "Expected one folder of images, received 2."],
  [["a", "--strength", "0.5,2"], '--strength must be a number from 0 to 1, received "2".'],
  [["a", "--strength", ""], '--strength must be a number from 0 to 1, received "".'],
  [["a", "--n", "1"], '--n must be a number from 2 to 10, received "1".'],
  [["a", "--n", "2.5"], '--n must be an integer, received "2.5".'],
  [["a", "--size", "huge"], '--size must be a number from 32 to 4096, received "huge".'],
  [["a", "--no-engine"], "--no-engine needs --prototype"],
])("rejects the arguments %j", (args, message) => {
  expect(() => readWords(args, "/")).toThrow(message);
});

test("lists the files of a folder in order, without hidden ones and folders, and spreads a limit over them", async () => {
  const images = path.join(folder, "images");
  expect(await listImages(images, Infinity)).toEqual(["a.webp", "b.png", "c.txt", "d.webp", "e.webp"]);
  expect(await listImages(images, 2)).toEqual(["a.webp", "c.txt"]);
});

test("says what is wrong with a folder that is missing, empty or a file", async () => {
  await expect(listImages(path.join(folder, "nowhere"), 9)).rejects.toThrow("nowhere does not exist.");
  await expect(listImages(path.join(folder, "images", "inner"), 9)).rejects.toThrow("inner has no files.");
  await expect(listImages(path.join(folder, "images", "b.png"), 9)).rejects.toThrow("b.png is not a folder.");
});

test("crops an image to its central square at the size asked for, and names a file that is not an image", async () => {
  const { name, image } = await readSquare(path.join(folder, "images"), "b.png", 32);
  expect([name, image.width, image.height, [...image.data.subarray(0, 4)]]).toEqual(["b", 32, 32, [192, 64, 32, 255]]);
  await expect(readSquare(path.join(folder, "images"), "c.txt", 32)).rejects.toThrow(
    "c.txt cannot be read as an image",
  );
});

test("counts copies of the input as near-identical, without diversity, and as faithful as can be", () => {
  const figures = measure(pattern(1), [pattern(1), pattern(1)], 5);
  expect(figures).toMatchObject({ nearIdentical: 1, swd: 0, displaced: 0, milliseconds: 5 });
  expect(figures.diversity).toBeCloseTo(0, 6);
  expect(figures.pairwiseSsim).toBeCloseTo(1, 6);
});

test("a variation unlike the input is not near-identical, but one that is suffices for the image to count", () => {
  expect(measure(pattern(1), [pattern(2), pattern(4)], 1).nearIdentical).toBe(0);
  expect(measure(pattern(1), [pattern(2), pattern(1)], 1).nearIdentical).toBe(1);
});

test("averages the figures over images, and counts those that are near-identical", () => {
  const result = (image: string, strength: number, copies: boolean): Result => ({
    method: "engine",
    strength,
    image,
    figures: measure(pattern(1), copies ? [pattern(1), pattern(1)] : [pattern(2), pattern(4)], copies ? 10 : 20),
  });
  const results = [result("a", 0.5, true), result("b", 0.5, false), result("a", 1, false)];
  const [half, full] = summarise(results);
  expect(half).toMatchObject({
    method: "engine",
    strength: 0.5,
    images: 2,
    figures: { nearIdentical: 1, milliseconds: 15 },
  });
  expect(half!.figures.swd).toBeCloseTo(results[1]!.figures.swd / 2, 9);
  expect(full).toMatchObject({ strength: 1, images: 1 });
  expect(formatSummary(summarise(results))).toMatch(
    /^\| method +\| strength +\|.*\n\| -+ \|.*\n\| engine \| 0.5 .*\| 1 of 2 /,
  );
  expect(formatResults(results)).toContain("## engine, strength 1\n");
});

test("draws a sheet with a row for each input, and a strip of one row", async () => {
  const rows = [1, 2].map((seed) => ({
    name: `<${seed}>`,
    input: pattern(seed),
    variations: [pattern(3), pattern(4)],
  }));
  const sheet = await sharp(await drawContactSheet(rows, { title: "A & B", cell: 48 })).metadata();
  expect([sheet.format, sheet.width! > 3 * 48, sheet.height! > 2 * 48]).toEqual(["png", true, true]);
  const strip = await sharp(await drawStrip([pattern(1), pattern(2)], 48)).metadata();
  expect([strip.format, strip.height]).toEqual(["webp", 48]);
});

test("says what is wrong with a prototype that is missing or something else", async () => {
  await expect(loadPrototype(path.join(folder, "none.wasm"))).rejects.toThrow("Cannot read the prototype");
  await expect(loadPrototype(path.join(folder, "images", "c.txt"))).rejects.toThrow(
    "is not the prototype compiled to WASM",
  );
});
