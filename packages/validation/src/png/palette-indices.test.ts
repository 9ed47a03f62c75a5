import { deflateSync } from "node:zlib";
import { createPng } from "@image-variations/png-corpus";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inspectPng } from "../index.ts";
import type { Pass } from "./image-passes.ts";
import { PaletteIndices, type InvalidIndex } from "./palette-indices.ts";

interface Compared {
  readonly bitDepth: number;
  readonly entries: number;
  readonly passes: readonly Pass[];
  /** Parts of the image data. */
  readonly pieces: readonly (readonly number[])[];
}

/** What is found, whether pieces are copied or are parts of the image data already. */
function invalidIn({ bitDepth, entries, passes, pieces }: Compared): InvalidIndex[] {
  const [copied = [], inPlace] = [undefined, Uint8Array.from(pieces.flat())].map((inflated) => {
    const found: InvalidIndex[] = [];
    const onInvalid = (invalid: InvalidIndex): boolean => found.push(invalid) > 0;
    const indices = new PaletteIndices({ passes, bitDepth, entries, inflated, onInvalid });
    let start = 0;
    const end = pieces.flat().length;
    for (const piece of pieces) {
      const isMore = indices.add(inflated?.subarray(start, start + piece.length) ?? Uint8Array.from(piece));
      start += piece.length;
      expect(isMore).toBe(start < end);
    }
    return found;
  });
  expect(inPlace).toEqual(copied);
  return copied;
}

/** One scanline without a filter. */
const oneRow = (row: readonly number[], unusedBits = 0): Pick<Compared, "passes" | "pieces"> => ({
  passes: [{ rows: 1, rowLength: row.length + 1, unusedBits }],
  pieces: [[0, ...row]],
});

test.each([
  [1, 1, [0b0000_0000, 0b0000_0100], 1],
  [2, 2, [0b0100_0010, 0b0001_0000], 2],
  [2, 3, [0b0100_0010, 0b0001_0011], 3],
  [4, 7, [0x16, 0x37], 7],
  [4, 15, [0xe6, 0x3f], 15],
  [8, 100, [9, 100], 100],
  [8, 200, [9, 255, 200], 255],
])("finds the highest index of %i bits in a palette of %i", (bitDepth, entries, row, index) => {
  expect(invalidIn({ bitDepth, entries, ...oneRow(row) })).toEqual([{ index, row: 1, pass: 0 }]);
});

test("finds an index beyond the palette wherever it is, for every depth and every palette", () => {
  const image = fc.constantFrom(1, 2, 4, 8).chain((bitDepth) => {
    const index = fc.integer({ min: 0, max: 2 ** bitDepth - 1 });
    return fc.record({
      bitDepth: fc.constant(bitDepth),
      entries: fc.integer({ min: 1, max: 2 ** bitDepth - 1 }),
      indices: fc.array(index, { minLength: 1, maxLength: 70, size: "max" }),
      padding: fc.nat(255),
    });
  });
  fc.assert(
    fc.property(image, ({ bitDepth, entries, indices, padding }) => {
      const perByte = 8 / bitDepth;
      const row = Array.from({ length: Math.ceil(indices.length / perByte) }, (_, at) => {
        const inByte = Array.from({ length: perByte }, (__, index) => indices[at * perByte + index] ?? -1);
        return inByte.reduce((byte, index) => (byte << bitDepth) | (index < 0 ? padding % 2 ** bitDepth : index), 0);
      });
      const unusedBits = 8 * row.length - bitDepth * indices.length;
      const highest = Math.max(...indices);
      const expected = highest >= entries ? [{ index: highest, row: 1, pass: 0 }] : [];
      expect(invalidIn({ bitDepth, entries, ...oneRow(row, unusedBits) })).toEqual(expected);
    }),
    { numRuns: 2000 },
  );
});

test.each([1, 2, 3, 4, 5, 8])("ignores the bits after the last pixel of %i bytes, but not that pixel", (length) => {
  const row = oneRow([...Array.from({ length: length - 1 }, () => 0x11), 0x2f], 4);
  expect(invalidIn({ bitDepth: 4, entries: 3, ...row })).toEqual([]);
  expect(invalidIn({ bitDepth: 4, entries: 2, ...row })).toEqual([{ index: 2, row: 1, pass: 0 }]);
});

