import { createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPng } from "@image-variations/png-corpus";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  inspectPng,
  validateImageVariation,
  type ImageChunk,
  type ImageSource,
  type InspectionDepth,
} from "../index.ts";

const png = createPng({ width: 64, height: 64, idatBytes: 700 });
const limit = 4_194_304;

function inFile(bytes: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), "image-variations-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "otter.png"), bytes);
  return join(folder, "otter.png");
}

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.slice(start, start + size);
}

/** A stream without end, and how many bytes of it have been asked for. */
function endless(beginning: Uint8Array): { stream: ReadableStream<Uint8Array>; pulled: () => number } {
  let pulled = 0;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = pulled === 0 ? beginning : new Uint8Array(65_536);
        pulled += piece.length;
        controller.enqueue(piece);
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, pulled: () => pulled };
}

describe.each<InspectionDepth>(["header", "structure", "pixels"])("depth %s", (depth) => {
  test.each<[string, () => ImageSource]>([
    ["Uint8Array", () => png],
    ["Buffer", () => Buffer.from(png)],
    ["ArrayBuffer", () => png.buffer],
    ["DataView", () => new DataView(png.buffer)],
    ["Uint8Array of shared memory", () => new Uint8Array(new SharedArrayBuffer(png.length)).fill(0)],
    ["Blob", () => new Blob([png])],
    ["File", () => new File([png], "otter.png")],
    ["Response", () => new Response(png)],
    ["Response of a stream", () => new Response(new Blob([png]).stream())],
    ["ReadableStream", () => new Blob([png]).stream()],
    ["fs.ReadStream", () => createReadStream(inFile(png), { highWaterMark: 1000 })],
    ["an async iterable", () => inPieces(png, 100)],
  ])("accepts %s, and returns a source with the same bytes", async (_, create) => {
    const source = create();
    if (ArrayBuffer.isView(source) && source.buffer instanceof SharedArrayBuffer) (source as Uint8Array).set(png);
    const { valid, issues, source: handedOn } = await inspectPng(source, { depth });
    expect({ valid, issues }).toEqual({ valid: true, issues: [] });
    const bytes =
      handedOn instanceof Uint8Array ? Uint8Array.from(handedOn) : await new Response(handedOn as BodyInit).bytes();
    expect(Buffer.compare(bytes, png)).toBe(0);
  });

  test("reads an endless stream no further than the limit, and leaves it cancellable", async () => {
    const { stream, pulled } = endless(png);
    const { valid, source } = await inspectPng(stream, { depth });
    expect(valid).toBe(depth === "header");
    expect(pulled()).toBeLessThan(limit + 65_536 + png.length);
    await (source as ReadableStream).cancel();
  });

  test("reads only the beginning of a stream that is not a PNG", async () => {
    const { stream, pulled } = endless(new Uint8Array(600).fill(65));
    expect((await inspectPng(stream, { depth })).valid).toBe(false);
    expect(pulled()).toBe(600);
  });

  test("does not read a Blob that is too large", async () => {
    const blob = new Blob([png, new Uint8Array(limit)]);
    const read: number[] = [];
    const { slice } = blob;
    blob.slice = (start, end, ...more) => {
      read.push(end ?? blob.size);
      return slice.call(blob, start, end, ...more);
    };
    const { issues } = await inspectPng(blob, { depth });
    expect(issues.map(({ code }) => code)).toEqual(["too_large"]);
    expect(Math.max(...read)).toBeLessThan(1000);
  });
});

test("joins pieces of any size to the same image", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: png.length }), async (size) => {
      const { valid, source, byteLength } = await inspectPng(inPieces(png, size));
      expect({ valid, byteLength }).toEqual({ valid: true, byteLength: png.length });
      expect(Buffer.compare(source as Uint8Array, png)).toBe(0);
    }),
  );
});

test("replaces a stream among the parameters by the bytes that were read", async () => {
  const result = await validateImageVariation({ image: createReadStream(inFile(png)), n: 2 }, { depth: "pixels" });
  expect(result).toMatchObject({ valid: true, issues: [], parameters: { n: 2 } });
  expect(Buffer.compare((result.parameters as { image: Uint8Array }).image, png)).toBe(0);
});

