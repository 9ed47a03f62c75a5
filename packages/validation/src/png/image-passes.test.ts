import fc from "fast-check";
import { expect, test } from "vitest";
import { imagePasses } from "./image-passes.ts";

const header = { bitDepth: 8, colorType: 0, interlaced: false };

/** The pass of each pixel of an 8x8 tile, as section 8.1 of the specification prints it. */
const tile = ["16462646", "77777777", "56565656", "77777777", "36463646", "77777777", "56565656", "77777777"];

test("an image without interlacing is one pass", () => {
  expect(imagePasses({ ...header, width: 9, height: 3, colorType: 6 })).toEqual([
    { rows: 3, rowLength: 37, unusedBits: 0 },
  ]);
  expect(imagePasses({ ...header, width: 9, height: 3, bitDepth: 1 })).toEqual([
    { rows: 3, rowLength: 3, unusedBits: 7 },
  ]);
});

test.each([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4],
])("a pixel of color type %i has %i samples", (colorType, samples) => {
  const [pass] = imagePasses({ ...header, width: 5, height: 1, colorType });
  expect(pass?.rowLength).toBe(1 + 5 * samples);
});

test("the passes of Adam7 have the rows and columns of the specification's tile, and none is empty", () => {
  const side = fc.integer({ min: 1, max: 20 });
  fc.assert(
    fc.property(side, side, (width, height) => {
      const expected = ["1", "2", "3", "4", "5", "6", "7"].flatMap((pass) => {
        const counts = Array.from(
          { length: height },
          (_, y) =>
            Array.from({ length: width }, (__, x) => tile[y % 8]?.charAt(x % 8)).filter((found) => found === pass)
              .length,
        ).filter((count) => count > 0);
        return counts.length > 0 ? [{ rows: counts.length, rowLength: 1 + (counts[0] ?? 0), unusedBits: 0 }] : [];
      });
      expect(imagePasses({ ...header, width, height, interlaced: true })).toEqual(expected);
    }),
  );
});
