import { expect, test } from "vitest";
import { PaletteIndices } from "./palette-indices.ts";

test.each([
  [1, [0b0000_0000, 0b0000_0001], 1],
  [2, [0b0100_0010, 0b0001_0000], 2],
  [4, [0x17, 0x30], 7],
  [8, [9, 200], 200],
])("finds the highest index of %i bits", (bitDepth, row, highest) => {
  const indices = new PaletteIndices(row.length, bitDepth);
  indices.take(Uint8Array.from(row), 0);
  expect(indices.endRow(row.length, 0, 0)).toBe(highest);
});

test("ignores the bits after the last pixel, but not the pixels in the last byte", () => {
  const indices = new PaletteIndices(1, 4);
  indices.take(Uint8Array.of(0x2f), 0);
  expect(indices.endRow(1, 0, 4)).toBe(2);
});

test("joins a scanline from parts, and undoes its filter with the scanline above", () => {
  const indices = new PaletteIndices(2, 8);
  indices.take(Uint8Array.of(10, 20), 0);
  expect(indices.endRow(2, 0, 0)).toBe(20);
  indices.take(Uint8Array.of(1), 0);
  indices.take(Uint8Array.of(100), 1);
  expect(indices.endRow(2, 2, 0)).toBe(120);
});

test("has zeros above the first scanline of the next pass", () => {
  const indices = new PaletteIndices(1, 8);
  indices.take(Uint8Array.of(50), 0);
  indices.endRow(1, 0, 0);
  indices.endPass();
  indices.take(Uint8Array.of(1), 0);
  expect(indices.endRow(1, 2, 0)).toBe(1);
});
