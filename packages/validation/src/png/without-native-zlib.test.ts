// A runtime without zlib. It is looked up on first use, so this needs a file, and a process, to itself.
import { crc32 as zlibCrc32 } from "node:zlib";
import { chunk, concatenate, pngChunks, signature } from "@image-variations/png-corpus";
import { costlyImages, invalidImages, validImages } from "@image-variations/png-corpus/images";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inspectPng } from "../index.ts";
import { crc32 } from "./crc32.ts";

const { getBuiltinModule } = process;
const limits = { square: true };

beforeAll(() => {
  // As on the edge of Next.js, where it exists and only throws.
  process.getBuiltinModule = () => {
    throw new Error("not available");
  };
});
afterAll(() => {
  process.getBuiltinModule = getBuiltinModule;
});

test("accepts every valid image of the corpus", async () => {
  for (const { name, bytes } of validImages()) {
    const { issues } = await inspectPng(bytes, { depth: "pixels", limits });
    expect({ name, issues }).toEqual({ name, issues: [] });
  }
});

test.each(invalidImages())("reports $code at depth $depth: $name", async ({ bytes, code, severity }) => {
  const { valid, issues } = await inspectPng(bytes, { depth: "pixels", limits, maxPixels: Infinity });
  expect([...new Set(issues.map((issue) => issue.code))].join(" ")).toBe(code);
  expect(valid).toBe(severity === "warning");
});

test("accepts every costly image", async () => {
  for (const { name, make } of costlyImages(0.02)) {
    const { bytes } = await make();
    expect({ name, ...(await inspectPng(bytes, { depth: "pixels", limits: {} })) }).toMatchObject({
      name,
      issues: [],
    });
  }
});

describe("the CRC", () => {
  test("equals zlib's, at every offset and for every length", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400, size: "max" }), fc.nat(400), fc.nat(20), (bytes, start, tail) => {
        const from = Math.min(start, bytes.length);
        const end = Math.max(from, bytes.length - tail);
        expect(crc32(bytes, from, end)).toBe(zlibCrc32(bytes.subarray(from, end)));
      }),
      { numRuns: 2000 },
    );
  });

  test("changes with every bit of a chunk", async () => {
    const [header, data, end] = pngChunks({ raw: new Uint8Array(200) });
    const text = chunk(
      "tEXt",
      Uint8Array.from({ length: 80 }, (_, index) => index + 40),
    );
    for (let bit = 64; bit < 8 * (text.length - 4); bit++) {
      const changed = text.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const file = concatenate(signature, ...[header, changed, data, end].flatMap((part) => part ?? []));
      expect((await inspectPng(file, { limits })).issues).toMatchObject([{ code: "crc_mismatch" }]);
    }
  });
});
