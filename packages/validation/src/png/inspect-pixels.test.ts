import { deflateSync } from "node:zlib";
import { chunk } from "@image-variations/png-corpus/chunk.ts";
import { concatenate } from "@image-variations/png-corpus/concatenate.ts";
import { costlyImages } from "@image-variations/png-corpus/costly-images.ts";
import { createPng } from "@image-variations/png-corpus/create-png.ts";
import { faultyPictures } from "@image-variations/png-corpus/faulty-pictures.ts";
import { scanlines } from "@image-variations/png-corpus/scanlines.ts";
import { validPictures } from "@image-variations/png-corpus/valid-pictures.ts";
import { describe, expect, test } from "vitest";
import {
  inspectPng,
  inspectPngSync,
  validateImageVariation,
  type InspectOptions,
  type PngInspection,
} from "../index.ts";

const pixels = (bytes: Uint8Array, options: InspectOptions = {}): Promise<PngInspection> =>
  inspectPng(bytes, { depth: "pixels", limits: {}, ...options });
const codesOf = ({ findings }: PngInspection): string[] => findings.map(({ code }) => code);

/** A giant of zeros that would be valid, if somebody had the patience to see it. */
const giant = (side: number): Uint8Array =>
  createPng({
    width: side,
    height: side,
    bitDepth: 1,
    colorType: 0,
    compressed: deflateSync(new Uint8Array(side * (1 + side / 8))),
  });

describe("the most pixels", () => {
  test("are 2^26, if nothing else is said", async () => {
    const found = await pixels(createPng({ width: 8192, height: 8193, raw: new Uint8Array(9) }));
    expect(found.findings).toMatchObject([
      {
        code: "too_many_pixels",
        severity: "error",
        message: "The image is 8192x8193, and must be 67108864 pixels or less, to be inflated.",
        fix: "Scale it down, or raise maxPixels.",
      },
    ]);
    expect(codesOf(await pixels(createPng({ width: 8192, height: 8192, raw: new Uint8Array(9) })))).toEqual([
      "image_data",
    ]);
  });

  test.each([
    [1024 * 1024, []],
    [1024 * 1024 - 1, ["too_many_pixels"]],
    [Infinity, []],
  ])("maxPixels %d", async (maxPixels, codes) => {
    expect(codesOf(await pixels(giant(1024), { maxPixels }))).toEqual(codes);
    expect(codesOf(await pixels(giant(1024), { maxPixels, all: true }))).toEqual(codes);
    expect(codesOf(inspectPngSync(giant(1024), { depth: "pixels", limits: {}, maxPixels }))).toEqual(codes);
  });

  test("are asked for at no other depth", async () => {
    for (const depth of ["header", "structure"] as const) {
      expect(codesOf(await inspectPng(giant(1024), { depth, limits: {}, maxPixels: 1 }))).toEqual([]);
    }
  });

  test("are those of a request, too", async () => {
    const { problems } = await validateImageVariation({ image: giant(1024) }, { depth: "pixels", maxPixels: 99 });
    expect(problems).toMatchObject([{ path: ["image"], code: "too_many_pixels" }]);
  });
});

describe("how much is found", () => {
  const raw = scanlines({});
  const filtered = raw.slice();
  filtered[0] = filtered[25] = 9;
  const twoFilters = createPng({ raw: filtered });

  test("the first error in the image data, or all of them", async () => {
    expect(codesOf(await pixels(twoFilters))).toEqual(["filter_type"]);
    expect(codesOf(await pixels(twoFilters, { all: true }))).toEqual(["filter_type", "filter_type"]);
    expect(codesOf(inspectPngSync(twoFilters, { depth: "pixels", limits: {}, all: true }))).toHaveLength(2);
  });

  test("an image that has been rejected is not inflated, unless all is asked for", async () => {
    const square = { limits: { square: true } };
    const wide = createPng({ width: 9, raw: filtered });
    expect(codesOf(await pixels(wide, square))).toEqual(["not_square"]);
    const all = new Set(codesOf(await pixels(wide, { ...square, all: true })));
    expect([...all]).toEqual(["not_square", "filter_type", "image_data"]);
    const broken = createPng({ raw: filtered, beforeData: [chunk("gAMA", new Uint8Array(4), { crc: 1 })] });
    expect(codesOf(await pixels(broken))).toEqual(["crc_mismatch"]);
    expect(codesOf(await pixels(broken, { all: true }))).toEqual(["crc_mismatch", "filter_type", "filter_type"]);
  });

  test("all that is wrong with its structure is found at once, as it takes no time", async () => {
    const crc = chunk("gAMA", new Uint8Array(4), { crc: 1 });
    const { findings } = await pixels(createPng({ width: 9, beforePalette: [crc], afterData: [chunk("JDAT")] }), {
      limits: { square: true },
    });
    expect(findings.map(({ code }) => code)).toEqual(["not_square", "crc_mismatch", "critical_type"]);
  });

  test("an index that isn't in the palette is a warning, and is named once, or in every scanline", async () => {
    const rows = new Uint8Array(72).map((_, index) => (index % 9 > 0 ? 201 : 0));
    const image = createPng({ colorType: 3, paletteEntries: 200, raw: rows });
    expect(await pixels(image)).toMatchObject({ valid: true, warningCount: 1, findings: [{ code: "palette_index" }] });
    expect(await pixels(image, { all: true })).toMatchObject({ valid: true, warningCount: 8 });
    const { valid, warnings } = await validateImageVariation({ image }, { depth: "pixels" });
    expect({ valid, warnings }).toMatchObject({ valid: true, warnings: [{ code: "palette_index" }] });
  });
});

