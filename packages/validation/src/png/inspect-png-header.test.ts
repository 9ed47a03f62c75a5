import { createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chunk, concatenate, createPng, signature } from "@image-variations/png-corpus";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { identifyFile, ImageReadError, inspectPngHeader, type ImageSource } from "../index.ts";

const png = createPng({ width: 33, height: 33, bitDepth: 16, colorType: 6, interlaceMethod: 1 });
const header = { width: 33, height: 33, bitDepth: 16, colorType: 6, interlaced: true };
const codes = async (source: ImageSource): Promise<string[]> =>
  (await inspectPngHeader(source)).issues.map(({ code }) => code);

async function* slowly(bytes: Uint8Array, step: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += step) yield bytes.subarray(start, start + step);
}

async function readAll(source: ImageSource): Promise<Uint8Array> {
  return new Response(source as BodyInit).bytes();
}

describe("reads", () => {
  const file = (): string => {
    const folder = mkdtempSync(join(tmpdir(), "image-variations-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, "otter.png"), png);
    return join(folder, "otter.png");
  };
  const padded = concatenate(new Uint8Array(3), png);

  test.each<[string, () => ImageSource]>([
    ["Uint8Array", () => png],
    ["a view of a part", () => padded.subarray(3)],
    ["DataView", () => new DataView(padded.buffer, 3)],
    ["Buffer", () => Buffer.from(png)],
    ["ArrayBuffer", () => png.buffer],
    ["Blob", () => new Blob([png])],
    ["File", () => new File([png], "otter.png")],
    ["Response", () => new Response(png)],
    ["ReadableStream", () => new Blob([png]).stream()],
    ["fs.ReadStream", () => createReadStream(file())],
    ["an async iterable, byte by byte", () => slowly(png, 1)],
  ])("%s", async (_, source) => {
    const inspection = await inspectPngHeader(source());
    expect(inspection).toMatchObject({ valid: true, issues: [], errorCount: 0, warningCount: 0, ...header });
    expect(inspection.byteLength ?? png.length).toBe(png.length);
    expect(await readAll(inspection.source)).toEqual(png);
  });

  test("no more of a stream than it needs, and returns a source of all of it", async () => {
    let pulled = 0;
    const source = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          controller.enqueue(pulled === 0 ? png : new Uint8Array(1000));
          if (++pulled === 50) controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    const inspection = await inspectPngHeader(source);
    expect(pulled).toBe(1);
    expect(inspection).toMatchObject({ valid: true, byteLength: null });
    expect(await readAll(inspection.source)).toHaveLength(png.length + 49_000);
  });

  test("no more of a Blob than it needs", async () => {
    const large = new Blob([png, new Uint8Array(4_000_000)]);
    const slices: unknown[][] = [];
    const source = Object.assign(large, {
      arrayBuffer: () => Promise.reject(new Error("All of it is read.")),
      slice: (...range: [number, number]) => {
        slices.push(range);
        return Blob.prototype.slice.apply(large, range);
      },
    });
    expect(await inspectPngHeader(source, { limits: {} })).toMatchObject({ valid: true, byteLength: large.size });
    expect(slices).toEqual([[0, 512]]);
  });

  test("a stream that has a size of its own, as those of some libraries", async () => {
    const source = Object.assign(slowly(png, 100), { size: 5 });
    expect(await inspectPngHeader(source)).toMatchObject({ valid: true, byteLength: null });
  });

  test("a stream and returns one that can be cancelled", async () => {
    let reason: unknown;
    const source = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(png),
      cancel: (why) => void (reason = why),
    });
    await ((await inspectPngHeader(source)).source as ReadableStream).cancel("enough");
    expect(reason).toBe("enough");
  });

  test.each([
    [5, "5"],
    ["otter.png", '"otter.png"'],
    [null, "null"],
    [{ bytes: 1 }, "object Object"],
  ])("nothing from %o, and says what an image can be read from", async (source, shown) => {
    await expect(inspectPngHeader(source as never)).rejects.toThrow(
      new TypeError(`The image must be bytes, a Blob, a Response or a stream, not ${shown}.`),
    );
  });

  test("no source that fails, and throws an ImageReadError with its cause", async () => {
    const cause = new Error("gone");
    const failing = new ReadableStream({ pull: (controller) => controller.error(cause) });
    await expect(inspectPngHeader(failing)).rejects.toThrow(
      new ImageReadError("The image could not be read: gone", { cause }),
    );
    const used = new Response(png);
    await used.arrayBuffer();
    const error = await inspectPngHeader(used).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ImageReadError);
    expect(error).toHaveProperty("name", "ImageReadError");
    await expect(inspectPngHeader(createReadStream("no such file"))).rejects.toThrow(/ENOENT/);
  });
});

