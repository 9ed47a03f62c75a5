import { chunk, concatenate, createPng, ihdr, pngChunks, signature } from "@image-variations/png-corpus";
import fc from "fast-check";
import { expect, test } from "vitest";
import { inspectPng, type PngInspection } from "../index.ts";

const pixels = (bytes: Uint8Array): Promise<PngInspection> =>
  inspectPng(bytes, { depth: "pixels", limits: {}, maxPixels: Infinity });
const codes = async (bytes: Uint8Array): Promise<string[]> => (await pixels(bytes)).issues.map(({ code }) => code);

test("rejects random bytes, with and without the beginning of a PNG", async () => {
  const beginnings = [[], signature, createPng().subarray(0, 33), createPng().subarray(0, 41)];
  const file = fc
    .tuple(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 300, size: "max" }))
    .map(([beginning, rest]) => concatenate(Uint8Array.from(beginning), rest));
  await fc.assert(
    fc.asyncProperty(file, async (bytes) => {
      expect((await pixels(bytes)).valid).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

test("rejects an image cut off anywhere", async () => {
  const whole = createPng({ colorType: 3, bitDepth: 4, idatBytes: 20, beforeData: [chunk("tRNS", Uint8Array.of(1))] });
  const verdicts = await Promise.all(Array.from(whole, (_, length) => pixels(whole.subarray(0, length))));
  expect(verdicts.filter(({ valid }) => valid)).toEqual([]);
});

test("stops inflating a bomb one byte beyond what its header announces", async () => {
  const bomb = createPng({ raw: new Uint8Array(64 * 2 ** 20) });
  expect(bomb.length).toBeLessThan(70_000);
  expect((await pixels(bomb)).issues).toMatchObject([{ code: "image_data_too_long", received: "more than 200 bytes" }]);
});

test("rejects dimensions of 2^31-1 without the data for them", async () => {
  const huge = { width: 2 ** 31 - 1, height: 2 ** 31 - 1, compressed: createPng().subarray(41, -16) };
  for (const colorType of [0, 2, 3, 6]) {
    for (const interlaceMethod of [0, 1]) {
      expect(await codes(createPng({ ...huge, colorType, interlaceMethod }))).toContain("image_data_too_short");
    }
  }
});

test("allocates no memory for a scanline of 2^31-1 pixels with a small palette", async () => {
  const wide = { width: 2 ** 31 - 1, height: 1, colorType: 3, bitDepth: 8, paletteEntries: 1 };
  expect(await codes(createPng({ ...wide, raw: new Uint8Array(9) }))).toEqual(["image_data_too_short"]);
});

test("warns that palette indices are unchecked beyond 4 MiB of scanlines", async () => {
  const wide = { width: 2 ** 22 + 2048, height: 1, colorType: 3, bitDepth: 8, paletteEntries: 1 };
  const { valid, issues } = await pixels(createPng({ ...wide, raw: new Uint8Array(2 ** 22 + 2049) }));
  expect({ valid, issues }).toMatchObject({
    valid: true,
    issues: [{ code: "palette_unchecked", severity: "warning" }],
  });
});

test("keeps a hundred of hundreds of thousands of issues, and counts all", async () => {
  const [header, data, end] = pngChunks() as [Uint8Array, Uint8Array, Uint8Array];
  const empty = chunk("JDAT");
  const times = 300_000;
  const many = new Uint8Array(times * empty.length);
  for (let index = 0; index < times; index++) many.set(empty, index * empty.length);
  const { valid, issues, errorCount } = await pixels(concatenate(signature, header, many, data, end));
  expect({ valid, kept: issues.length, errorCount }).toEqual({ valid: false, kept: 100, errorCount: times });
});

test("accepts hundreds of thousands of empty IDAT chunks", async () => {
  const [header, data, end] = pngChunks() as [Uint8Array, Uint8Array, Uint8Array];
  const empty = chunk("IDAT");
  const many = new Uint8Array(300_000 * empty.length);
  for (let index = 0; index < many.length; index += empty.length) many.set(empty, index);
  expect(await codes(concatenate(signature, header, many, data, end))).toEqual([]);
});

test("rejects a false length of a chunk, whatever it is", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 32 - 1 }), async (length) => {
      const file = concatenate(signature, chunk("IHDR", ihdr()), chunk("IDAT", new Uint8Array(9), { length }));
      expect((await pixels(file)).valid).toBe(false);
    }),
  );
});
