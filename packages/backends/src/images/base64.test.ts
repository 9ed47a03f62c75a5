import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBase64, encodeBase64 } from "./base64.ts";

describe("base64", () => {
  it("is decoded to what was encoded, with and without padding, line ends and a data: URL around it", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
        const text = encodeBase64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString("base64"));
        const forms = [
          text,
          text.replace(/=+$/, ""),
          text.replace(/(.{5})/g, "$1\r\n"),
          `data:image/png;base64,${text}`,
          Buffer.from(bytes).toString("base64url"),
        ];
        for (const form of forms) expect(decodeBase64(form)).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  it.for(["", " ", "%%%", "abcde", "a", "ab=c", "====", "data:image/png,abcd", "data:text/plain;base64,", "äöü="])(
    "is not %j",
    (text) => {
      expect(decodeBase64(text)).toBe(undefined);
    },
  );
});