describe("rejects a file that is not a PNG", () => {
  test("with its first bytes, if nothing identifies it", async () => {
    expect((await inspectPngHeader(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0))).issues).toMatchObject([
      { code: "not_png", received: "unknown (0xffd8ffe0)", allowed: ["image/png"] },
    ]);
  });

  test("as empty, if it has no bytes", async () => {
    expect(await codes(new Uint8Array())).toEqual(["empty"]);
    expect((await inspectPngHeader(new Uint8Array(), { identify: identifyFile })).issues).toMatchObject([
      { code: "empty", received: "empty", fix: "Check where the file comes from." },
    ]);
    expect(await codes(new Response(null))).toEqual(["empty"]);
    expect(await codes(slowly(new Uint8Array(), 1))).toEqual(["empty"]);
  });

  test("if a PNG was read as text", async () => {
    const text = new TextDecoder().decode(png);
    expect(await codes(new TextEncoder().encode(text))).toEqual(["not_png"]);
    expect(await codes(new Blob([text.replaceAll("\r\n", "\n")]))).toEqual(["not_png"]);
  });

  test("unless the limits accept its format", async () => {
    const limits = { mediaTypes: ["image/png", "image/jpeg"] };
    const options = { limits, identify: identifyFile };
    expect(await inspectPngHeader(Uint8Array.of(0xff, 0xd8, 0xff), options)).toMatchObject({
      valid: true,
      width: null,
    });
    expect((await inspectPngHeader(new Uint8Array(9), options)).valid).toBe(false);
  });
});

describe("checks the header", () => {
  test.each<[string, Parameters<typeof createPng>[0], string]>([
    ["no width", { width: 0, height: 0 }, "width_invalid height_invalid"],
    ["a width of 2^31", { width: 2 ** 31, height: 2 ** 31 }, "width_invalid height_invalid"],
    ["color type 1", { colorType: 1 }, "color_type_invalid"],
    ["color type 5", { colorType: 5 }, "color_type_invalid"],
    ["bit depth 3", { bitDepth: 3 }, "bit_depth_invalid"],
    ["16 bits, indexed", { colorType: 3, bitDepth: 16 }, "bit_depth_invalid"],
    ["compression method 1", { compressionMethod: 1 }, "compression_method_invalid"],
    ["filter method 64", { filterMethod: 64 }, "filter_method_invalid"],
    ["interlace method 2", { interlaceMethod: 2 }, "interlace_method_invalid"],
    ["not square", { width: 9 }, "not_square"],
  ])("%s", async (_, recipe, expected) => {
    expect(await codes(createPng({ raw: new Uint8Array(), paletteEntries: 1, ...recipe }))).toEqual(
      expected.split(" "),
    );
  });

  test("for every bit depth of every color type", async () => {
    for (const [colorType, depths] of Object.entries({
      0: [1, 2, 4, 8, 16],
      2: [8, 16],
      3: [1, 2, 4, 8],
      4: [8, 16],
      6: [8, 16],
    })) {
      for (const bitDepth of [1, 2, 4, 8, 16]) {
        const found = await codes(
          createPng({ colorType: Number(colorType), bitDepth, raw: new Uint8Array(), paletteEntries: 2 }),
        );
        expect(found).toEqual(depths.includes(bitDepth) ? [] : ["bit_depth_invalid"]);
      }
    }
  });

  test("for an IHDR that comes first and is 13 bytes long", async () => {
    const data = new Uint8Array(13);
    const file = (first: Uint8Array): Uint8Array => concatenate(signature, first, new Uint8Array(12));
    expect(await codes(file(chunk("IHDR", new Uint8Array(14))))).toEqual(["first_chunk_invalid"]);
    expect(await codes(file(chunk("IDAT", data)))).toEqual(["first_chunk_invalid"]);
    expect((await inspectPngHeader(file(chunk("\0\x9b2J", data)))).issues).toMatchObject([
      { received: "0x009b324a of 13 bytes", allowed: "IHDR of 13 bytes", offset: 8 },
    ]);
  });

  test("and reports the offset, the chunk and the section of an issue", async () => {
    const { issues } = await inspectPngHeader(createPng({ bitDepth: 3 }));
    expect(issues).toEqual([
      {
        code: "bit_depth_invalid",
        severity: "error",
        path: [],
        message: "The bit depth in IHDR must be 8 or 16, not 3.",
        received: 3,
        allowed: [8, 16],
        fix: "Re-save the image as PNG.",
        offset: 24,
        chunk: "IHDR",
        section: "11.2.1",
      },
    ]);
  });

  test("and rejects a file truncated anywhere in it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 32 }), async (length) => {
        expect((await inspectPngHeader(png.subarray(0, length))).valid).toBe(false);
      }),
    );
  });
});

describe("checks the size", () => {
  const file = (length: number): Uint8Array => concatenate(png, new Uint8Array(length - png.length));

  test.each([
    [3_999_999, true, []],
    [4_000_000, true, ["nearly_too_large"]],
    [4_194_303, true, ["nearly_too_large"]],
    [4_194_304, false, ["too_large"]],
  ])("of a file of %i bytes: valid is %s", async (length, valid, expected) => {
    const { issues, ...rest } = await inspectPngHeader(file(length));
    expect(rest.valid).toBe(valid);
    expect(issues.map(({ code }) => code)).toEqual(expected);
  });

  test("not at all, nor the shape, without limits", async () => {
    const wide = concatenate(createPng({ width: 9 }), new Uint8Array(5_000_000));
    expect(await inspectPngHeader(wide, { limits: {} })).toMatchObject({ valid: true, width: 9, height: 8 });
  });
});
