import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ImageEnd } from "./image-end.ts";

const bytes = (maxLength: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength, size: "max" });

/** A PNG's signature and chunks; their checksums are not looked at. */
const pngs = fc.array(bytes(30), { maxLength: 5, size: "max" }).map((chunks) => {
  const chunk = (type: string, data: Uint8Array): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4, "IEND")]);
  };
  const parts = chunks.map((data, index) => chunk(index === 0 ? "IHDR" : "IDAT", data));
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...parts, chunk("IEND", new Uint8Array())]);
});

/** A JPEG's segments, with filling before some, and scans with every marker that does not end them. */
const jpegs = fc
  .array(
    fc.record({
      filling: fc.nat(3),
      data: bytes(20),
      scan: fc.option(
        fc.array(fc.oneof(fc.nat(0xfe), fc.constantFrom("stuffed", "restart", "filled")), {
          maxLength: 30,
          size: "max",
        }),
      ),
    }),
    { minLength: 1, maxLength: 5, size: "max" },
  )
  .map((segments) => {
    const parts = [Buffer.from([0xff, 0xd8])];
    for (const { filling, data, scan } of segments) {
      const head = Buffer.from([0xff, scan ? 0xda : 0xe1, 0, data.length + 2]);
      // A thumbnail within a segment has an end of its own.
      parts.push(Buffer.alloc(filling, 0xff), head, Buffer.from(data));
      for (const [index, item] of (scan ?? []).entries()) {
        if (typeof item === "number") parts.push(Buffer.from([item]));
        else if (item === "stuffed") parts.push(Buffer.from([0xff, 0]));
        else if (item === "restart") parts.push(Buffer.from([0xff, 0xd0 + (index % 8)]));
        else parts.push(Buffer.from([0xff, 0xff, 0]));
      }
    }
    return Buffer.concat([...parts, Buffer.from([0xff, 0xd9])]);
  });

const webps = bytes(40).map((data) => {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(data.length + 4);
  return Buffer.concat([Buffer.from("RIFF"), length, Buffer.from("WEBP"), data]);
});

/** Whether the end has come after each of some pieces. */
function endsAfter(pieces: readonly Uint8Array[]): boolean[] {
  const end = new ImageEnd();
  return pieces.map((piece) => {
    end.add(piece);
    return end.isComplete;
  });
}

describe.each([
  { kind: "PNG", images: pngs },
  { kind: "JPEG", images: jpegs.filter((image) => image.length >= 12) },
  { kind: "WebP", images: webps.filter((image) => image.length > 12) },
])("the end of a $kind", ({ images }) => {
  it("comes with its last byte, and not before, byte by byte", () => {
    fc.assert(
      fc.property(images, (image) => {
        const ends = endsAfter(Array.from(image, (byte) => Uint8Array.of(byte)));
        expect(ends.indexOf(true)).toBe(image.length - 1);
      }),
    );
  });

  it("comes in the same piece however it is cut, whatever follows", () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20, size: "max" });
    fc.assert(
      fc.property(images, lengths, bytes(20), (image, sizes, after) => {
        const all = Buffer.concat([image, after]);
        const pieces: Uint8Array[] = [];
        for (let at = 0, piece = 0; at < all.length; piece++) {
          const size = sizes[piece % sizes.length] ?? 1;
          pieces.push(all.subarray(at, at + size));
          at += size;
        }
        let passed = 0;
        const expected = pieces.map((piece) => (passed += piece.length) >= image.length);
        expect(endsAfter(pieces)).toEqual(expected);
        expect(endsAfter([all])).toEqual([true]);
      }),
    );
  });
});

it.each([
  ["less than is needed to say what it is", Buffer.from("\x89PNG\r\n\x1a\n\0\0\0", "latin1")],
  [
    "a scan that ends with the first half of a marker",
    Buffer.from("\xff\xd8\xff\xe0\0\x04..\xff\xda\0\x02..\xff", "latin1"),
  ],
  ["a segment whose length is missing", Buffer.from("\xff\xd8\xff\xe0\0\x04....\xff\xe1", "latin1")],
  ["nothing", new Uint8Array()],
])("has not come after %s", (_, image) => {
  expect(endsAfter([image])).toEqual([false]);
});

it.each([
  { what: "bytes between segments", bytes: "\xff\xd8.\x00\xfe\xff\xff\xe0\0\x04..\xd9.\xff\xd9" },
  { what: "a segment shorter than its own length", bytes: "\xff\xd8\xff\xe0\0\0\xff\xe1\0\x01......\xff\xd9" },
  { what: "a marker between scans that starts no data", bytes: "\xff\xd8\xff\xda\0\x02.\xff\xcf\0\x03\xd9.\xff\xd9" },
  { what: "the end right after the head of a scan", bytes: "\xff\xd8\xff\xe0\0\x04..\xff\xda\0\x02\xff\xd9" },
  {
    what: "every marker that starts a scan's data again",
    bytes: `\xff\xd8\xff\xda\0\x02${[0, 1, 2, 3, 4, 5, 6, 7].map((n) => `.\xff${String.fromCharCode(0xd0 + n)}`).join("")}\xff\0\xff\xd9`,
  },
])("is that of a JPEG in spite of $what", ({ bytes: text }) => {
  const image = Buffer.from(text, "latin1");
  for (const pieces of [[image], Array.from(image, (byte) => Uint8Array.of(byte))]) {
    const ends = endsAfter(pieces);
    expect(ends.indexOf(true)).toBe(pieces.length - 1);
  }
});
