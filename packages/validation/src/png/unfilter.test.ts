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

test("undoes every filter of section 9.2", () => {
  // Few values, so that neighbors are often as near as one another.
  const byte = fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0, 1, 2, 3, 128, 255));
  const rows = fc.array(fc.tuple(byte, byte), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(rows, fc.integer({ min: 0, max: 4 }), (pairs, filter) => {
      const [plain, above] = [pairs.map(([value]) => value), pairs.map(([, up]) => up)];
      const predict = predictors[filter] ?? predictors[0];
      const row = Uint8Array.from(
        plain,
        (value, x) => value - predict(plain[x - 1] ?? 0, above[x] ?? 0, above[x - 1] ?? 0),
      );
      unfilter(filter, row, Uint8Array.from(above));
      expect([...row]).toEqual(plain);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ["left is nearest", 9, 3, 3, 9],
  ["up is nearest", 3, 9, 3, 9],
  ["the corner is nearest", 6, 2, 4, 4],
  ["left and the corner are as near", 2, 5, 4, 2],
  ["up and the corner are as near", 5, 2, 4, 2],
  ["all are as near", 5, 5, 5, 5],
])("predicts, if %s: Paeth of %i, %i and %i is %i", (_, left, up, corner, expected) => {
  const row = Uint8Array.of(left - paethPredictor(0, corner, 0), 0);
  unfilter(4, row, Uint8Array.of(corner, up));
  expect([...row]).toEqual([left, expected]);
});