test("reports a missing file as unreadable", async () => {
  const { issues } = await validateImageVariation({ image: createReadStream("no such file") });
  expect(issues).toMatchObject([{ path: ["image"], code: "unreadable", received: expect.stringContaining("ENOENT") }]);
});

test("joins chunks of every type to one image", async () => {
  const text = '{"error": "otter 🦦"}';
  const chunks = [text, png.slice(0, 9), png.slice(9, 20).buffer, new DataView(png.buffer, 20), new Blob([png])];
  async function* inChunks(): AsyncGenerator<ImageChunk> {
    yield* chunks;
  }
  const { source } = await inspectPng(inChunks(), { limits: { mediaTypes: ["application/json"] } });
  expect(Buffer.from(await new Response(source as BodyInit).bytes())).toEqual(
    Buffer.from(await new Blob(chunks as BlobPart[]).bytes()),
  );
});

test.each([null, undefined, 5, {}])("names a chunk that is not bytes, text or a Blob: %o", async (chunk) => {
  async function* inChunks(): AsyncGenerator<ImageChunk> {
    yield png.slice(0, 9);
    yield chunk as never;
  }
  const { issues } = await validateImageVariation({ image: inChunks() });
  expect(issues).toMatchObject([{ path: ["image"], code: "unreadable" }]);
  expect(issues[0]?.received).toMatch(/^a chunk must be bytes, text or a Blob, not ./);
});

test("releases an async iterable when the returned source is cancelled", async () => {
  let released = false;
  async function* endlessly(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield png;
    } finally {
      released = true;
    }
  }
  const { source } = await inspectPng(endlessly(), { depth: "header" });
  expect(released).toBe(false);
  await (source as ReadableStream).cancel();
  expect(released).toBe(true);
});

describe("the limit of the size", () => {
  const exclusiveMaximumBytes = 1000;
  /** A PNG with an error after the header, so that it shows whether the chunks were looked at. */
  const damaged = (length: number): Uint8Array => {
    const bytes = new Uint8Array(length);
    bytes.set(png.subarray(0, 33));
    return bytes;
  };

  test.each<[string, (bytes: Uint8Array) => ImageSource]>([
    ["bytes", (bytes) => bytes],
    ["a Blob", (bytes) => new Blob([Uint8Array.from(bytes)])],
    ["a stream", (bytes) => new Blob([Uint8Array.from(bytes)]).stream()],
    ["an async iterable", (bytes) => inPieces(bytes, 1)],
  ])("of %s is exclusive: a file as long as it is too large, and is not looked into", async (_, create) => {
    const codesOf = async (length: number): Promise<string[]> => {
      const options = { depth: "pixels", limits: { exclusiveMaximumBytes } } as const;
      const { issues } = await inspectPng(create(damaged(length)), options);
      return issues.map(({ code }) => code);
    };
    expect(await codesOf(exclusiveMaximumBytes - 1)).not.toContain("too_large");
    expect(await codesOf(exclusiveMaximumBytes - 1)).toContain("chunk_type_invalid");
    expect(await codesOf(exclusiveMaximumBytes)).toEqual(["too_large"]);
    expect(await codesOf(exclusiveMaximumBytes + 1)).toEqual(["too_large"]);
  });
});

test.each([
  [999, true],
  [1000, false],
])("goes on after %i empty chunks in a row: %s", async (count, isRead) => {
  async function* afterEmpty(): AsyncGenerator<Uint8Array> {
    yield png.subarray(0, 9);
    for (let index = 0; index < count; index++) yield new Uint8Array();
    yield png.subarray(9);
  }
  const { valid, issues } = await validateImageVariation({ image: afterEmpty() });
  expect(valid).toBe(isRead);
  if (!isRead) expect(issues).toMatchObject([{ code: "unreadable", received: "1000 chunks in a row are empty" }]);
});
