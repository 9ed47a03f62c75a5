import fc from "fast-check";
import { expect, test } from "vitest";
import { unfilter } from "./unfilter.ts";

/** Section 9.4 of the specification, in its own words. */
function paethPredictor(a: number, b: number, c: number): number {
  const p = a + b - c;
  const pa = Math.abs(p - a);
  const pb = Math.abs(p - b);
  const pc = Math.abs(p - c);
  if (pa <= pb && pa <= pc) return a;
  return pb <= pc ? b : c;
}

/** Section 9.2: what a filter subtracts from a byte, by its neighbors to the left, above, and above to the left. */
const predictors = [
  () => 0,
  (a: number) => a,
  (_: number, b: number) => b,
  (a: number, b: number) => Math.floor((a + b) / 2),
  paethPredictor,
] as const;

/** Undoes the filter of a scanline below another one, or of the first of a pass, somewhere in the image data. */
function undo(filter: number, row: readonly number[], above?: readonly number[]): number[] {
  const [before, behind] = [
    [7, ...(above ?? row.map(() => 99))],
    [99, 99, 99],
  ];
  const bytes = Uint8Array.from([...before, filter, ...row, ...behind]);
  const start = before.length + 1;
  const scanline = { start, end: start + row.length, above: 1, isFirst: above === undefined };
  unfilter({ bytes, view: new DataView(bytes.buffer) }, filter, scanline);
  expect([...bytes.subarray(0, before.length)]).toEqual(before);
  expect([...bytes.subarray(scanline.end)]).toEqual(behind);
  return [...bytes.subarray(start, scanline.end)];
}

test("undoes every filter of section 9.2, and changes nothing else", () => {
  // Few values, so that neighbors are often as near as one another.
  const byte = fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0, 1, 2, 3, 128, 255));
  const rows = fc.array(fc.tuple(byte, byte), { minLength: 1, maxLength: 40, size: "max" });
  fc.assert(
    fc.property(rows, fc.integer({ min: 0, max: 4 }), fc.boolean(), (pairs, filter, isFirst) => {
      const plain = pairs.map(([value]) => value);
      const above = pairs.map(([, up]) => (isFirst ? 0 : up));
      const predict = predictors[filter] ?? predictors[0];
      const row = plain.map((value, x) => (value - predict(plain[x - 1] ?? 0, above[x] ?? 0, above[x - 1] ?? 0)) & 255);
      expect(undo(filter, row, isFirst ? undefined : above)).toEqual(plain);
    }),
    { numRuns: 3000 },
  );
});

test("predicts as section 9.4 does, for all neighbors in two bits, of which many are as near as one another", () => {
  for (let bits = 0; bits < 64; bits++) {
    const [left, up, corner] = [bits & 3, (bits >> 2) & 3, bits >> 4] as const;
    expect(undo(4, [(left - corner) & 255, 0], [corner, up])).toEqual([left, paethPredictor(left, up, corner)]);
  }
});

test.each([
  ["left is nearest", 9, 3, 3, 9],
  ["up is nearest", 3, 9, 3, 9],
  ["the corner is nearest", 6, 2, 4, 4],
  ["left and the corner are as near", 2, 5, 4, 2],
  ["up and the corner are as near", 5, 2, 4, 2],
  ["all are as near", 5, 5, 5, 5],
])("predicts, if %s: Paeth of %i, %i and %i is %i", (_, left, up, corner, expected) => {
  expect(undo(4, [(left - corner) & 255, 0], [corner, up])).toEqual([left, expected]);
});