describe("a signal", () => {
  test("that is aborted before rejects with its reason, and nothing is read", async () => {
    const reason = new Error("no time");
    const untouched = new ReadableStream({ pull: () => expect.unreachable() }, { highWaterMark: 0 });
    const signal = AbortSignal.abort(reason);
    await expect(inspectPng(untouched, { signal })).rejects.toBe(reason);
    await expect(validateImageVariation({ image: untouched }, { signal })).rejects.toBe(reason);
  });

  test("ends waiting for a stream that never comes, and cancels it", async () => {
    const controller = new AbortController();
    const reason = new Error("no time");
    let cancelled: unknown;
    const silent = new ReadableStream({ cancel: (why) => void (cancelled = why) });
    const inspecting = inspectPng(silent, { signal: controller.signal });
    controller.abort(reason);
    await expect(inspecting).rejects.toBe(reason);
    expect(cancelled).toBe(reason);
  });

  test("ends inflating between two turns", async () => {
    const controller = new AbortController();
    const side = 4096;
    const image = createPng({
      width: side,
      height: side,
      colorType: 6,
      compressed: deflateSync(new Uint8Array(side * (1 + 4 * side))),
    });
    const inspecting = pixels(image, { signal: controller.signal });
    setImmediate(() => controller.abort());
    await expect(inspecting).rejects.toThrow("aborted");
  });

  test("that is never aborted changes nothing", async () => {
    const { signal } = new AbortController();
    expect(await pixels(createPng(), { signal })).toMatchObject({ valid: true });
  });
});

test("everything else has its turn while an image is inflated", async () => {
  const side = 4096;
  const image = createPng({
    width: side,
    height: side,
    colorType: 6,
    compressed: deflateSync(new Uint8Array(side * (1 + 4 * side))),
  });
  let turns = 0;
  let isDone = false;
  const count = (): void => {
    turns++;
    if (!isDone) setImmediate(count);
  };
  setImmediate(count);
  expect(await pixels(image)).toMatchObject({ valid: true });
  isDone = true;
  // 64 MiB in 700 steps, of which 128 are a turn at most.
  expect(turns).toBeGreaterThan(4);
});

describe("without a promise, the findings are the same", () => {
  test.each(faultyPictures())("$depth: $name", async ({ bytes }) => {
    for (const options of [{}, { all: true, limits: { square: true } }, { maxPixels: Infinity }]) {
      const { source: _, ...expected } = await pixels(bytes, options);
      expect(inspectPngSync(bytes, { depth: "pixels", limits: {}, ...options })).toMatchObject(expected);
    }
  });

  test("of valid images", () => {
    for (const { bytes } of validPictures()) {
      expect(inspectPngSync(bytes, { depth: "pixels" })).toMatchObject({ valid: true, findings: [] });
    }
  });

  test("what isn't bytes is a TypeError", () => {
    expect(() => inspectPngSync("otter.png" as unknown as Uint8Array)).toThrow(
      new TypeError('The image is "otter.png", and must be bytes.'),
    );
  });
});

test("every costly image is valid", { timeout: 120_000 }, async () => {
  for (const { name, make } of costlyImages(0.02)) {
    const { bytes } = await make();
    const { valid, findings } = await pixels(bytes);
    expect({ name, valid, findings }).toEqual({ name, valid: true, findings: [] });
  }
});

test("a checksum that is wrong behind noise, and an end that is missing, are found where zlib has inflated before", async () => {
  const recipe = { width: 200, height: 200, colorType: 6 };
  const compressed = deflateSync(scanlines(recipe));
  const wrong = Uint8Array.from(compressed);
  wrong[wrong.length - 1] = (wrong.at(-1) ?? 0) ^ 1;
  const received = async (stream: Uint8Array): Promise<unknown> =>
    (await pixels(createPng({ ...recipe, compressed: stream }))).findings.map(({ received: fact }) => fact);
  expect(await received(wrong)).toEqual(["broken by a wrong checksum"]);
  expect(await received(compressed.subarray(0, -4))).toEqual(["broken by an early end"]);
  expect(await received(compressed.subarray(0, -500))).toEqual(["broken by an early end"]);
  expect(await received(concatenate(compressed, Uint8Array.of(1, 2, 3)))).toEqual(["3 bytes"]);
});
