import { deflateSync } from "node:zlib";
import { chunk, concatenate, createPng, pngChunks, scanlines, signature } from "@image-variations/png-corpus";
import { costlyImages, invalidImages, validImages } from "@image-variations/png-corpus/images";
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
const codesOf = ({ issues }: PngInspection): string[] => issues.map(({ code }) => code);

/** A valid image of zeros with a given side. */
const giant = (side: number): Uint8Array =>
  createPng({
    width: side,
    height: side,
    bitDepth: 1,
    colorType: 0,
    compressed: deflateSync(new Uint8Array(side * (1 + side / 8))),
  });

describe("maxPixels", () => {
  test("is 2^26 by default", async () => {
    const found = await pixels(createPng({ width: 8192, height: 8193, raw: new Uint8Array(9) }));
    expect(found.issues).toMatchObject([
      {
        code: "too_many_pixels",
        severity: "error",
        message: "The image must be at most 67108864 pixels to be decompressed, not 8192x8193.",
        fix: "Scale it down, or raise maxPixels.",
      },
    ]);
    expect(codesOf(await pixels(createPng({ width: 8192, height: 8192, raw: new Uint8Array(9) })))).toEqual([
      "image_data_too_short",
    ]);
  });

  test.each([
    [1024 * 1024, []],
    [1024 * 1024 - 1, ["too_many_pixels"]],
    [Infinity, []],
  ])("limits the pixels to %d", async (maxPixels, codes) => {
    expect(codesOf(await pixels(giant(1024), { maxPixels }))).toEqual(codes);
    expect(codesOf(await pixels(giant(1024), { maxPixels, all: true }))).toEqual(codes);
    expect(codesOf(inspectPngSync(giant(1024), { depth: "pixels", limits: {}, maxPixels }))).toEqual(codes);
  });

  test("applies to no other depth", async () => {
    for (const depth of ["header", "structure"] as const) {
      expect(codesOf(await inspectPng(giant(1024), { depth, limits: {}, maxPixels: 1 }))).toEqual([]);
    }
  });

  test("applies to the image of a request", async () => {
    const { issues } = await validateImageVariation({ image: giant(1024) }, { depth: "pixels", maxPixels: 99 });
    expect(issues).toMatchObject([{ path: ["image"], code: "too_many_pixels" }]);
  });
});

describe("reports", () => {
  const raw = scanlines({});
  const filtered = raw.slice();
  filtered[0] = filtered[25] = 9;
  const twoFilters = createPng({ raw: filtered });

  test("the first error in the image data, or all of them", async () => {
    expect(codesOf(await pixels(twoFilters))).toEqual(["filter_type_invalid"]);
    expect(codesOf(await pixels(twoFilters, { all: true }))).toEqual(["filter_type_invalid", "filter_type_invalid"]);
    expect(codesOf(inspectPngSync(twoFilters, { depth: "pixels", limits: {}, all: true }))).toHaveLength(2);
  });

  test("nothing in the pixels of a rejected image, unless all is true", async () => {
    const square = { limits: { square: true } };
    const wide = createPng({ width: 9, raw: filtered });
    expect(codesOf(await pixels(wide, square))).toEqual(["not_square"]);
    const all = new Set(codesOf(await pixels(wide, { ...square, all: true })));
    expect([...all]).toEqual(["not_square", "filter_type_invalid", "image_data_too_short"]);
    const broken = createPng({ raw: filtered, beforeData: [chunk("gAMA", new Uint8Array(4), { crc: 1 })] });
    expect(codesOf(await pixels(broken))).toEqual(["crc_mismatch"]);
    expect(codesOf(await pixels(broken, { all: true }))).toEqual([
      "crc_mismatch",
      "filter_type_invalid",
      "filter_type_invalid",
    ]);
  });

  test("every issue of the structure at once", async () => {
    const crc = chunk("gAMA", new Uint8Array(4), { crc: 1 });
    const { issues } = await pixels(createPng({ width: 9, beforePalette: [crc], afterData: [chunk("JDAT")] }), {
      limits: { square: true },
    });
    expect(issues.map(({ code }) => code)).toEqual(["not_square", "crc_mismatch", "chunk_unknown"]);
  });

  test("an index outside the palette as a warning, once or for every scanline", async () => {
    const rows = new Uint8Array(72).map((_, index) => (index % 9 > 0 ? 201 : 0));
    const image = createPng({ colorType: 3, paletteEntries: 200, raw: rows });
    expect(await pixels(image)).toMatchObject({
      valid: true,
      warningCount: 1,
      issues: [{ code: "palette_index_invalid" }],
    });
    expect(await pixels(image, { all: true })).toMatchObject({ valid: true, warningCount: 8 });
    const { valid, warnings } = await validateImageVariation({ image }, { depth: "pixels" });
    expect({ valid, warnings }).toMatchObject({ valid: true, warnings: [{ code: "palette_index_invalid" }] });
  });
});