test.each([4, 8])("reports an index of its own scanline, not the filter type of the next one: %i bits", (bitDepth) => {
  const passes = [{ rows: 2, rowLength: 3, unusedBits: 0 }];
  const pieces = [[0, 0, 2, 4, 0, 0]];
  expect(invalidIn({ bitDepth, entries: 2, passes, pieces })[0]).toEqual({ index: 2, row: 1, pass: 0 });
});

test("joins a scanline from pieces, and undoes its filter with the scanline above", () => {
  const passes = [{ rows: 2, rowLength: 3, unusedBits: 0 }];
  const pieces = [[0, 10, 20, 2], [1], [100]];
  expect(invalidIn({ bitDepth: 8, entries: 120, passes, pieces })).toEqual([{ index: 120, row: 2, pass: 0 }]);
  expect(invalidIn({ bitDepth: 8, entries: 121, passes, pieces })).toEqual([]);
});

test("finds the same however image data is cut into pieces", () => {
  const passes = [
    { rows: 3, rowLength: 4, unusedBits: 0 },
    { rows: 9, rowLength: 7, unusedBits: 0 },
  ];
  const length = 12 + 63;
  const isFilter = (at: number): boolean => (at < 12 ? at % 4 === 0 : (at - 12) % 7 === 0);
  const data = fc
    .uint8Array({ minLength: length, maxLength: length })
    .map((bytes) => Array.from(bytes, (byte, at) => (isFilter(at) ? byte % 5 : byte % 30)));
  fc.assert(
    fc.property(data, fc.array(fc.integer({ min: 1, max: 20 }), { minLength: length }), (all, lengths) => {
      const pieces: number[][] = [];
      for (let start = 0; start < length; start += pieces.at(-1)?.length ?? 0) {
        pieces.push(all.slice(start, start + (lengths[pieces.length] ?? length)));
      }
      const image = { bitDepth: 8, entries: 60, passes };
      expect(invalidIn({ ...image, pieces })).toEqual(invalidIn({ ...image, pieces: [all] }));
    }),
  );
});

test("has zeros above the first scanline of the next pass", () => {
  const passes = [
    { rows: 1, rowLength: 2, unusedBits: 0 },
    { rows: 1, rowLength: 2, unusedBits: 0 },
  ];
  for (const filter of [2, 3, 4]) {
    expect(invalidIn({ bitDepth: 8, entries: 51, passes, pieces: [[0, 50, filter, 1]] })).toEqual([]);
  }
});

test("stops at a filter type that doesn't exist, and at the end of the image data", () => {
  const passes = [{ rows: 2, rowLength: 2, unusedBits: 0 }];
  expect(invalidIn({ bitDepth: 8, entries: 9, passes, pieces: [[5, 50, 0, 50]] })).toEqual([]);
  const invalid = { index: 50, row: 2, pass: 0 };
  expect(invalidIn({ bitDepth: 8, entries: 9, passes, pieces: [[0, 5, 0, 50]] })).toEqual([invalid]);
});

describe("palette_unchecked", () => {
  const check = async (width: number, height: number): Promise<string[]> => {
    const compressed = deflateSync(new Uint8Array(height * (1 + width)));
    const image = createPng({ width, height, colorType: 3, paletteEntries: 9, compressed });
    return (await inspectPng(image, { depth: "pixels", limits: {} })).issues.map(({ message }) => message);
  };

  test.each([
    [2048, 2048, []],
    [2049, 2048, ["the image data has 4198400 bytes, and the limit is at most 4196352 bytes"]],
    [1, 16_384, []],
    [1, 16_385, ["the image data has 16385 scanlines, and the limit is at most 16384 scanlines"]],
  ])("warns of an image of %ix%i only if it has too much to compare", async (width, height, whys) => {
    expect(await check(width, height)).toEqual(whys.map((why) => `The palette indices were not checked: ${why}.`));
  });
});
