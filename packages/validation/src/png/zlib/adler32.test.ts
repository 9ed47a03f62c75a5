import fc from "fast-check";
import { expect, test } from "vitest";
import { adler32 } from "./adler32.ts";

/** RFC 1950, section 9, byte by byte. */
function reference(bytes: Uint8Array, checksum: number): number {
  let low = checksum & 0xffff;
  let high = checksum >>> 16;
  for (const byte of bytes) {
    low = (low + byte) % 65521;
    high = (high + low) % 65521;
  }
  return high * 65536 + low;
}

test("equals the byte-by-byte checksum for views of any offset and length", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500, size: "max" }), fc.nat(7), (bytes, start) => {
      const view = bytes.subarray(start);
      expect(adler32(view, 1)).toBe(reference(view, 1));
    }),
    { numRuns: 1000 },
  );
});

test("does not overflow with the largest bytes", () => {
  const bytes = new Uint8Array(100_003).fill(255);
  expect(adler32(bytes, 1)).toBe(reference(bytes, 1));
  expect(adler32(bytes, 65520 * 65536 + 65520)).toBe(reference(bytes, 65520 * 65536 + 65520));
});

test("continues from the checksum of the bytes before", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300, size: "max" }), fc.nat(300), (bytes, at) => {
      expect(adler32(bytes.subarray(at), adler32(bytes.subarray(0, at), 1))).toBe(adler32(bytes, 1));
    }),
  );
});