describe("a signal", () => {
  test("aborted before rejects with its reason, and nothing is read", async () => {
    const reason = new Error("no time");
    const untouched = new ReadableStream({ pull: () => expect.unreachable() }, { highWaterMark: 0 });
    const signal = AbortSignal.abort(reason);
    await expect(inspectPng(untouched, { signal })).rejects.toBe(reason);
    await expect(validateImageVariation({ image: untouched }, { signal })).rejects.toBe(reason);
  });

  test("ends the wait for a silent stream, and cancels it", async () => {
    const controller = new AbortController();
    const reason = new Error("no time");
    let cancelled: unknown;
    const silent = new ReadableStream({ cancel: (why) => void (cancelled = why) });
    const inspecting = inspectPng(silent, { signal: controller.signal });
    controller.abort(reason);
    await expect(inspecting).rejects.toBe(reason);
    expect(cancelled).toBe(reason);
  });

  test("ends decompression between two turns", async () => {
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

  test("never aborted changes nothing", async () => {
    const { signal } = new AbortController();
    expect(await pixels(createPng(), { signal })).toMatchObject({ valid: true });
  });
});

test("lets the event loop turn while an image is decompressed", async () => {
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

test("lets the event loop turn while hundreds of thousands of chunks are read", async () => {
  const [header, data, end] = pngChunks();
  const empty = chunk("JDAT");
  const many = new Uint8Array(340_000 * empty.length);
  for (let index = 0; index < many.length; index += empty.length) many.set(empty, index);
  const file = concatenate(signature, ...[header, many, data, end].flatMap((part) => part ?? []));
  let turns = 0;
  const timer = setInterval(() => turns++);
  expect(await inspectPng(file, { limits: {} })).toMatchObject({ errorCount: 340_000 });
  clearInterval(timer);
  expect(turns).toBeGreaterThan(1);
  const signal = AbortSignal.timeout(1);
  await expect(inspectPng(file, { limits: {}, signal })).rejects.toThrow("timeout");
});

describe("inspectPngSync reports the same as inspectPng", () => {
  test.each(invalidImages())("$depth: $name", async ({ bytes }) => {
    for (const options of [{}, { all: true, limits: { square: true } }, { maxPixels: Infinity }]) {
      const { source: _, ...expected } = await pixels(bytes, options);
      expect(inspectPngSync(bytes, { depth: "pixels", limits: {}, ...options })).toMatchObject(expected);
    }
  });

  test("for valid images", () => {
    for (const { bytes } of validImages()) {
      expect(inspectPngSync(bytes, { depth: "pixels" })).toMatchObject({ valid: true, issues: [] });
    }
  });

  test("and throws a TypeError for anything but bytes", () => {
    expect(() => inspectPngSync("otter.png" as unknown as Uint8Array)).toThrow(
      new TypeError('The image must be bytes, not "otter.png".'),
    );
  });
});

test("accepts every costly image", async () => {
  for (const { name, make } of costlyImages(0.02)) {
    const { bytes } = await make();
    const { valid, issues } = await pixels(bytes);
    expect({ name, valid, issues }).toEqual({ name, valid: true, issues: [] });
  }
});

test.each([
  [0, "0 0"],
  [1, "120 0"],
])("reads no zlib header beyond image data of %i bytes", async (length, received) => {
  const data = deflateSync(new Uint8Array(200)).subarray(0, length);
  const [header, , end] = pngChunks();
  for (const chunks of [[data], [data, new Uint8Array()], [new Uint8Array(), data]]) {
    const idats = chunks.map((part) => chunk("IDAT", part));
    const file = concatenate(signature, ...[header, ...idats, end].flatMap((part) => part ?? []));
    expect((await pixels(file)).issues).toMatchObject([{ code: "zlib_header_invalid", received }]);
  }
});

test("reports a wrong checksum and an early end after zlib has inflated", async () => {
  const recipe = { width: 200, height: 200, colorType: 6 };
  const compressed = deflateSync(scanlines(recipe));
  const wrong = Uint8Array.from(compressed);
  wrong[wrong.length - 1] = (wrong.at(-1) ?? 0) ^ 1;
  const received = async (stream: Uint8Array): Promise<unknown> =>
    (await pixels(createPng({ ...recipe, compressed: stream }))).issues.map(({ received: fact }) => fact);
  expect(await received(wrong)).toEqual(["has a wrong checksum"]);
  expect(await received(compressed.subarray(0, -4))).toEqual(["ends early"]);
  expect(await received(compressed.subarray(0, -500))).toEqual(["ends early"]);
  expect(await received(concatenate(compressed, Uint8Array.of(1, 2, 3)))).toEqual(["3 bytes"]);
});

test("warns that indices are not compared only if one could be beyond the palette", async () => {
  const side = 2056;
  const compressed = deflateSync(new Uint8Array(side * (side + 1)));
  const large = (paletteEntries: number): Uint8Array =>
    createPng({ width: side, height: side, bitDepth: 8, colorType: 3, paletteEntries, compressed });
  expect(codesOf(await pixels(large(256)))).toEqual([]);
  expect((await pixels(large(255))).issues).toMatchObject([
    {
      code: "palette_unchecked",
      received: `${side * (side + 1)} bytes`,
      allowed: "at most 4196352 bytes",
      chunk: "IDAT",
    },
  ]);
});

test.each([
  [16_384, []],
  [16_385, ["palette_unchecked"]],
])("compares the indices of %i scanlines: %o", async (height, expected) => {
  const recipe = { width: 1, height, bitDepth: 8, colorType: 3, paletteEntries: 2 };
  expect(codesOf(await pixels(createPng({ ...recipe, compressed: deflateSync(new Uint8Array(2 * height)) })))).toEqual(
    expected,
  );
});
