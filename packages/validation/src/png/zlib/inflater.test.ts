import { constants, deflateSync, inflateSync } from "node:zlib";
import { concatenate, deflateBits } from "@image-variations/png-corpus";
import { costlyImages } from "@image-variations/png-corpus/images";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { huffmanStreams } from "../../testing/huffman-streams.ts";
import { Inflater, inputPadding } from "./inflater.ts";

/** An inflater of a stream, with noise behind it, of which nothing may be used. */
function inflaterOf(stream: Uint8Array, windowSize = 32_768): Inflater {
  const noise = Uint8Array.from({ length: inputPadding }, (_, index) => (index * 151 + 77) & 0xff);
  return new Inflater({ input: concatenate(stream, noise), length: stream.length, windowSize });
}

/** All of the output, and how it ended. */
function inflate(
  stream: Uint8Array,
  windowSize = 32_768,
): { output: Uint8Array; fault?: string | undefined; position: number } {
  const inflater = inflaterOf(stream, windowSize);
  const pieces: Uint8Array[] = [];
  while (!inflater.ended) pieces.push(inflater.step().slice());
  const { fault, position } = inflater;
  return { output: concatenate(...pieces), fault, position };
}

/** Bytes with few values and long repetitions, so that there are copies of every kind. */
const content = fc
  .array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 40, size: "max" }), fc.integer({ min: 1, max: 3000 })), {
    maxLength: 12,
    size: "max",
  })
  .map((runs) => concatenate(...runs.flatMap(([bytes, times]) => Array.from({ length: times }, () => bytes))));
const { Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED } = constants;
const options = fc.record({
  level: fc.integer({ min: 0, max: 9 }),
  windowBits: fc.integer({ min: 9, max: 15 }),
  memLevel: fc.integer({ min: 1, max: 9 }),
  strategy: fc.constantFrom(Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED),
});

test("inflates what zlib deflates, with any options", () => {
  fc.assert(
    fc.property(content, options, fc.uint8Array({ maxLength: 9, size: "max" }), (bytes, how, after) => {
      const stream = deflateSync(bytes, how);
      const { output, fault, position } = inflate(concatenate(stream, after), 2 ** how.windowBits);
      expect({ fault, position }).toEqual({ fault: undefined, position: stream.length });
      expect(Buffer.compare(output, bytes)).toBe(0);
    }),
    { numRuns: 300 },
  );
});

test("inflates copies of any length and distance, in codes of any length, as zlib does", () => {
  fc.assert(
    fc.property(huffmanStreams, ({ stream, inflated }) => {
      const { output, fault, position } = inflate(stream);
      expect({ fault, position }).toEqual({ fault: undefined, position: stream.length });
      expect(Buffer.compare(output, inflated)).toBe(0);
    }),
    { numRuns: 200 },
  );
});

test("accepts and rejects the same edited streams as zlib", () => {
  const edit = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 }));
  fc.assert(
    fc.property(content, options, fc.array(edit, { minLength: 1, maxLength: 3, size: "max" }), (bytes, how, edits) => {
      const stream = Uint8Array.from(deflateSync(bytes, { ...how, windowBits: 15 }));
      for (const [at, mask] of edits) {
        const index = 2 + (at % (stream.length - 2));
        stream[index] = (stream[index] ?? 0) ^ mask;
      }
      let theirs: Uint8Array | undefined;
      try {
        theirs = inflateSync(stream);
      } catch {
        // It has a fault.
      }
      const { output, fault } = inflate(stream);
      expect(fault === undefined).toBe(theirs !== undefined);
      if (theirs) expect(Buffer.compare(output, theirs)).toBe(0);
    }),
    { numRuns: 500 },
  );
});

test("reports an early end of a stream cut off anywhere, after the right output", () => {
  const bytes = Uint8Array.from({ length: 3000 }, (_, index) => (index * index) >> 7);
  const stream = deflateSync(bytes);
  for (let length = 2; length < stream.length; length++) {
    const { output, fault } = inflate(stream.subarray(0, length));
    expect(fault).toBe("ends early");
    expect(Buffer.compare(output, bytes.subarray(0, output.length))).toBe(0);
  }
});

