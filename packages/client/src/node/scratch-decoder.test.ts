import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scratchDecoder } from "./scratch-decoder.ts";

/** What a decoder makes of a text in pieces of these lengths, again and again, or the place at which it fails. */
function decoded(decode: ReturnType<typeof scratchDecoder>, text: string, lengths: readonly number[]): Buffer | number {
  const failure: { position?: number } = {};
  const next = decode((position) => {
    failure.position = position;
    return new Error("invalid");
  });
  const parts: Buffer[] = [];
  try {
    for (let at = 0, turn = 0; at < text.length; turn++) {
      const length = lengths[turn % lengths.length] ?? 1;
      parts.push(Buffer.from(next(text.slice(at, at + length))));
      at += length;
    }
    parts.push(Buffer.from(next("")));
  } catch {
    return failure.position ?? -1;
  }
  return Buffer.concat(parts);
}

const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 });

describe("decoders that share their memory", () => {
  it("decode one text after the other, wherever it is cut, padded or not", () => {
    const create = scratchDecoder();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.boolean(), lengths, (bytes, isPadded, cuts) => {
        const padded = Buffer.from(bytes).toString("base64");
        const text = isPadded ? padded : padded.replace(/=+$/, "");
        expect(decoded(create, text, cuts)).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it("fail at the character that can't be right, the alphabet for URLs included", () => {
    const create = scratchDecoder();
    const bad = fc.constantFrom("-", "_", "*", " ", "é");
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 3, maxLength: 30 }), bad, fc.nat(), lengths, (bytes, wrong, at, cuts) => {
        const text = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 3))).toString("base64");
        const position = at % text.length;
        expect(decoded(create, text.slice(0, position) + wrong + text.slice(position + 1), cuts)).toBe(position);
      }),
    );
  });
});
