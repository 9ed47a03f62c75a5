import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redact } from "./redact.ts";

describe("redacting", () => {
  it("leaves no secret in any text", () => {
    const anySecret = fc.string({ minLength: 4, maxLength: 40 }).filter((secret) => !"[redacted]".includes(secret));
    fc.assert(
      fc.property(fc.string(), anySecret, fc.string(), (before, secret, after) => {
        expect(redact(`${before}${secret}${after}`, [secret])).not.toContain(secret);
      }),
    );
  });

  it.for([
    [
      "Incorrect API key provided: sk-ab***********wxyz. You can find it.",
      "Incorrect API key provided: [redacted]. You can find it.",
    ],
    ["Incorrect API key provided: my-own-key.", "Incorrect API key provided: [redacted]."],
    ["Authorization: Bearer abcdef123456 is wrong", "Authorization: Bearer [redacted] is wrong"],
    ["the key word is not a key", "the key word is not a key"],
    ["Missing API key", "Missing API key"],
  ] as const)("takes what looks like a key out of %j", ([text, expected]) => {
    expect(redact(text, [])).toBe(expected);
  });
});