describe("rejects", () => {
  test.each([
    ["the reserved type of block", "1 11", "has an invalid block"],
    ["a stored block whose lengths disagree", "1 00 00000 0000000000000000 0000000000000000", "has an invalid block"],
    ["a copy from before the beginning", "1 10 0000001 00000", "copies from too far back"],
    ["length code 286", "1 10 11000110", "has an invalid code"],
    ["distance code 30", "1 10 00110000 0000001 11110", "has an invalid code"],
    [
      "three literals of one bit",
      `1 01 00000 00000 0111 000 000 010 010 ${"000 ".repeat(13)} 100 0 0 11 1111111 11 1001011 0 10 1`,
      "has an invalid block",
    ],
    [
      "a code of two bits without the others",
      `1 01 00000 00000 0011 000 000 010 010 ${"000 ".repeat(11)} 100 11 1111111 11 1101011 0 10 00`,
      "has an invalid block",
    ],
    [
      "a first length that repeats the one before",
      "1 01 00000 00000 0000 100 000 000 100 1 00",
      "has an invalid block",
    ],
    [
      "a length that is repeated beyond the last code",
      `1 01 00000 00000 0111 010 000 010 ${"000 ".repeat(14)} 100 0 11 1111111 11 0101011 0 10 00 1`,
      "has an invalid block",
    ],
    [
      "a copy in a block that has no code for distances",
      `1 01 10000 00000 0111 000 000 010 010 ${"000 ".repeat(13)} 100 11 1111111 11 1101011 0 0 10 1 0`,
      "has an invalid code",
    ],
    ["287 codes for literals", "1 01 01111 00000 0000", "has an invalid block"],
    ["31 codes for distances", "1 01 00000 01111 0000", "has an invalid block"],
  ])("%s", (_, bits, fault) => {
    expect(inflate(deflateBits(bits)).fault).toBe(fault);
  });

  test("a wrong checksum", () => {
    const stream = Uint8Array.from(deflateSync(new Uint8Array(99)));
    stream[stream.length - 1] = 0;
    expect(inflate(stream).fault).toBe("has a wrong checksum");
  });

  test.each([256, 512, 1024, 4096, 16_384])(
    "a copy from just beyond a window of %i bytes, but not from its end",
    (size) => {
      // Noise, and the same again from as far back: too much for a window that ends one byte before.
      const noise = Uint8Array.from(
        { length: size },
        (_, index) => (Math.imul(index + size, 0x9e3779b1) >>> 24) & 0xff,
      );
      const stream = deflateSync(concatenate(noise, noise), { level: 9 });
      expect(inflate(stream, size).fault).toBeUndefined();
      expect(inflate(stream, size - 1).fault).toBe("copies from too far back");
    },
  );
});

test.each([
  [1, "00000", "00001"],
  [2, "00001", "00010"],
  [3, "00010", "00011"],
  [5, "00100 0", "00100 1"],
  [8, "00101 1", "00110 00"],
])("copies from the first of %i bytes, but not from the byte before it", (length, fromFirst, fromBefore) => {
  const literals = "00110001 ".repeat(length);
  const inflateCopy = (distance: string): { output: Uint8Array; fault?: string | undefined } =>
    inflate(deflateBits(`1 10 ${literals} 0000001 ${distance} 0000000`));
  expect(inflateCopy(fromFirst)).toMatchObject({
    output: new Uint8Array(length + 3).fill(1),
    fault: "has a wrong checksum",
  });
  expect(inflateCopy(fromBefore).fault).toBe("copies from too far back");
});

test("steps without output go on after an output that does not end at a word", () => {
  const oneByte = [0, 1, 0, 0xfe, 0xff, 0x41];
  const empty = [0, 0, 0, 0xff, 0xff];
  const blocks = Array.from({ length: 60_000 }, () => empty).flat();
  const stream = Uint8Array.from([0x78, 1, ...oneByte, ...blocks, 1, ...empty.slice(1), 0, 0x42, 0, 0x42]);
  expect(inflate(stream)).toMatchObject({ output: Uint8Array.of(0x41), fault: undefined });
});

test("inflates every costly image to its length, in steps of bounded work", async () => {
  for (const { name, make } of costlyImages(0.02)) {
    const { compressed, length } = await make();
    const inflater = inflaterOf(compressed);
    let received = 0;
    let before = 2;
    while (!inflater.ended) {
      const piece = inflater.step();
      received += piece.length;
      expect(piece.length).toBeLessThanOrEqual(4 * 32_768);
      // A block takes 10 bits at least, and a step has a number of blocks that is limited.
      expect(inflater.position - before).toBeLessThan(160_000);
      before = inflater.position;
    }
    expect({ name, received, fault: inflater.fault }).toEqual({ name, received: length, fault: undefined });
  }
});

test("counts empty dynamic blocks as work, so that a step ends without output", async () => {
  const costly = costlyImages(0.1).find(({ name }) => name === "empty dynamic blocks");
  const { compressed } = (await costly?.make()) ?? { compressed: new Uint8Array() };
  const inflater = inflaterOf(compressed);
  let steps = 0;
  for (; !inflater.ended; steps++) inflater.step();
  // About 12 bytes are a block, and 250 blocks are a step.
  expect(steps).toBeGreaterThan(compressed.length / 12 / 500);
});
