import { crc32 as zlibCrc32 } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { crc32 } from "./crc32.ts";

test("equals zlib's CRC for ranges of any offset and length", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300, size: "max" }), fc.nat(100), fc.nat(100), (bytes, start, tail) => {
      const from = Math.min(start, bytes.length);
      const to = Math.max(from, bytes.length - tail);
      expect(crc32(bytes, from, to)).toBe(zlibCrc32(bytes.subarray(from, to)));
    }),
    { numRuns: 1000 },
  );
});

test("is 0 for no bytes, and the published check value for 123456789", () => {
  expect(crc32(new Uint8Array(), 0, 0)).toBe(0);
  expect(crc32(new TextEncoder().encode("123456789"), 0, 9)).toBe(0xcbf43926);
});
